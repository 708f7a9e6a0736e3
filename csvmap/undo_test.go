package csvmap

import (
	"strings"
	"testing"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/fieldcheck"
	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/crm"

	"github.com/google/go-cmp/cmp"
)

func TestRowEmptiesTheFieldsItLists(t *testing.T) {
	_, rows := readSheet(t, "id,notes,Score,raze_clear\n1,n,,\"score; deal_value,phone phone\"\n2,,,notes\n3,,,\n", Options{
		Mappings: []Mapping{{Column: "Score", Field: "score", Number: true}},
	})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{
			{Field: "phone", Clear: true}, {Field: "deal_value", Number: true, Clear: true},
			{Field: "notes", Text: "n"}, {Field: "score", Number: true, Clear: true},
		}},
		Row{Number: 3, Line: 3, ID: "2", Cells: []Cell{{Field: "notes", Clear: true}}},
		Row{Number: 4, Line: 4, ID: "3"},
	)
}

func TestFieldsThatCannotBeEmptied(t *testing.T) {
	for listed, reason := range map[string]string{
		"name": "without its name", "id": "without its id", "status": "without its status",
		"Phone": "not a field that can be cleared", "source": "not a field that can be cleared", "phone/email": "not a field that can be cleared",
		"notes": "also gives it a value", "email": "",
	} {
		_, rows := readSheet(t, "id,status,notes,email,raze_clear\n1,won,n,-,"+listed+"\n", Options{Stage: true, ClearMarker: "-"})
		if reason == "" {
			wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "email", Clear: true}, {Field: "notes", Text: "n"}, {Field: "status", Text: "won"}}})
			continue
		}
		diffProblems(t, []Problem{{Field: crm.ClearColumn, Column: "raze_clear", Value: listed, Code: reason}}, rows[0].Problems)
	}
}

func TestCopyKeepsWhatIsInput(t *testing.T) {
	got := copied(t, "id,raze_clear,raze_undo,raze_status,raze_message\n1,phone,\"{\"\"phone\"\":\"\"1\"\"}\",OLD_STATUS,m\n", Options{})
	lines := strings.Split(got, "\n")
	if !strings.HasPrefix(lines[0], "id,raze_clear,raze_undo,raze_status") || !strings.HasPrefix(lines[1], `1,phone,"{""phone"":""1""}",`) || strings.Contains(got, "OLD_STATUS") {
		t.Errorf("got %q", got)
	}
}

func TestTwoListsOfFieldsAreOneTooMany(t *testing.T) {
	sheettest.WantError(t, readError("id,raze_clear,Raze Clear\n1,,\n", Options{}), "are all read as raze_clear")
}

// undoFile has one row, with these cells in the columns name, deal_value, deal_currency, email and notes.
func undoFile(undo string, cells ...string) string {
	row := []string{"1"}
	for _, text := range append(cells, undo) {
		row = append(row, `"`+strings.ReplaceAll(text, `"`, `""`)+`"`)
	}
	return "\ufeffid,name,deal_value,deal_currency,email,notes,raze_undo\n" + strings.Join(row, ",") + "\n"
}

func restored(field, text string) Cell { return Cell{Field: field, Text: text, Restored: true} }

func TestCellsOfAnUndoFileAreTakenAsTheyAre(t *testing.T) {
	for _, text := range []string{
		" a ", "\ta", "a\r\nb\rc\nd\n", "cafe\u0301", "SÃ£o", "#REF!", "#####", "\x00\x07\u0085", "\ufeffx\u200b", "=1+1", "'=1", "<clear>",
		`"quoted"`, "TRUE", " ", "Jo?o", "-", "1.2E+15",
	} {
		sheet := undoFile(`{"name":"x"}`, escaped(text), "", escaped(text), escaped(text), escaped(text))
		_, rows := readSheet(t, sheet, Options{ClearMarker: "<clear>", Decimal: amount.Comma})
		var number int
		if len(rows) > 0 {
			number = rows[0].Line
		}
		wantRows(t, rows, Row{
			Number: 2, Line: number, ID: "1", Undoes: []Cell{{Field: "name", Text: "x"}},
			Cells: []Cell{restored("name", text), restored("email", text), restored("deal_currency", text), restored("notes", text)},
		})
	}
}

