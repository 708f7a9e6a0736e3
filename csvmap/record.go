package csvmap

import "strings"

// record is one line of the sheet as gocsv fills it, its columns renamed to what [mapHeader] found them to be.
// No type in it can fail to read a cell: a failing cell would cost gocsv the whole row, and with it the id.
// The surplus comes first because there are most columns of it, and gocsv looks each of them up from the start.
type record struct {
	Surplus           rest `csv:"(surplus)"`
	ID                text `csv:"id"`
	Name              text `csv:"name"`
	Email             text `csv:"email"`
	Phone             text `csv:"phone"`
	Company           text `csv:"company"`
	Position          text `csv:"position"`
	DealValue         text `csv:"deal_value"`
	DealCurrency      text `csv:"deal_currency"`
	Notes             text `csv:"notes"`
	ResponsibleUserID text `csv:"responsible_user_id"`
	Ignored           rest `csv:"(ignored)"`
	Unnamed           rest `csv:"(unnamed)"`
}

// values are the cells of the record in the order of [Fields].
func (r *record) values() [9]text {
	return [...]text{
		r.Name, r.Email, r.Phone, r.Company, r.Position, r.DealValue, r.DealCurrency, r.Notes, r.ResponsibleUserID,
	}
}

// blank tells that no cell of the line holds anything: a spreadsheet's empty row.
func (r *record) blank() bool {
	return r.ID == "" && r.values() == [9]text{} && r.Ignored.text == "" && r.Unnamed.text == "" && r.Surplus.text == ""
}

func (r *record) row(number, line int) Row {
	row := Row{Number: number, Line: line, ID: string(r.ID)}
	if r.Surplus.present {
		row.Problems = []Problem{{Reason: "more cells than headers: the columns have shifted; look for a cell that needs quotes"}}
		return row
	}
	if r.Unnamed.text != "" {
		row.Problems = append(row.Problems, Problem{Reason: quote(r.Unnamed.text) + " stands in a column without a header"})
	}
	if reason := checkID(row.ID); reason != "" {
		row.Problems = append(row.Problems, Problem{IDField, row.ID, reason})
	}
	for i, value := range r.values() {
		row.add(Fields[i], string(value))
	}
	return row
}

func (row *Row) add(field, text string) {
	if text == "" {
		return
	}
	if reason := checkCell(field, text); reason != "" {
		row.Problems = append(row.Problems, Problem{field, text, reason})
		return
	}
	row.Cells = append(row.Cells, Cell{Field: field, Text: text, Number: field == "deal_value"})
	if reason := doubt(field, text); reason != "" {
		row.Warnings = append(row.Warnings, Problem{field, text, reason})
	}
}

// text is a cell without its outer white space.
type text string

// UnmarshalCSV implements gocsv's TypeUnmarshaller.
func (t *text) UnmarshalCSV(cell string) error {
	*t = text(strings.TrimSpace(cell))
	return nil
}

// rest gathers the cells of columns that are no field: whether there was one, and the first text among them.
type rest struct {
	present bool
	text    string
}

// UnmarshalCSV implements gocsv's TypeUnmarshaller; gocsv calls it for each of the columns in turn.
func (r *rest) UnmarshalCSV(cell string) error {
	r.present = true
	if r.text == "" {
		r.text = strings.TrimSpace(cell)
	}
	return nil
}
