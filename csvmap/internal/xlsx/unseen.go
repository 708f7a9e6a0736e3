package xlsx

import (
	"errors"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// Unseen is what a sheet holds that a person doesn't see.
type Unseen struct {
	// Rows is how many rows are hidden, by hand or by a filter.
	Rows int
	// Columns are the headers of hidden columns that are sent.
	Columns []string
	// Covered is the number of non-empty cells that are merged under another one.
	Covered int
	// Merged are the headers of columns that are sent in which a text is shown for several rows and stored in the first.
	Merged []string
}

// Reasons returns a notice for each kind of unseen content.
func (u Unseen) Reasons() (all []reason.Reason) {
	if u.Rows > 0 {
		all = append(all, reason.New("hidden_rows", "rows", u.Rows))
	}
	if len(u.Columns) > 0 {
		all = append(all, reason.New("hidden_columns", "columns", u.Columns))
	}
	if u.Covered > 0 {
		all = append(all, reason.New("covered_cells", "cells", u.Covered))
	}
	if len(u.Merged) > 0 {
		all = append(all, reason.New("merged_rows", "columns", u.Merged))
	}
	return all
}

// Unseen returns what nobody sees of a sheet whose rows have been read to their end. headers are in the row headerRow;
// that of a column that is not sent is "".
func (b *Book) Unseen(rows *Rows, headers []string, headerRow int) (Unseen, error) {
	u := Unseen{Rows: rows.hidden}
	for _, i := range rows.hiddenColumns(len(headers)) {
		if headers[i] != "" {
			u.Columns = append(u.Columns, headers[i])
		}
	}
	if len(rows.around.merged) == 0 {
		return u, nil
	}
	err := b.findMerged(&u, rows.around.merged, headers, headerRow)
	return u, err
}

// hiddenColumns returns the places of the columns that nobody sees.
func (s *Rows) hiddenColumns(width int) []int {
	var places []int
	last := 0
	for _, hidden := range slices.SortedFunc(slices.Values(s.around.columns), func(a, b area) int { return a.left - b.left }) {
		for column := max(last+1, hidden.left); column <= min(hidden.right, width); column++ {
			places = append(places, column-1)
			last = column
		}
	}
	return places
}

// findMerged reads the whole sheet for the cells that are merged.
func (b *Book) findMerged(u *Unseen, merged []area, headers []string, headerRow int) (err error) {
	areas := slices.SortedFunc(slices.Values(merged), func(a, b area) int { return a.top - b.top })
	rows, err := b.Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var open []area // those that include the row
	for {
		r, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		for len(areas) > 0 && areas[0].top <= r.Number {
			open, areas = append(open, areas[0]), areas[1:]
		}
		open = slices.DeleteFunc(open, func(a area) bool { return a.bottom < r.Number })
		rows.limited.charge(len(open) / cellsPerToken)
		width := 0
		for _, a := range open {
			width += a.right - a.left + 1
		}
		if width > excelize.MaxColumns {
			return b.parts.unreadable(errMergedOverlap)
		}
		for i := range open {
			a := &open[i]
			u.Covered += a.covered(r.Number, r.Cells)
			if a.isShownFor(r, headers, headerRow) && !slices.Contains(u.Merged, headers[a.left-1]) {
				u.Merged = append(u.Merged, headers[a.left-1])
			}
		}
	}
}

// covered returns how many cells of a row within the area are not empty, except the one that is shown.
func (a area) covered(row int, cells []string) (covered int) {
	for column := a.left; column <= min(a.right, len(cells)); column++ {
		if cells[column-1] != "" && (row != a.top || column != a.left) {
			covered++
		}
	}
	return covered
}

// isShownFor reports whether the area shows a text for this row, which has none, that is stored in a row above it,
// below the header and in a column that is sent. It must be asked about the rows in their order.
func (a *area) isShownFor(r *cell.Record, headers []string, headerRow int) bool {
	if r.Number == a.top {
		a.hasText = a.top > headerRow && a.left <= min(len(headers), len(r.Cells)) && headers[a.left-1] != "" && r.Cells[a.left-1] != ""
		return false
	}
	return a.hasText && (a.left > len(r.Cells) || r.Cells[a.left-1] == "")
}
