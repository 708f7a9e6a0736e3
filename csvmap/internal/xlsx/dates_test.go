package xlsx

import (
	"errors"
	"testing"
	"time"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/cell"

	"github.com/xuri/excelize/v2"
)

func TestNumberFormatsTellDatesFromNumbers(t *testing.T) {
	const days = 45728.604166666664
	for code, want := range map[string]bookRow{
		`dd/mm/yyyy`:               {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`[$-416]d\-mmm`:            {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`[$-416]d\-mmm;@`:          {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`d "de" mmmm "de" yyyy`:    {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`[=0]"";dd/mm/yyyy`:        {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`ggge"年"m"月"d"日"`:          {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`h:mm AM/PM`:               {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`mm:ss.0`:                  {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`[h]:mm`:                   {Cells: []string{"1097486:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`[Red][mm]:ss`:             {Cells: []string{"1097486:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`General`:                  {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`G/通用格式`:                   {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`"R$" #,##0.00`:            {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`[$R$-416]\ #,##0.00;@`:    {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`0.00%`:                    {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Percent}},
		`[Red]-0;0\ %`:             {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Percent}},
		`0.00 "%"`:                 {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`[Red]0`:                   {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`[Color10]0;[Red]-0`:       {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`0" dias"`:                 {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`0 \d\i\a\s`:               {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`_(* 0_);_(* \(0\);_d0;*y`: {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`0.00E+00`:                 {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`# ?/?`:                    {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
		`aaaa`:                     {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`aaa`:                      {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`e`:                        {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`bbbb`:                     {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`ggg`:                      {Cells: []string{"2025-03-12 14:30:00"}, Kinds: []cell.Kind{cell.Date}},
		`@`:                        {Cells: []string{"45728.6041666666"}, Kinds: []cell.Kind{cell.Number}},
	} {
		t.Run(code, func(t *testing.T) {
			want.Number = 1
			wantBookRows(t, booktest.MakeBook(t, func(f *excelize.File) error {
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
				return errors.Join(err, f.SetCellValue("Sheet1", "A1", days), f.SetCellStyle("Sheet1", "A1", "A1", style))
			}), want)
		})
	}
}

func TestBuiltinFormats(t *testing.T) {
	dates := map[int]bool{}
	for _, span := range [][2]int{{14, 22}, {27, 36}, {45, 47}, {50, 58}, {71, 81}} {
		for id := span[0]; id <= span[1]; id++ {
			dates[id] = true
		}
	}
	for id := -1; id < 164; id++ {
		format := builtinFormat(id).kind()
		percent, unknown := id == 9 || id == 10 || id == 67 || id == 68, id < 0 || id > 81
		if percent != (format == percentFormat) || unknown != (format == unknownFormat) ||
			(format != plainNumberFormat && !percent && !unknown) != dates[id] || (format == elapsedFormat) != (id == 46 || id == 79) {
			t.Errorf("%d: %d", id, format)
		}
	}
}

func TestACodeTakesTheNumberOfABuiltinFormat(t *testing.T) {
	p := booktest.SheetData(`<row><c s="1"><v>1</v></c></row>`)
	p["xl/styles.xml"] = `<styleSheet><numFmts><numFmt numFmtId="14" formatCode="0.0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>`
	wantBookRows(t, p.Book(t), bookRow{1, []string{"1"}, []cell.Kind{cell.Masked}})
}

func TestSerialDates(t *testing.T) {
	for _, c := range []struct {
		days     float64
		elapsed  bool
		from1904 bool
		text     string
	}{
		{days: 0, text: "00:00:00"},
		{days: 0.604166666666667, text: "14:30:00"},
		{days: 1, text: "1900-01-01"},
		{days: 59, text: "1900-02-28"},
		{days: 60, text: "1900-02-29"},
		{days: 61, text: "1900-03-01"},
		{days: 45728, text: "2025-03-12"},
		{days: 45728.604166666664, text: "2025-03-12 14:30:00"},
		{days: 45728.999999, text: "2025-03-13"},
		{days: 2958465, text: "9999-12-31"},
		{days: 2958465.9999999, text: unshowable},
		{days: 2958466, text: unshowable},
		{days: 1e300, text: unshowable},
		{days: -1, text: unshowable},
		{days: 44266, from1904: true, text: "2025-03-12"},
		{days: 60, from1904: true, text: "1904-03-01"},
		{days: 2957004, from1904: true, text: unshowable},
		{days: 0.25, from1904: true, text: "06:00:00"},
		{days: 1.5, elapsed: true, text: "36:00:00"},
		{days: 1.0 / 24 / 60, elapsed: true, from1904: true, text: "00:01:00"},
	} {
		if text := serialDate(c.days, c.elapsed, c.from1904); text != c.text {
			t.Errorf("%+v: got %q", c, text)
		}
	}
}

func TestDatesAreCountedFrom1904InAWorkbookThatSaysSo(t *testing.T) {
	yes := true
	day := time.Date(2025, 3, 12, 14, 30, 0, 0, time.UTC)
	wantBookRows(t, booktest.MakeBook(t, func(f *excelize.File) error {
		return errors.Join(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}), f.SetCellValue("Sheet1", "A1", day))
	}), bookRow{1, []string{"2025-03-12 14:30:00"}, []cell.Kind{cell.Date}})
}

func FuzzNumberFormat(f *testing.F) {
	for _, code := range []string{`dd/mm/yyyy`, `[$-416]d\-mmm;@`, `[h]:mm`, `"R$" #,##0.00`, `[Red]0;;;`, `[`, `"`, `\`, `_`, `*`} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		f := newFormat(code)
		f.kind()
		f.shows(12, "12")
	})
}
