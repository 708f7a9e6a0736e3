package review_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
	"razebulk/internal/review"
)

var of = review.Identity{Sheet: "5ee7", BaseURL: "https://crm.example", Dialect: "observed", Time: time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)}

type tester interface {
	Helper()
	Fatal(args ...any)
}

var header = []string{"row", "id", "status", "field", "current", "new", "message", crm.PlanColumn}

// marked returns the record of a planned line.
func marked(t tester, m review.Marker, l review.Line, e review.Exact) []string {
	t.Helper()
	mark, err := m.Mark(l, e)
	if err != nil {
		t.Fatal(err)
	}
	return []string{
		fmt.Sprint(l.Row), crm.EscapeFormula(l.ID), l.Status, l.Field, crm.EscapeFormula(l.Current), crm.EscapeFormula(l.New), l.Message, mark,
	}
}

func example(t tester) [][]string {
	t.Helper()
	m, err := review.NewMarker(of)
	if err != nil {
		t.Fatal(err)
	}
	line := func(row int, id, field, current, text string) review.Line {
		return review.Line{Row: row, ID: id, Status: review.Planned, Field: field, Current: current, New: text}
	}
	exact := func(id, current, text string) review.Exact { return review.Exact{ID: id, Current: current, New: text} }
	amount := exact("a", "1200.00", "1234.50")
	held := "900.00"
	amount.Number, amount.Now = true, &held
	cleared := exact("c", "São Paulo", "")
	cleared.Clear = true
	filled := exact("c", "", "0112345678")
	filled.Empty, filled.Now, filled.NowEmpty = true, new(string), true
	return [][]string{
		header,
		marked(t, m, line(2, "a", "name", "Ana", "Ana Conceição"), exact("a", "Ana", "Ana Conceição")),
		marked(t, m, line(2, "a", "deal_value", "1200.00", "1234.50"), amount),
		marked(t, m, line(4, "c", "company", "São Paulo", ""), cleared),
		marked(t, m, line(4, "c", "phone", "", "0112345678"), filled),
		marked(t, m, line(4, "c", "name", "Big Ana", "Ana"), review.Exact{ID: "c", Current: "Big Ana", New: "Ana", Title: true}),
		marked(t, m, line(4, "c", "status", "Ganho", "Perdido"), exact("c", "8f14e45f", "c9f0f895")),
		marked(t, m, line(4, "c", review.TitleField, "Big deal", "Ana"), exact("c", "Big deal", "Ana")),
	}
}

// sheet returns the sheet that a plan makes; it fails if lines were edited.
func sheet(t tester, content []byte) string {
	t.Helper()
	p, err := review.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.EditedErr(); err != nil {
		t.Fatal(err)
	}
	return written(t, p)
}

