package csvmap

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// chooseSheet finds the sheet called name, or the only one that holds anything.
func chooseSheet(parts *workbookParts, values *cellValues, name string) (sheetEntry, error) {
	if name != "" {
		return namedSheet(parts.worksheets(), name)
	}
	var filled, hidden []sheetEntry
	for _, sheet := range parts.worksheets() {
		if sheet.hidden() {
			hidden = append(hidden, sheet)
			continue
		}
		if len(filled) > 1 {
			continue // only hidden ones are still of interest
		}
		holds, err := holdsAnything(parts, values, sheet)
		if err != nil {
			return sheetEntry{}, err
		}
		if holds {
			filled = append(filled, sheet)
		}
	}
	return onlySheet(filled, hidden)
}

// namedSheet compares names as Excel does, which lets no two differ by case alone.
func namedSheet(sheets []sheetEntry, name string) (sheetEntry, error) {
	for _, sheet := range sheets {
		if strings.EqualFold(sheet.Name, name) {
			return sheet, nil
		}
	}
	return sheetEntry{}, fmt.Errorf("the workbook has no sheet %q; it has %s", name, sheetNames(sheets))
}

func onlySheet(filled, hidden []sheetEntry) (sheetEntry, error) {
	aside := ""
	if len(hidden) > 0 {
		aside = fmt.Sprintf(" (hidden: %s)", sheetNames(hidden))
	}
	switch len(filled) {
	case 0:
		return sheetEntry{}, fmt.Errorf("empty: no visible sheet of the workbook holds anything%s", aside)
	case 1:
		return filled[0], nil
	}
	return sheetEntry{}, fmt.Errorf("the workbook has more than one sheet that holds something: %s%s; name the one to take with --sheet",
		sheetNames(filled), aside)
}

func sheetNames(sheets []sheetEntry) string {
	var names []string
	for _, sheet := range sheets {
		names = append(names, sheet.Name)
	}
	if len(names) == 0 {
		return "none with cells"
	}
	return quoteAll(names)
}

func holdsAnything(parts *workbookParts, values *cellValues, sheet sheetEntry) (bool, error) {
	rows, err := openRows(parts, values, sheet)
	if err != nil {
		return false, err
	}
	defer func() { _ = rows.part.Close() }() // only read
	err = rows.next()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	return err == nil, err
}
