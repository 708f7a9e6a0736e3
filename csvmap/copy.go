package csvmap

import (
	"cmp"
	"io"
	"slices"
	"strings"
)

// Copy writes rows of a sheet again as they stand in it, each with further cells at its end: in the sheet's own encoding,
// delimiter, quotes and line ends, or as a workbook with the cells' own kinds. It is for one goroutine.
type Copy struct {
	out     io.Writer
	reading *Reading
	width   int
	decimal []string        // a cell that says the decimal signs, if there are any to be said
	book    *WorkbookWriter // nil for a CSV file
}

// NewCopy begins a copy of a sheet with its header, and with names for the further cells. Where the sheet has numbers, one more
// column says their decimal sign: one word, or where the columns of numbers disagree, one for each of them, with "-" for none.
func (s *Sheet) NewCopy(out io.Writer, names ...string) (*Copy, error) {
	c := &Copy{out: out, reading: s.reading, width: len(s.titles.cells)}
	names = slices.Clone(names)
	if words := s.reading.header.decimalWords(); words != "" {
		names, c.decimal = append(names, decimalColumn), []string{words}
	}
	if s.reading.workbook {
		var err error
		if c.book, err = NewWorkbookWriter(s.reading.worksheet); err != nil {
			return nil, err
		}
		return c, c.add(s.titles, names)
	}
	if _, err := out.Write(s.reading.charset.mark); err != nil {
		return nil, err
	}
	titles := s.titles
	if len(s.reading.charset.mark) == 0 && s.reading.preamble == "" {
		titles = notSYLK(titles)
	}
	if err := c.write(s.reading.preamble); err != nil {
		return nil, err
	}
	return c, c.add(titles, names)
}

// notSYLK keeps Excel from taking the file for another kind: to it, one that begins with the letters ID is "Symbolic Link"
// (support.microsoft.com, "SYLK: file format is not valid").
func notSYLK(titles Original) Original {
	if len(titles.cells) > 0 && strings.HasPrefix(titles.cells[0], "ID") {
		titles.cells = append([]string{"id" + titles.cells[0][2:]}, titles.cells[1:]...)
	}
	return titles
}

// noDecimal is the word for a column of numbers to which the decimal sign makes no difference.
const noDecimal = "-"

// decimalWords is what hear understands.
func (h header) decimalWords() string {
	signs := h.decimalSigns()
	if len(signs) < 2 {
		return strings.Join(signs, "")
	}
	var words []string
	for _, c := range h.columns {
		if c.number {
			words = append(words, cmp.Or(c.decimal.word(), noDecimal))
		}
	}
	return strings.Join(words, " ")
}

// decimalSigns are the different signs that numbers of the sheet have, in words; none if it makes no difference to any.
func (h header) decimalSigns() (words []string) {
	for _, c := range h.columns {
		if word := c.decimal.word(); c.number && word != "" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// Add writes a row: its own cells, filled up to the header's width if it has fewer, then the further ones.
func (c *Copy) Add(o Original, further ...string) error {
	return c.add(o.filled(c.width), slices.Concat(further, c.decimal))
}

func (c *Copy) add(o Original, further []string) error {
	if c.book != nil {
		return c.book.Add(append(o.cells, further...), append(o.kinds, make([]kind, len(further))...))
	}
	cells := o.cells
	for _, text := range further {
		cells = append(cells, c.quoted(text))
	}
	return c.write(strings.Join(cells, string(c.reading.delimiter)) + c.reading.lineEnd)
}

func (c *Copy) quoted(text string) string {
	if !strings.ContainsAny(text, "\"\r\n"+string(c.reading.delimiter)) {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

func (c *Copy) write(text string) error {
	_, err := c.out.Write(c.reading.charset.encode(text))
	return err
}

// Close writes what is not yet written.
func (c *Copy) Close() error {
	if c.book == nil {
		return nil
	}
	_, err := c.book.WriteTo(c.out)
	return err
}

// Extension is how the name of a copy ends.
func (r *Reading) Extension() string {
	if r.workbook {
		return ".xlsx"
	}
	return ".csv"
}