func written(t tester, p *review.Plan) string {
	t.Helper()
	var out bytes.Buffer
	if err := p.WriteSheet(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func csvOf(records [][]string, delimiter rune) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma, w.UseCRLF = delimiter, delimiter == ';'
	_ = w.WriteAll(records)
	return out.Bytes()
}

func codeOf(err error) string {
	var r reason.Reason
	_ = errors.As(err, &r)
	return r.Code
}

func TestAPlanBecomesASheet(t *testing.T) {
	got := sheet(t, csvOf(example(t), ','))
	want := strings.Join([]string{
		`id,company,deal_value,name,phone,status,raze_clear,raze_expected`,
		`a,,1234.50,Ana Conceição,,,,"{""deal_value"":[1200.00,900.00],""name"":""Ana"",""raze_sums"":{""deal_value"":""` + crm.Sum("1234.50") +
			`"",""name"":""` + crm.Sum("Ana Conceição") + `""}}"`,
		``,
		`c,,,Ana,0112345678,c9f0f895,company,"{""company"":""São Paulo"",""name"":""Big Ana"",""phone"":[null,null],""raze_sums"":{""company"":""` + crm.Sum("") +
			`"",""name"":""` + crm.Sum("Ana") + `"",""phone"":""` + crm.Sum("0112345678") + `"",""status"":""` + crm.Sum("c9f0f895") + `""},""status"":""8f14e45f""}"`,
		``,
	}, "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	p, err := review.Read(csvOf(example(t), ','))
	if err != nil || !p.HasStage() || !cmp.Equal(p.Identity, of) {
		t.Errorf("got %v, %+v", err, p)
	}
}

// TestAPlanThatASpreadsheetHasWrittenIsTheSame whatever the spreadsheet does to numbers, the text and the table.
func TestAPlanThatASpreadsheetHasWrittenIsTheSame(t *testing.T) {
	want := sheet(t, csvOf(example(t), ','))
	saved := example(t)
	saved[2][4], saved[2][5] = "1200", "1234,5"
	saved[4][5] = "112345678"
	for i := range saved {
		saved[i] = append(saved[i], "", "") // empty columns
	}
	saved = append(saved, make([]string, 10))
	windows, err := charmap.Windows1252.NewEncoder().Bytes(csvOf(saved, ';'))
	if err != nil {
		t.Fatal(err)
	}
	sorted := slices.Clone(saved)
	slices.Reverse(sorted[1:])
	for name, content := range map[string][]byte{
		"semicolons":         csvOf(saved, ';'),
		"tabs and a mark":    append([]byte("\ufeff"), csvOf(saved, '\t')...),
		"Windows-1252":       windows,
		"another order":      csvOf(sorted, ','),
		"the mark alone":     append([]byte("\ufeff"), csvOf(example(t), ',')...),
		"Windows' line ends": bytes.ReplaceAll(csvOf(example(t), ','), []byte("\n"), []byte("\r\n")),
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, sheet(t, content)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// inJSON returns a plan for programs. Its records are not escaped.
func inJSON(t tester, records [][]string) []byte {
	t.Helper()
	type line struct {
		review.Line
		Mark string `json:"raze_plan"`
	}
	var lines []line
	for _, r := range records[1:] {
		var row int
		_, _ = fmt.Sscan(r[0], &row)
		lines = append(lines, line{review.Line{Row: row, ID: r[1], Status: r[2], Field: r[3], Current: r[4], New: r[5]}, r[7]})
	}
	text, err := json.Marshal(map[string]any{"razebulk_plan": 1, "lines": lines})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestAPlanForPrograms(t *testing.T) {
	if diff := cmp.Diff(sheet(t, csvOf(example(t), ',')), sheet(t, inJSON(t, example(t)))); diff != "" {
		t.Error(diff)
	}
}

// TestAnyEditShows in every column that matters, and in the status that would cause a line to be sent.
func TestAnyEditShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := example(t)
		at := rapid.IntRange(1, len(records)-1).Draw(t, "line")
		column := rapid.IntRange(0, 5).Draw(t, "column")
		before := records[at][column]
		after := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "0", "2", "4", "a", "c", "1234.5", "1235", "PLANNED", "CONFLICT", before + "x"})).Draw(t, "text")
		records[at][column] = after
		p, err := review.Read(csvOf(records, ','))
		if err != nil {
			return // rejected as a whole
		}
		if p.EditedErr() != nil {
			if codeOf(p.EditedErr()) != "plan_edited" {
				t.Fatal(p.EditedErr())
			}
			return
		}
		if got, want := written(t, p), sheet(t, csvOf(example(t), ',')); got != want {
			t.Fatalf("%q became %q, and nothing shows:\n%s", before, after, got)
		}
	})
}

func TestWhatIsNoPlanToApply(t *testing.T) {
	other, err := review.NewMarker(review.Identity{Sheet: "other"})
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func([][]string) [][]string) []byte { return csvOf(change(example(t)), ',') }
	for code, content := range map[string][]byte{
		"plan_column_missing": []byte("id,name\na,Ana\n"),
		"plan_unreadable":     []byte(`{"lines":3}`),
		"plan_line_unmarked":  with(func(r [][]string) [][]string { r[2][7] = ""; return r }),
		"plan_line_repeated":  with(func(r [][]string) [][]string { return append(r, r[1]) }),
		"plan_mixed": with(func(r [][]string) [][]string {
			return append(r, marked(t, other, review.Line{Row: 9, ID: "z", Status: review.Planned, Field: "name", New: "Z"}, review.Exact{ID: "z", New: "Z"}))
		}),
		"plan_title_deleted":    with(func(r [][]string) [][]string { return r[:len(r)-1] }),
		"plan_row_of_two":       with(func(r [][]string) [][]string { r[1][1] = "b"; return r }),
		"plan_line_without_row": with(func(r [][]string) [][]string { r[1][0] = "999999999"; return r }),
	} {
		p, err := review.Read(content)
		if err == nil {
			err = p.WriteSheet(io.Discard)
		}
		if codeOf(err) != code {
			t.Errorf("want %s, got %v", code, err)
		}
	}
}

