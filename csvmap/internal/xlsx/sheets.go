package xlsx

import (
	"errors"
	"io"
	"strings"

	"razebulk/internal/reason"
)

// choose returns the sheet with this name, or without a name the only one that isn't empty.
func (b *Book) choose(name string) (sheetEntry, error) {
	if name != "" {
		return namedSheet(b.parts.worksheets(), name)
	}
	var filled, hidden []sheetEntry
	for _, sheet := range b.parts.worksheets() {
		if sheet.hidden() {
			hidden = append(hidden, sheet)
			continue
		}
		if len(filled) > 1 {
			continue // only hidden ones are still of interest
		}
		holds, err := b.holdsAnything(sheet)
		if err != nil {
			return sheetEntry{}, err
		}
		if holds {
			filled = append(filled, sheet)
		}
	}
	return onlySheet(filled, hidden)
}

// namedSheet compares names like Excel, which allows no two that differ only in case.
func namedSheet(sheets []sheetEntry, name string) (sheetEntry, error) {
	for _, sheet := range sheets {
		if strings.EqualFold(sheet.Name, name) {
			return sheet, nil
		}
	}
	return sheetEntry{}, reason.New("worksheet_unknown", "name", name, "sheets", sheetNames(sheets))
}

func onlySheet(filled, hidden []sheetEntry) (sheetEntry, error) {
	switch len(filled) {
	case 0:
		return sheetEntry{}, reason.New("workbook_empty", "hidden", sheetNames(hidden))
	case 1:
		return filled[0], nil
	}
	return sheetEntry{}, reason.New("workbook_several_sheets", "sheets", sheetNames(filled), "hidden", sheetNames(hidden))
}

func sheetNames(sheets []sheetEntry) []string {
	names := make([]string, len(sheets))
	for i, sheet := range sheets {
		names[i] = sheet.Name
	}
	return names
}

// holdsAnything reports whether a sheet contains more than blanks. It returns true for a sheet that can't be read,
// which may be the one that is meant.
func (b *Book) holdsAnything(sheet sheetEntry) (bool, error) {
	rows, err := b.openRows(sheet, &b.parts.left)
	if err != nil {
		return false, err
	}
	defer func() { _ = rows.Close() }() // only read
	for {
		r, err := rows.Next()
		var unreadable reason.Reason
		switch {
		case errors.Is(err, io.EOF):
			return false, nil
		case b.parts.left >= 0 && errors.As(err, &unreadable):
			return true, nil
		case err != nil:
			return false, err
		case !r.Blank() || len(r.Unsolved) > 0:
			return true, nil
		}
	}
}
