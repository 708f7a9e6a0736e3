package slips

import "razebulk/csvmap/internal/cell"

// Lengths is what the lengths of all rows have shown, and which rows were left out among them.
type Lengths struct {
	Full       int  // how many columns the header names
	EndsInText bool // the last of them holds text
	HasIDs     bool // each row must have an id
	Short      Short
	breaks     Breaks
	Totals     Tally
	Headers    Tally
}

// See adds a row and its id.
func (l *Lengths) See(r *cell.Record, id string) {
	cells := len(r.Cells)
	endsEmpty := cells >= l.Full && (!l.Short.Keeps() || l.EndsInText) && r.IsEmpty(l.Full-1)
	l.Short.See(r.Number, cells, l.Full, endsEmpty)
	if l.HasIDs {
		l.breaks.See(r.Number, cells, l.Full, id, l.EndsInText && !endsEmpty)
	}
}

// SeeTotals adds a row of totals. isRest reports whether it was found to be the rest of the row above, as a label
// without a figure may be.
func (l *Lengths) SeeTotals(r *cell.Record, isRest bool) {
	if len(r.Cells) == 1 && l.Full > 1 && l.HasIDs && !HasDigit(r.Cells[0]) {
		l.breaks.SeeTotal(r.Number, l.Full)
	}
	if !isRest {
		l.Totals.Add(r.Number)
	}
}

// SeeHeader adds a repeated header.
func (l *Lengths) SeeHeader(number int) {
	l.breaks.SeeHeader()
	l.Headers.Add(number)
}

// Cut returns the rows that must not be sent, with the code of the reason.
func (l *Lengths) Cut() map[int]string {
	cut := l.Short.Cut()
	l.breaks.AddCut(cut)
	return cut
}
