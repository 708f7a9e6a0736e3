package xlsx

import (
	"errors"
	"strings"
	"testing"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/sheettest"

	"github.com/xuri/excelize/v2"
)

// fillSheets adds a chart and these sheets; those called hidden are hidden, and "empty" ones contain only a style.
func fillSheets(names ...string) func(f *excelize.File) error {
	return func(f *excelize.File) error {
		var errs []error
		for _, name := range names {
			_, err := f.NewSheet(name)
			if !strings.HasPrefix(name, "Empty") {
				errs = append(errs, f.SetCellValue(name, "B2", "in "+name))
			}
			errs = append(errs, err, f.SetCellStyle(name, "C3", "C3", 0))
			if strings.HasPrefix(name, "hidden") {
				errs = append(errs, f.SetSheetVisible(name, false, name == "hidden very"))
			}
		}
		chart := &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$A$1:$A$2"}}}
		return errors.Join(append(errs, f.AddChartSheet("Chart", chart))...) // last: excelize hides no sheet next to one
	}
}

func TestSheetIsChosen(t *testing.T) {
	for _, c := range []struct {
		name   string
		sheets []string
		ask    string
		want   string // the sheet, or part of the error
	}{
		{"the only one that holds anything", []string{"Empty", "Negócios", "Empty 2", "hidden", "hidden very"}, "", "Negócios"},
		{"by name", []string{"A", "B"}, "B", "B"},
		{"by name in another case", []string{"A", "NEGÓCIOS"}, "negócios", "NEGÓCIOS"},
		{"hidden one by name", []string{"A", "hidden"}, "Hidden", "hidden"},
		{"very hidden one by name", []string{"A", "hidden very"}, "hidden very", "hidden very"},
		{"several", []string{"A", "B", "Empty"}, "", `more than one sheet with data: "A", "B"; name the one to take with --sheet`},
		{"three", []string{"A", "B", "C"}, "", `more than one sheet with data: "A", "B"; name`},
		{"several and a hidden one", []string{"A", "B", "hidden"}, "", `"A", "B" (hidden: "hidden"); name`},
		{"none holds anything", []string{"Empty"}, "", `empty: no visible sheet of the workbook has data`},
		{"hidden ones only", []string{"hidden", "hidden very"}, "", `has data (hidden: "hidden", "hidden very")`},
		{"a name that isn't there", []string{"A", "hidden"}, "C", `no sheet "C"; it has "Sheet1", "A", "hidden"`},
		{"a chart", []string{"A"}, "Chart", `no sheet "Chart"; it has "Sheet1", "A"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := open(booktest.MakeBook(t, fillSheets(c.sheets...)), c.ask)
			if err != nil {
				if text := sheettest.Words(err); !strings.Contains(text, c.want) || !strings.Contains(c.want, " ") {
					t.Errorf("got %q", text)
				}
				return
			}
			rows, err := b.Rows()
			if err != nil {
				t.Fatal(err)
			}
			r, err := rows.Next()
			if err := errors.Join(err, rows.Close(), b.Close()); err != nil {
				t.Fatal(err)
			}
			if b.Sheet() != c.want || r.Cells[1] != "in "+c.want {
				t.Errorf("got %q with %q", b.Sheet(), r.Cells)
			}
		})
	}
}

func TestAnEmptySheetThatIsNamedHasNoRows(t *testing.T) {
	if rows, _, err := readWorkbook(booktest.MakeBook(t, fillSheets("Empty")), "Empty"); err != nil || rows != nil {
		t.Errorf("%v, %v", rows, err)
	}
}
