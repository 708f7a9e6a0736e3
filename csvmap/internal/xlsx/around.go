package xlsx

import (
	"encoding/xml"
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
type area struct {
	left, top, right, bottom int
	hasText                  bool // see [area.isShownFor]
}

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
