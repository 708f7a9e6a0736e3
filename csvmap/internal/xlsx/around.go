package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"razebulk/internal/reason"

	"github.com/xuri/excelize/v2"
)

// surroundings are what a worksheet says about its rows outside of them: which of their cells nobody sees.
type surroundings struct {
	columns []area // hidden columns
	merged  []area // cells that are shown as one
}

var errMergedOverlap = damaged(reason.New("workbook_merged_overlap"))

// area is a rectangle of cells, with its first and last ones included; all numbers start at 1.
type area struct{ left, top, right, bottom int }

// maxMerged is more than anyone merges by hand.
const maxMerged = 100_000

// take reads an element of the sheet that is not within its rows.
func (a *surroundings) take(e xml.StartElement) error {
	switch e.Name.Local {
	case "col":
		left, err := strconv.Atoi(attribute(e, "min"))
		right, wrong := strconv.Atoi(attribute(e, "max"))
		if hidden, _ := strconv.ParseBool(attribute(e, "hidden")); (hidden || isZero(attribute(e, "width"))) && err == nil && wrong == nil {
			if len(a.columns) == excelize.MaxColumns {
				return errTooFull // they overlap
			}
			a.columns = append(a.columns, area{left: left, right: min(right, excelize.MaxColumns)})
		}
	case "mergeCell":
		merged, err := areaOf(attribute(e, "ref"))
		if err == nil && len(a.merged) == maxMerged {
			err = errTooFull
		}
		a.merged = append(a.merged, merged)
		return err
	}
	return nil
}

// isZero reports whether a width or height is zero, so that nobody sees what is in it.
func isZero(size string) bool {
	n, err := strconv.ParseFloat(size, 64)
	return err == nil && n == 0
}

func attribute(e xml.StartElement, name string) string {
	for _, attr := range e.Attr {
		if attr.Name.Local == name {
			return attr.Value
		}
	}
	return ""
}

// areaOf parses a reference such as A1:C2.
func areaOf(reference string) (area, error) {
	first, last, found := strings.Cut(reference, ":")
	if !found {
		last = first
	}
	a := area{}
	var err error
	if a.left, a.top, err = excelize.CellNameToCoordinates(first); err == nil {
		a.right, a.bottom, err = excelize.CellNameToCoordinates(last)
	}
	return a, err
}

// HiddenColumns returns the places of the columns that nobody sees. It may be called once the first row has been
// read.
func (s *Rows) HiddenColumns(width int) []int {
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

// HasMerged reports whether cells are merged. It is known once all rows have been read.
func (s *Rows) HasMerged() bool { return len(s.around.merged) > 0 }

// Covered reads the whole sheet and counts the non-empty cells that are merged under another one: nobody sees them.
// merged are the rows of the sheet, read to their end.
func (b *Book) Covered(merged *Rows) (cells int, err error) {
	areas := slices.SortedFunc(slices.Values(merged.around.merged), func(a, b area) int { return a.top - b.top })
	rows, err := b.Rows()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var open []area // those that include the row
	for {
		r, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF):
			return cells, nil
		case err != nil:
			return 0, err
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
			return 0, b.parts.unreadable(errMergedOverlap)
		}
		for _, a := range open {
			cells += a.covered(r.Number, r.Cells)
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
