package slips

import "razebulk/csvmap/internal/cell"

// Lengths is what the lengths of all rows have shown. The zero value is ready to use.
type Lengths struct {
	Short  Short
	Breaks Breaks
}

// See adds a row and its id. full is how many columns the header names, endsInText reports whether the last of them
// holds text, and hasIDs whether each row must have an id.
func (l *Lengths) See(r *cell.Record, id string, full int, endsInText, hasIDs bool) {
	cells := len(r.Cells)
	endsEmpty := cells >= full && (!l.Short.Keeps() || endsInText) && r.IsEmpty(full-1)
	l.Short.See(r.Number, cells, full, endsEmpty)
	if hasIDs {
		l.Breaks.See(r.Number, cells, full, id, endsInText && !endsEmpty)
	}
}

// Cut returns the rows that must not be sent, with the code of the reason.
func (l *Lengths) Cut() map[int]string {
	cut := l.Short.Cut()
	l.Breaks.AddCut(cut)
	return cut
}
