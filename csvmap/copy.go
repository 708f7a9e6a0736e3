package csvmap

import (
	"io"
	"slices"
	"strings"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/refusal"
	"razebulk/csvmap/internal/textfile"
	"razebulk/csvmap/internal/xlsx"
	"razebulk/internal/crm"
)

// Copy writes rows of a sheet as they are in the file, each with additional cells at its end: in the sheet's own
// encoding, delimiter, quotes and line endings, unless a few rows would no longer show them, or as a workbook with the
// cells' kinds. It is for one goroutine.
type Copy struct {
	out     io.Writer
	reading *Reading
	text    textfile.Format // of a CSV file
	width   int
	decimal []string     // a cell that declares the decimal separator, if there is one
	book    *xlsx.Writer // nil for a CSV file
}

// NewCopy begins a copy of a sheet with its header, followed by names for the additional cells. If the sheet has
// numbers with a decimal separator, one more column declares it.
func (s *Sheet) NewCopy(out io.Writer, names ...string) (*Copy, error) {
	r := s.reading
	c := &Copy{out: out, reading: r, text: r.text.Copied(), width: len(s.titles.cells)}
	names = slices.Clone(names)
	if r.decimal != 0 && r.header.hasNumbers() {
		names, c.decimal = append(names, crm.DecimalColumn), []string{r.decimal.String()}
	}
	if r.book != nil {
		var err error
		if c.book, err = xlsx.NewWriter(r.book.Sheet()); err != nil {
			return nil, err
		}
		// The further cells follow those beside the table, which keep their places. r.width counts those of an earlier run.
		c.width += max(0, r.width-len(s.header.columns))
		return c, c.begin(s.above, s.titles.filled(c.width), names)
	}
	titles, start := s.titles, c.text.Start()
	if len(start) == 0 {
		titles.cells = textfile.NotSYLK(titles.cells)
	}
	if _, err := out.Write(start); err != nil {
		return nil, err
	}
	return c, c.begin(s.above, titles, names)
}

// begin writes the header, and the rows above it if the user gave the number of the header row.
func (c *Copy) begin(above []Original, titles Original, names []string) error {
	row := 1
	for _, o := range append(slices.Clip(above), titles) {
		for ; c.reading.options.HeaderRow > 0 && row < o.Number; row++ { // blank rows that a workbook leaves out
			if err := c.add(Original{}, nil); err != nil {
				return err
			}
		}
		row++
		if o.Number == titles.Number {
			return c.add(titles, names)
		}
		if err := c.add(o, nil); err != nil {
			return err
		}
	}
	return nil
}

// Mark returns the cell of [crm.RefusedColumn] for a row that was refused for these reasons; "" if it needs none.
func (c *Copy) Mark(o Original, codes []string) string {
	r := &cell.Record{Cells: xlsx.Fitted(o.cells), Kinds: o.kinds, Formats: o.formats}
	if c.book == nil {
		r = c.text.Alone(o.cells)
	}
	if r == nil {
		return ""
	}
	return refusal.Mark(codes, r, c.reading.header.meant(false), rune(c.reading.decimal))
}

// NeedsMark reports whether a row refused for one of these reasons needs a [Copy.Mark].
func NeedsMark(codes []string) bool { return slices.ContainsFunc(codes, refusal.NeedsMark) }

// Add writes a row: its own cells, padded to the width of the header, then the additional ones.
func (c *Copy) Add(o Original, further ...string) error {
	return c.add(o.filled(c.width), slices.Concat(further, c.decimal))
}

func (c *Copy) add(o Original, further []string) error {
	if c.book != nil {
		return c.book.Add(append(o.cells, further...), append(o.kinds, make([]cell.Kind, len(further))...), o.formats)
	}
	cells := o.cells
	for _, cell := range further {
		cells = append(cells, c.text.Quote(cell))
	}
	_, err := c.out.Write(c.text.Encode(strings.Join(cells, string(c.text.Delimiter)) + c.text.LineEnd))
	return err
}

// Close writes what has not been written yet.
func (c *Copy) Close() error {
	if c.book == nil {
		return nil
	}
	_, err := c.book.WriteTo(c.out)
	return err
}