func TestNumbersOfAnUndoFile(t *testing.T) {
	for text, reason := range map[string]string{
		"1.234": "", "-0.5": "", "1e3": "", "1000": "", "-1E+5": "", "1.234.5": "not a number", "1,5": "not a number", "R$ 5": "not a number",
		" 5": "not a number", "5\n": "not a number", "-": "not a number", "true": "not a number", "0x1": "not a number", "1,234": "not a number",
	} {
		_, rows := readSheet(t, undoFile("{}", "", escaped(text), "", "", ""), Options{Decimal: amount.Comma})
		got := ""
		if len(rows[0].Problems) > 0 {
			got = rows[0].Problems[0].Code
		}
		sheettest.WantReason(t, got, reason)
		if want := (Cell{Field: "deal_value", Text: text, Number: true, Restored: true}); reason == "" && (len(rows[0].Cells) != 1 || rows[0].Cells[0] != want) {
			t.Errorf("%q: got %+v", text, rows[0].Cells)
		}
	}
}

func TestHugeCellOfAnUndoFileIsRefused(t *testing.T) {
	_, rows := readSheet(t, undoFile("{}", strings.Repeat("n", fieldcheck.MaxBytes+1), "", "", "", ""), Options{})
	if len(rows[0].Problems) != 1 || len(rows[0].Cells) != 0 {
		t.Errorf("got %d problems", len(rows[0].Problems))
	}
}

