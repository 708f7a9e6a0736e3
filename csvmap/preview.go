package csvmap

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strings"
)

// Preview tells how a sheet would be read, column by column.
type Preview struct {
	// Reading is how the sheet is read, in words.
	Reading string
	Columns []ColumnPreview
	// Unusable is why an update would refuse the sheet, or nil.
	Unusable error
}

// ColumnPreview is one column of a sheet.
type ColumnPreview struct {
	// Letter is what spreadsheets call the column: A, B, … AA.
	Letter string
	Header string
	// Field is the field that the column holds, or a word in brackets for a column that is left out.
	Field string
	// Values are the first few cells that hold something, and Sent, for each of them, what would be sent, in JSON; or why nothing would.
	Values, Sent []string
}

const (
	valuesShown  = 3
	rowsForShown = 1000
)

// NewPreview reads a sheet as [Inspect] does, also one that has unknown columns. The error says why it can't be read at all.
func NewPreview(open func() (io.Reader, error), o Options) (Preview, error) {
	r, err := inspect(open, o)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Unusable: errors.Join(namer{o.Mappings, o.Ignore}.absent(r.header.names()), headerError(r.header.columns))}
	var damage Damage
	err = r.judge(open, func(rows iter.Seq2[Row, error]) error {
		damage = Damage{}
		for row, err := range rows {
			if err != nil {
				return err
			}
			damage.Count(row)
		}
		return nil
	})
	p.Unusable = errors.Join(p.Unusable, err, damage.Err())
	p.Reading = r.String()
	for i, c := range r.header.columns {
		p.Columns = append(p.Columns, ColumnPreview{Letter: letter(i), Header: c.header, Field: c.field})
	}
	sheet, err := r.openFrom(open)
	if err != nil {
		return p, err
	}
	defer sheet.Close()
	return p, p.fill(sheet)
}

func (p *Preview) fill(sheet *Sheet) error {
	rows := 0
	for record, err := range sheet.all() {
		if err != nil {
			return err
		}
		if rows++; rows > rowsForShown {
			break
		}
		if record.blank() {
			continue
		}
		outcomes := sheet.row(record).outcomes()
		for field := range p.twice() {
			outcomes[field] = "refused: two columns stand for " + field
		}
		for i := range p.Columns {
			column := &p.Columns[i]
			if text := record.text(i); text != "" && len(column.Values) < valuesShown {
				column.Values = append(column.Values, text)
				column.Sent = append(column.Sent, column.outcome(outcomes))
			}
		}
	}
	return nil
}

// twice are the fields that several columns stand for.
func (p *Preview) twice() map[string]bool {
	seen, twice := map[string]bool{}, map[string]bool{}
	for _, c := range p.Columns {
		if seen[c.Field] && !strings.HasPrefix(c.Field, "(") {
			twice[c.Field] = true
		}
		seen[c.Field] = true
	}
	return twice
}

// outcome is that of the column's cell, or of the whole row where that is refused; "" for a column that is left out.
func (c ColumnPreview) outcome(byField map[string]string) string {
	if c.Field != unnamedColumn && strings.HasPrefix(c.Field, "(") {
		return ""
	}
	return cmp.Or(byField[c.Field], byField[""])
}

// outcomes are what becomes of the cells, by their field; by "" where the row as a whole is refused.
func (row Row) outcomes() map[string]string {
	outcomes := map[string]string{IDField: "-", ClearColumn: "-", UndoColumn: "-", updatedColumn: "-"}
	for _, cell := range row.Cells {
		outcomes[cell.Field] = cell.json()
	}
	for _, p := range row.Problems {
		outcomes[p.Field] = "refused: " + p.Reason
	}
	return outcomes
}

func (c Cell) json() string {
	switch {
	case c.Clear && c.Number:
		return "null"
	case c.Number:
		return c.Text
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(c.Text) // a text can't fail to be JSON
	return strings.TrimSuffix(text.String(), "\n")
}

// letter is a spreadsheet's name for the column at place i.
func letter(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
