package csvmap

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/csvmap/internal/booktest"
)

func TestWorkbooksThatPeopleHave(t *testing.T) {
	unreadable := []string{"workbook_unreadable"}
	foo := Options{Ignore: []string{"Foo"}}
	ana := []string{opportunity + " name=Ana"}
	for file, c := range map[string]seen{
		"200-sheets-one-part-60MB-empty": {want: unreadable}, "nest-row-open": {want: unreadable},
		"alternatecontent-in-cell": {want: unreadable}, "cell-ref-of-another-row": {want: unreadable}, "two-sheetdata": {want: unreadable},
		"two-v-elements": {want: unreadable}, "foreign-namespace-v": {want: unreadable}, "boolean-T": {want: unreadable},
		"crc-styles-deflated": {want: unreadable}, "crc-workbook-deflated": {want: unreadable},
		"duplicate-part": {want: unreadable}, "duplicate-part-by-case": {want: unreadable}, "duplicate-relationship-id": {want: unreadable},
		"sheet-without-relationship": {want: unreadable}, "style-out-of-range": {want: unreadable}, "style-without-styles-part": {want: unreadable},
		"backslash-target": {want: ana}, "leading-slash-names": {want: ana}, "percent-target": {want: ana}, "utf16-parts": {want: ana},
		"sharedstrings-linked-missing": {want: ana}, "second-sheet-only-blanks": {want: ana},
		"second-sheet-formula":      {want: []string{"workbook_several_sheets"}},
		"calcCompleted-0":           {want: []string{"formula_without_result"}},
		"forceFullCalc":             {want: []string{"formula_without_result"}},
		"formula-in-ignored-column": {o: foo, want: ana},
		"date-format-aaaa":          {want: []string{opportunity + " notes:date_for_text"}},
		"date-format-e":             {want: []string{opportunity + " notes:date_for_text"}},
		"empty-shared-string-index": {want: []string{opportunity + " deal_value=12"}},
		"error-cell-external":       {want: []string{opportunity + " name:formula_error"}},
		"id-shown-00123":            {want: []string{"123 name=Ana id:number_shown_otherwise"}},
		"merged-hidden-content":     {want: []string{opportunity + " name=Ana", opportunity + " name=Covered"}},
		"phone-fraction":            {want: []string{opportunity + " phone:number_with_fraction"}},
		"phone-shown-plus55":        {want: []string{opportunity + " phone:number_shown_otherwise"}},
		"strict-duration":           {o: Options{Ignore: []string{"Prazo"}}, want: []string{opportunity + " name=Ana deal_value=12.5"}},
	} {
		c.file = "workbooks/" + file + ".xlsx"
		t.Run(file, c.check)
	}
	c := seen{"workbooks/second-sheet-formula.xlsx", Options{Worksheet: "a"}, ana}
	c.check(t)
}

func TestTotalsNeedNoResult(t *testing.T) {
	header := `<row><c t="str"><v>id</v></c><c t="str"><v>name</v></c><c t="str"><v>deal_value</v></c></row>` +
		`<row><c t="str"><v>1</v></c><c t="str"><v>a</v></c><c><v>2</v></c></row>`
	for _, c := range []seen{
		{booktest.SheetData(header + `<row><c t="str"><v>Total</v></c><c/><c><f>SUM(C2:C2)</f></c></row>`).Book(t).String(), Options{},
			[]string{"1 name=a deal_value=2"}},
		{booktest.SheetData(header + `<row><c t="str"><v>3</v></c><c/><c><f>SUM(C2:C2)</f></c></row>`).Book(t).String(), Options{},
			[]string{"formula_without_result"}},
		{booktest.SheetData(header + `<row><c><f>A2</f></c><c t="str"><v>Total</v></c><c><v>2</v></c></row>`).Book(t).String(), Options{},
			[]string{"formula_without_result"}},
	} {
		c.check(t)
	}
}

func TestWhatNobodySeesOfAWorkbook(t *testing.T) {
	book := booktest.BookParts{booktest.FirstSheetPart: `<worksheet><cols><col min="2" max="3" hidden="1"/><col min="2" max="2" width="0"/><col min="4" max="4" width="9"/></cols><sheetData>` +
		`<row><c t="str"><v>id</v></c><c t="str"><v>name</v></c><c t="str"><v>Score</v></c><c t="str"><v>notes</v></c></row>` +
		`<row><c t="str"><v>1</v></c><c t="str"><v>a</v></c><c><v>1</v></c><c t="str"><v>x</v></c></row>` +
		`<row ht="0" customHeight="1"><c t="str"><v>2</v></c><c t="str"><v>b</v></c><c><v>1</v></c><c t="str"><v>y</v></c></row>` +
		`</sheetData><mergeCells><mergeCell ref="D2:E3"/><mergeCell ref="A9:B9"/></mergeCells></worksheet>`}.Book(t)
	r, _ := readSheet(t, book.String(), Options{Ignore: []string{"Score"}})
	if u := r.Unseen(); u.Rows != 1 || len(u.Columns) != 1 || u.Columns[0] != "name" || u.Covered != 1 {
		t.Errorf("got %+v", u)
	}
	preview, err := NewPreview(strings.NewReader(book.String()), int64(book.Len()), Options{Ignore: []string{"Score"}})
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, notice := range preview.Notices {
		codes = append(codes, notice.Code)
	}
	if want := []string{"hidden_rows", "hidden_columns", "covered_cells"}; !slices.Equal(codes, want) {
		t.Errorf("a preview notes %v, want %v", codes, want)
	}
	c := seen{file: "workbooks/merged-hidden-content.xlsx"}
	r, _ = readSheet(t, c.text(t), Options{})
	if u := r.Unseen(); u.Covered != 1 {
		t.Errorf("got %+v", u)
	}
}

// TestMaskedNumbersAreMaskedInACopy keeps 00123 from becoming 123 in a file of failed rows.
func TestMaskedNumbersAreMaskedInACopy(t *testing.T) {
	for _, file := range []string{"id-shown-00123", "phone-shown-plus55"} {
		c := seen{file: "workbooks/" + file + ".xlsx"}
		text := c.text(t)
		_, want, err := inspectedCodes(text, Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, got, err := inspectedCodes(copied(t, text, Options{}), Options{})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", file, err, diff)
		}
	}
}

func TestCopyKeepsTheHeaderInItsRow(t *testing.T) {
	for _, c := range []seen{
		{"Deals\n\n\"of\ntwo lines\"\nid,name\nopp_000001,Ana\n", Options{HeaderRow: 4}, []string{"opp_000001 name=Ana"}},
		{"Deals\n\nid,name\nopp_000001,Ana\n", Options{}, []string{"opp_000001 name=Ana"}},
		{booktest.SheetData(`<row r="2"><c t="str"><v>Deals</v></c></row><row r="5"><c t="str"><v>id</v></c><c t="str"><v>name</v></c></row>` +
			`<row><c t="str"><v>1</v></c><c t="str"><v>a</v></c></row>`).Book(t).String(), Options{HeaderRow: 5}, []string{"1 name=a"}},
	} {
		c.file = copied(t, c.file, c.o)
		c.check(t)
	}
}
