package slips

import (
	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// Widths is how many cells the rows have. The zero value is ready to use.
type Widths struct {
	Most           int // of the longest row
	rows, numbered int // numbered rows have one cell more than the header, and begin with a number
}

// See adds a row under a header with this many cells.
func (w *Widths) See(r *cell.Record, width int) {
	w.Most = max(w.Most, len(r.Cells))
	w.rows++
	if len(r.Cells) == width+1 && r.Kinds == nil && cell.AreDigits(r.Text(0)) {
		w.numbered++
	}
}

// Problem returns why the header does not fit any row, or nil: R's write.table gives the names of rows no header.
func (w *Widths) Problem() error {
	if w.rows < 2 || w.numbered < w.rows {
		return nil
	}
	return reason.New("index_without_header")
}

// Surplus returns why a row with more cells than the header must not be sent.
func Surplus(r *cell.Record, width int) error {
	for i := width; i < len(r.Cells); i++ {
		if !r.IsEmpty(i) {
			return reason.New("row_shifted")
		}
	}
	return reason.New("row_surplus_empty")
}