// TestAnEditShowsBeforeAllElse, although the resulting line would be refused for another reason as well.
func TestAnEditShowsBeforeAllElse(t *testing.T) {
	for name, at := range map[string]struct {
		line, column int
		text         string
	}{
		"the id of another opportunity": {1, 1, "b"}, "the row of another opportunity": {1, 0, "4"}, "the field of another line": {1, 3, "deal_value"},
		"a row that no sheet has": {1, 0, "999999999"},
	} {
		records := example(t)
		records[at.line][at.column] = at.text
		if p, err := review.Read(csvOf(records, ',')); err != nil || codeOf(p.EditedErr()) != "plan_edited" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestABookThatASpreadsheetHasWrittenIsTheSame even if the spreadsheet has turned texts into numbers.
func TestABookThatASpreadsheetHasWrittenIsTheSame(t *testing.T) {
	want := sheet(t, csvOf(example(t), ','))
	book := excelize.NewFile()
	defer book.Close()
	for i, record := range example(t) {
		for j, text := range record {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err == nil && text == "1234.50" {
				err = book.SetCellDefault("Sheet1", at, "1234.5000000000001") // as Excel stores some amounts
			} else if _, failed := strconv.ParseFloat(text, 64); err == nil && failed == nil {
				err = book.SetCellDefault("Sheet1", at, strings.TrimLeft(text, "0"))
			} else if err == nil {
				err = book.SetCellStr("Sheet1", at, text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	saved, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, sheet(t, saved.Bytes())); diff != "" {
		t.Error(diff)
	}
}

func TestLinesThatWereEditedAreTakenAsPeopleSeeThem(t *testing.T) {
	records := example(t)
	records[2][5] = "1500.00"
	p, err := review.Read(csvOf(records, ','))
	if err != nil || p.Edited != 1 || p.FirstEdit != (review.Edit{Number: 3, Row: 2, Field: "deal_value", New: "1500.00"}) {
		t.Fatalf("got %v, %+v", err, p)
	}
	if got := written(t, p); !strings.Contains(got, "\na,,1500.00,Ana Conceição,") || strings.Contains(got, crm.Sum("1500.00")) {
		t.Errorf("got %s", got)
	}
}

// TestAnEditedTextIsCheckedAsOneOfASheet has a cell in which only what was escaped is a formula on purpose.
func TestAnEditedTextIsCheckedAsOneOfASheet(t *testing.T) {
	for _, c := range []struct {
		in             func(tester, [][]string) []byte
		edited, inCell string
	}{
		{inCSV, "-", "-"}, {inCSV, "=A1", "=A1"}, {inCSV, "'=A1", "'=A1"}, {inCSV, "x;-y", "x;-y"}, {inCSV, "'tis", "'tis"},
		{inJSON, "-", "-"}, {inJSON, "=A1", "=A1"}, {inJSON, "'=A1", "''=A1"}, {inJSON, "x;-y", "x;-y"}, {inJSON, "'tis", "'tis"},
	} {
		records := example(t)
		records[1][5] = c.edited // the name in row 2
		p, err := review.Read(c.in(t, records))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(written(t, p))).ReadAll()
		if err != nil || p.Edited != 1 || rows[1][3] != c.inCell {
			t.Errorf("%q is the cell %q, want %q (%v)", c.edited, rows[1][3], c.inCell, err)
		}
	}
}

// TestAFormulaThatNobodyEditedStaysAText, although somebody has edited what the CRM holds.
func TestAFormulaThatNobodyEditedStaysAText(t *testing.T) {
	m, err := review.NewMarker(of)
	if err != nil {
		t.Fatal(err)
	}
	for _, formula := range []string{`="007"`, "-", "@ana", "=A1"} {
		planned := review.Line{Row: 2, ID: "a", Status: review.Planned, Field: "notes", Current: "x", New: formula}
		mark, err := m.Mark(planned, review.Exact{ID: "a", Current: "x", New: formula})
		if err != nil {
			t.Fatal(err)
		}
		p, err := review.Read(inJSON(t, [][]string{header, {"2", "a", review.Planned, "notes", "y", formula, "", mark}}))
		if err != nil || p.Edited != 1 {
			t.Fatalf("%+v, %v", p, err)
		}
		if rows, err := csv.NewReader(strings.NewReader(written(t, p))).ReadAll(); err != nil || rows[1][1] != "'"+formula {
			t.Errorf("%s is the cell %q (%v)", formula, rows[1][1], err)
		}
	}
}

// TestTheExpectedCellKeepsAnApostrophe has a current text that looks like an escaped formula behind a comma.
func TestTheExpectedCellKeepsAnApostrophe(t *testing.T) {
	m, err := review.NewMarker(of)
	if err != nil {
		t.Fatal(err)
	}
	planned := review.Line{Row: 2, ID: "a", Status: review.Planned, Field: "notes", Current: "a,'=1", New: "b"}
	mark, err := m.Mark(planned, review.Exact{ID: "a", Current: "a,'=1", New: "b"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := review.Read(inJSON(t, [][]string{header, {"2", "a", review.Planned, "notes", "a,'=1", "b", "", mark}}))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(written(t, p))).ReadAll()
	if got := crm.UnescapeFormula(rows[1][3]); err != nil || !strings.HasPrefix(got, `{"notes":"a,'=1"`) {
		t.Errorf("the CRM must hold %s (%v)", got, err)
	}
}

func inCSV(_ tester, records [][]string) []byte { return csvOf(records, ',') }

func FuzzRead(f *testing.F) {
	f.Add(csvOf(example(f), ','))
	f.Add([]byte(`{"razebulk_plan":1,"lines":[{"row":2,"raze_plan":"e30.."}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		p, err := review.Read(content)
		if err != nil {
			if codeOf(err) == "" {
				t.Errorf("no reason: %v", err)
			}
			return
		}
		if err := p.WriteSheet(io.Discard); err != nil && codeOf(err) == "" {
			t.Errorf("no reason: %v", err)
		}
	})
}