func TestWhatARunHasStored(t *testing.T) {
	for _, c := range []struct {
		text   string
		want   []Cell
		reason string
	}{
		{`{}`, nil, ""},
		{`{"notes":" a\r\n","deal_value":1234.50,"email":null}`, []Cell{
			{Field: "email", Clear: true}, {Field: "deal_value", Text: "1234.50", Number: true}, {Field: "notes", Text: " a\r\n"},
		}, ""},
		{`{"deal_value":null,"phone":"cafe` + "\u0301" + `"}`, []Cell{{Field: "phone", Text: "cafe\u0301"}, {Field: "deal_value", Number: true, Clear: true}}, ""},
		{``, nil, "not what a run writes"},
		{`{"notes":"a"`, nil, "not what a run writes"},
		{`{} {}`, nil, "not what a run writes"},
		{`{"notes":["a",null],"deal_value":[1.5,20]}`, []Cell{
			{Field: "deal_value", Text: "1.5", Number: true}, {Field: "deal_value", Text: "20", Number: true}, {Field: "notes", Text: "a"}, {Field: "notes", Clear: true},
		}, ""},
		{`{"notes":[]}`, nil, "invalid value"},
		{`{"notes":["a",["b"]]}`, []Cell{{Field: "notes", Text: "a"}}, "invalid value"},
		{`{"notes":true}`, nil, "invalid value"},
		{`{"notes":1}`, nil, "invalid value"},
		{`{"deal_value":"1"}`, nil, "invalid value"},
		{`{"status":"won"}`, nil, ""}, // left out like its column, unless the options say otherwise
	} {
		_, rows := readSheet(t, undoFile(c.text, "", "", "", "", ""), Options{Stage: true})
		got := ""
		if len(rows[0].Problems) > 0 {
			got = rows[0].Problems[0].Code
		}
		sheettest.WantReason(t, got, c.reason)
		if diff := cmp.Diff(c.want, rows[0].Undoes); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

func TestUndoHeader(t *testing.T) {
	for _, c := range []struct {
		sheet         string
		o             Options
		names, fields string
	}{
		{"name,Opportunity ID,status,Valor,Etapa 2\n", Options{Ignore: []string{"Etapa 2"}}, "Opportunity ID|name|Valor", "id|name|deal_value"},
		{"id,Etapa,Observações\n", Options{Stage: true}, "id|Etapa|Observações", "id|status|notes"},
		{"Key,Who,Nome\n", Options{Mappings: []Mapping{{Column: "Key", Field: "id"}, {Column: "Who", Field: "name"}, {Column: "Nome", Field: "company"}}}, "id|name|company", "id|name|company"},
		{"id,Score,Phone:number,-Name\n", Options{Mappings: []Mapping{{Column: "Score", Field: "score", Number: true}, {Column: "-Name", Field: "Grade"}}},
			"id|score:number|phone|Grade:string", "id|score|phone|Grade"},
		{"id,- Nome\n", Options{}, "id|name", "id|name"},
		{"id,Cargo,raze_clear\n", Options{}, "id|Cargo|name|email|phone|company|deal_value|deal_currency|notes|responsible_user_id",
			"id|position|name|email|phone|company|deal_value|deal_currency|notes|responsible_user_id"},
	} {
		r, _ := readSheet(t, c.sheet, c.o)
		names, fields := r.UndoHeader()
		if strings.Join(names, "|") != c.names || strings.Join(fields, "|") != c.fields {
			t.Errorf("%s: got %q for %q", c.sheet, names, fields)
		}
		checkUnderstood(t, names, fields)
	}
}

// checkUnderstood reads an undo file with this header, without flags.
func checkUnderstood(t *testing.T, names, fields []string) {
	t.Helper()
	r, _ := readSheet(t, strings.Join(append(names, "raze_clear", "raze_undo"), ";")+"\n", Options{Stage: true})
	var got []string
	for _, c := range r.header.columns {
		got = append(got, c.field)
	}
	if diff := cmp.Diff(append(fields, "raze_clear", "raze_undo"), got); diff != "" {
		t.Error(diff)
	}
}

// sums returns an undo cell with the checksums of the cells of undoFile.
func sums(name, value, currency, email, notes string) string {
	var parts []string
	for field, text := range map[string]string{"name": name, "deal_value": value, "deal_currency": currency, "email": email, "notes": notes} {
		if text != "" {
			parts = append(parts, `"`+field+`":"`+crm.Sum(text)+`"`)
		}
	}
	return `{"raze_run":"2026-11-26T02:15:00Z","raze_sums":{` + strings.Join(parts, ",") + `}}`
}

// TestACellOfAnUndoFileThatWasChangedIsCheckedLikeAnyOther covers changes by a spreadsheet and by people.
func TestACellOfAnUndoFileThatWasChangedIsCheckedLikeAnyOther(t *testing.T) {
	for _, c := range []struct{ was, now, want, reason string }{
		{"#REF!", "#REF!", "#REF!", ""},
		{"+5511977008229", "'+5511977008229", "+5511977008229", ""},
		{"fine", "#REF!", "", "a spreadsheet error"},
		{"João", "JoÃ£o", "", "letters are garbled"},
		{"before", " better ", "better", ""},
		{"'+5511977008229", "+5511977008229", "+5511977008229", ""},
		{"", "filled in", "filled in", ""},
	} {
		_, rows := readSheet(t, undoFile(sums("n", "", "", "", c.was), "n", "", "", "", c.now), Options{})
		wantRestored(t, rows[0], "notes", c.want, c.reason)
	}
}

// TestAPhoneOfAnUndoFileThatASpreadsheetHasRounded covers what Excel does to a file that it opens and saves.
func TestAPhoneOfAnUndoFileThatASpreadsheetHasRounded(t *testing.T) {
	for now, reason := range map[string]string{"5511977008229": "", "5.51198E+12": "digits are lost"} {
		want := now
		if reason != "" {
			want = ""
		}
		sheet := "id,phone,raze_undo\n1," + now + `,"{""phone"":""1"",""raze_sums"":{""phone"":""` + crm.Sum("5511977008229") + "\"\"}}\"\n"
		_, rows := readSheet(t, sheet, Options{})
		wantRestored(t, rows[0], "phone", want, reason)
	}
}

// TestANumberOfAnUndoFileThatWasChanged checks that such a number must be unambiguous.
func TestANumberOfAnUndoFileThatWasChanged(t *testing.T) {
	for now, reason := range map[string]string{"1.234": "", "1234": "", "1.2E+15": "written with an exponent", "x": "not a number"} {
		want := now
		if reason != "" {
			want = ""
		}
		_, rows := readSheet(t, undoFile(sums("", "1.234", "", "", ""), "", now, "", "", ""), Options{})
		wantRestored(t, rows[0], "deal_value", want, reason)
	}
	ambiguous := undoFile(sums("", "1.234", "", "", ""), "", "1,234", "", "", "")
	sheettest.WantError(t, readError(ambiguous, Options{}), "can be read in two ways")
}

func TestSumsOfAnUndoFileMustBeTexts(t *testing.T) {
	_, rows := readSheet(t, undoFile(`{"raze_sums":{"notes":1}}`, "", "", "", "", ""), Options{})
	wantRestored(t, rows[0], "notes", "", "not what a run writes")
}

// wantRestored checks that the row restores a field, or that it is refused for a reason.
func wantRestored(t *testing.T, row Row, field, want, reason string) {
	t.Helper()
	got, why := "", ""
	for _, given := range row.Cells {
		if given.Field == field {
			got = given.Text
		}
	}
	if len(row.Problems) > 0 {
		why = row.Problems[0].Code
	}
	sheettest.WantReason(t, why, reason)
	if got != want {
		t.Errorf("restores %q, want %q", got, want)
	}
}

// TestWhatNoColumnHolds covers what the undo cell has besides the sums and the fields.
func TestWhatNoColumnHolds(t *testing.T) {
	undo := strings.TrimSuffix(sums("n", "", "", "", "changed"), "}") + `,"raze_null":["email","phone"],"raze_title":" T ","name":"x"}`
	_, rows := readSheet(t, undoFile(undo, "n", "", "", "", " better "), Options{})
	wantRestored(t, rows[0], "notes", "better", "")
	row := rows[0]
	if diff := cmp.Diff([]Cell{{Field: "name", Text: "x"}}, row.Undoes); diff != "" || strings.Join(row.Nulls, " ") != "email phone" || row.Title == nil || *row.Title != " T " {
		t.Errorf("null %q, title %v, stored %s", row.Nulls, row.Title, diff)
	}
	for _, wrong := range []string{`{"raze_null":"email"}`, `{"raze_title":1}`, `{"raze_sums":[]}`} {
		_, rows := readSheet(t, undoFile(wrong, "n", "", "", "", ""), Options{})
		if len(rows[0].Problems) != 1 || !strings.HasPrefix(rows[0].Problems[0].Code, "not what a run writes") {
			t.Errorf("%s: %+v", wrong, rows[0].Problems)
		}
	}
}

func TestALineOfACellOfAnUndoFileIsNoRow(t *testing.T) {
	const name = "Ana\n2,Bia"
	_, rows := readSheet(t, undoFile(`{"name":"x"}`, name, "", "", "", ""), Options{})
	if len(rows) != 1 || len(rows[0].Problems) > 0 || rows[0].Cells[0].Text != name {
		t.Errorf("got %+v", rows)
	}
}

func TestAQuoteLeftOpenInAnUndoFileSwallowsNoRow(t *testing.T) {
	header, row, _ := strings.Cut(undoFile(`{"name":"x"}`, "Ana", "", "", "", ""), "\n")
	open := strings.Replace(row, `"Ana"`, `"Ana`, 1)
	_, rows := readSheet(t, header+"\n"+open+strings.Replace(row, "1,", "2,", 1), Options{})
	if len(rows) != 2 || len(rows[0].Problems) == 0 || len(rows[1].Problems) > 0 || rows[1].ID != "2" {
		t.Errorf("got %+v", rows)
	}
}
