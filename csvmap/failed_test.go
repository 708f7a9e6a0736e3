package csvmap

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/crm"
	"razebulk/internal/words"
)

// failedOf reads a sheet and returns the file of its refused rows, as a run writes it, and the first reason of each.
func failedOf(t testing.TB, text string, o Options) (failed string, codes []string) {
	t.Helper()
	failed, codes, err := failedFrom(text, o)
	if err != nil {
		t.Fatal(sheettest.Words(err))
	}
	return failed, codes
}

func failedFrom(text string, o Options) (failed string, codes []string, err error) {
	refused := map[int][]Problem{}
	r, err := checked(text, o, func(row Row) {
		if refused[row.Number] = slices.Clone(row.Problems); len(row.Problems) == 0 {
			delete(refused, row.Number)
		}
	})
	if err != nil {
		return "", nil, err
	}
	defer r.Close()
	sheet, err := r.Open()
	if err != nil {
		return "", nil, err
	}
	defer sheet.Close()
	var out bytes.Buffer
	c, err := sheet.NewCopy(&out, crm.StatusColumn, crm.MessageColumn, crm.RefusedColumn)
	if err != nil {
		return "", nil, err
	}
	for row, err := range sheet.Originals() {
		why := refused[row.Number]
		if err != nil || why == nil {
			continue
		}
		var all []string
		for _, p := range why {
			all = append(all, p.Code)
		}
		codes = append(codes, all[0])
		if err := c.Add(row, "VALIDATION_ERROR", sheettest.Text(why[0].Reason()), c.Mark(row, all)); err != nil {
			return "", nil, err
		}
	}
	err = c.Close()
	return out.String(), codes, err
}

// checked inspects a sheet and passes all its rows to take, some of them more than once.
func checked(text string, o Options, take func(Row)) (*Reading, error) {
	file := opens(text)
	return Inspect(file, file.Size(), o, func(rows iter.Seq2[Row, error]) error {
		for row, err := range rows {
			if err != nil {
				return err
			}
			take(row)
		}
		return nil
	})
}

// reasonsOf returns the first reason of each row of a sheet; "" for a row that would be sent.
func reasonsOf(text string, o Options) (codes []string, err error) {
	byRow := map[int]string{}
	r, err := checked(text, o, func(row Row) {
		if byRow[row.Number] = ""; len(row.Problems) > 0 {
			byRow[row.Number] = row.Problems[0].Code
		}
	})
	if err != nil {
		return nil, err
	}
	for _, number := range slices.Sorted(maps.Keys(byRow)) {
		codes = append(codes, byRow[number])
	}
	return codes, r.Close()
}

func wantReasons(t testing.TB, text string, o Options) []string {
	t.Helper()
	codes, err := reasonsOf(text, o)
	if err != nil {
		t.Fatal(sheettest.Words(err))
	}
	return codes
}

// shownOnlyBySheets are sheets with rows that are refused for what is around their cells. In some, another row has a
// fault in any file.
var shownOnlyBySheets = []struct{ name, text, code string }{
	{"a delimiter is missing", "id,name,company,notes\n1,Ana,Acme,\n2,Bia,Beta,\n3,Gama,ligar\n", "row_cut"},
	{"the wrong kind", "id,name,phone\n1,Ana,11 9999-9999\n2,11 9999-9998\n3,Cid,11 9999-9997\n", "row_cut_kind"},
	{"a line break", "id,name,company,notes\n1,Ana,pri\nmeira,Acme,x\n2,Bia,x,y\n", "row_broken"},
	{"cut off", "id,name,deal_value\n1,Ana,1000\n2,Bia,2000\n3,Ci", "row_cut_off"},
	{"cents", "id,deal_value,notes\n1,1000,oi\n2,1234,50\n3,10\n4,20,tudo bem\n", "row_cut_cents"},
	{"rows in a cell", "id,name,notes\n1,\"a\",\"b\n2,Bia,c\"\n3,Cid,x\n4,Cid,x\n", "rows_in_cell"},
	{"three decimals", "id;deal_value\n1;10,50\n2;20,25\n3;1,500\n", "amount_three_decimals"},
	{"three decimals behind a point", "id,deal_value\n1,10.50\n2,20.25\n3,1.500\n", "amount_three_decimals"},
	{"another encoding", "id,name,notes\n1,João,não é\n2,José,lá\n3,Ana,25\xf8C\n", "row_other_encoding"},
	{"a lost letter", "id,notes\n1,S?o\n2,tem?\n3,a\n", "letter_lost_perhaps"},
	{"garbled letters", "id,notes\n1,SÃ£o JoÃ£o\n2,SaÚde\n3,a\n", "letters_garbled_perhaps"},
	{"another delimiter", "id,name\n1,a\n2;b\n3,c\n", "row_other_delimiter"},
	{"a row in quotes", "id,name\n1,a\n\"2,b\"\n3,c\n", "row_in_quotes"},
	{"no last delimiter", "id,name\n1,a,\n2,b,\n3,c,\n4,d\n", "row_without_last_delimiter"},
	{"no quote before one", "id,name\n\"1\",\"a\"\n\"2\",\"b\"\n\"3\",c\"\n\"4\",\"d\"\n", "quote_missing"},
	{"a quote after a blank", "id,name\n1,\"a\"\n2, \"b\"\n3,c\n", "quote_after_blank"},
	{"texts in typographic quotes", "id,name,notes\n1,Ana,x\n2,“Bia”,“ligar”\n3,Cid,y\n", "texts_in_other_quotes"},
}

func TestARowOfAFailedFileIsRefusedAgain(t *testing.T) {
	for _, c := range shownOnlyBySheets {
		t.Run(c.name, func(t *testing.T) {
			failed, codes := failedOf(t, c.text, Options{})
			if !slices.Contains(codes, c.code) {
				t.Fatalf("got the reasons %v", codes)
			}
			again := wantReasons(t, failed, Options{})
			if len(again) != len(codes) || slices.Contains(again, "") {
				t.Fatalf("got %v, then %v:\n%s", codes, again, failed)
			}
			third, _ := failedOf(t, failed, Options{})
			if thrice := wantReasons(t, third, Options{}); !slices.Equal(thrice, again) {
				t.Errorf("got %v, then %v:\n%s", again, thrice, third)
			}
		})
	}
}

func TestAChangedRowOfAFailedFileIsJudgedAsAnyOther(t *testing.T) {
	for _, c := range []struct{ name, sheet, old, changed string }{
		{"a delimiter is missing", shownOnlyBySheets[0].text, "3,Gama,ligar,,", "3,,Gama,ligar,"},
		{"its cell of the column is empty", shownOnlyBySheets[0].text, "row_cut ", ""},
		{"cents", shownOnlyBySheets[4].text, "2,1234,50,", `2,"1234,50",,`},
		{"rows in a cell", shownOnlyBySheets[5].text, `2,Bia,c",`, `2,Bia,c,`},
		{"three decimals: cents", shownOnlyBySheets[6].text, "3;1,500;", "3;1,50;"},
		{"three decimals: a thousand", shownOnlyBySheets[6].text, "3;1,500;", "3;1500;"},
		{"another encoding", shownOnlyBySheets[8].text, "25\ufffdC", "25°C"},
		{"a lost letter", shownOnlyBySheets[9].text, "tem?", "tem"},
	} {
		t.Run(c.name, func(t *testing.T) {
			failed, codes := failedOf(t, c.sheet, Options{})
			if !strings.Contains(failed, c.old) {
				t.Fatalf("got %s", failed)
			}
			changed := wantReasons(t, strings.Replace(failed, c.old, c.changed, 1), Options{})
			if len(changed) != len(codes) || !slices.Contains(changed, "") {
				t.Errorf("got %v, want one of them accepted", changed)
			}
		})
	}
	failed, _ := failedOf(t, shownOnlyBySheets[6].text, Options{})
	if got := wantReasons(t, failed, Options{Decimal: ','}); got[0] != "" {
		t.Errorf("with the decimal separator: got %s", got)
	}
	if got := wantReasons(t, failed, Options{OnlyID: true}); got[0] != "amount_three_decimals" {
		t.Errorf("with ids only: got %s", got)
	}
}

func TestARowOfAFailedWorkbookIsRefusedAgain(t *testing.T) {
	long := strings.Repeat("x", cell.MaxWorkbookChars+1)
	table := [][]string{{"id", "deal_value", "notes"}, {"1", "10,50", "a"}, {"2", "20,25", "b"}, {"3", "1,500", ""}, {"4", "10,00", "a"}, {"5", "1", "3,50"}}
	kinds := make([][]cell.Kind, len(table))
	kinds[3] = []cell.Kind{cell.Number}
	failed, codes := failedOf(t, book(t, table, kinds), Options{})
	if again := wantReasons(t, failed, Options{}); !slices.Equal(codes, []string{"amount_three_decimals"}) || !slices.Equal(again, codes) {
		t.Errorf("got %v, then %v", codes, again)
	}
	tooLong := booktest.SheetData(`<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>notes</t></is></c></row>` +
		`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>` + long + `</t></is></c></row>`).Book(t).String()
	// A cell that is longer than a workbook allows has only its beginning in a copy.
	failed, codes = failedOf(t, tooLong, Options{})
	if again := wantReasons(t, failed, Options{}); !slices.Equal(codes, []string{"cell_too_long"}) || !slices.Equal(again, codes) {
		t.Errorf("got %v, then %v", codes, again)
	}
}

func TestThePreviewOfAFailedFileShowsWhatIsRefusedAgain(t *testing.T) {
	failed, _ := failedOf(t, shownOnlyBySheets[1].text, Options{})
	p, err := NewPreview(opens(failed), int64(len(failed)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Columns[1].Values[0]; got.Problem == nil || got.Problem.Code != "row_cut_kind" {
		t.Errorf("got %+v", got)
	}
}

// TestEveryMarkedReasonHasAText: the text of a refused row that is unchanged names the reason by its heading.
func TestEveryMarkedReasonHasAText(t *testing.T) {
	for _, code := range words.RowCodes() {
		if !NeedsMark([]string{code}) {
			continue
		}
		for _, l := range words.Languages() {
			text := words.For(nil).In(l).Say(code, "unchanged", true)
			if !strings.Contains(text, crm.RefusedColumn) || strings.Contains(text, "why_") {
				t.Errorf("%s: %s", code, text)
			}
		}
	}
}

func TestAFailedFileIsReadAsItsSheet(t *testing.T) {
	dos := func(text string) string {
		text, err := charmap.CodePage850.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for _, c := range []struct{ name, text, want string }{
		{"an encoding known by its letters", dos("id;name;email;notes\r\n1;João Conceição;a@b.co;ligar amanhã\r\n2;José Ávila;a@b.co;não há previsão\r\n3;Ana;x;Estufa a 25°C\r\n"), "Estufa a 25°C"},
		{"blanks before quotes", "id, name, email\n1, \"Souza, Ana\", x\n2, \"Bia\", a@b.co\n", "Souza, Ana"},
		{"apostrophes", "id,name,email,notes\n'1','Souza, Ana','x','a \"b\"'\n'2','Bia','a@b.co','a, c'\n'3','Bia','a@b.co','a'\n", "Souza, Ana"},
		{"backslashes", "id,name,email,notes\n1,\"Souza, \\\"Ana\\\"\",x,\"a \\\"b, \\\" c\"\n2,\"Bia\",a@b.co,\"a, c\"\n", `Souza, "Ana"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			failed, _ := failedOf(t, c.text, Options{})
			_, rows := readSheet(t, strings.Replace(failed, "x", "ana@b.co", 1), Options{})
			_, texts := FieldsAndTexts(rows[0].Cells)
			if len(rows) != 1 || len(rows[0].Problems) > 0 || !slices.Contains(texts, c.want) {
				t.Errorf("got %+v from %q", rows, failed)
			}
		})
	}
}

// TestAFailedFileLacksTheRowsThatShowTheOpposite has digits beside whole amounts in all of its rows.
func TestAFailedFileLacksTheRowsThatShowTheOpposite(t *testing.T) {
	for sheet, want := range map[string]string{
		"id,deal_value,notes,raze_status,raze_message,raze_decimal\nA,1500,50,NOT_FOUND,x,point\nB,9,75,NOT_FOUND,x,point\n": "2 A deal_value=1500 notes=50\n3 B deal_value=9 notes=75\n",
		"id,deal_value,phone,raze_status,raze_message,raze_refused\nA,150,12,VALIDATION_ERROR,x,\n":                          "2 A phone=12 deal_value=150\n",
	} {
		if got := sentOf(sheet, Options{}); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	}
}

// TestAMarkOutlivesWhatPeopleAndSpreadsheetsDoToTheFile changes no cell of a field.
func TestAMarkOutlivesWhatPeopleAndSpreadsheetsDoToTheFile(t *testing.T) {
	failed, codes := failedOf(t, "id;name;deal_value;phone;notes\nA;Ana;10,50;;\nB;Bia;20,75;;\nC;Gama;199,50;+5511999990001\n", Options{})
	if !slices.Equal(codes, []string{"row_cut"}) {
		t.Fatal(codes)
	}
	header, row, _ := strings.Cut(failed, "\n")
	row = strings.TrimRight(row, "\r\n")
	for name, changed := range map[string]string{
		"nothing":             header + "\n" + row + "\n",
		"another column":      header + ";Check\n" + row + ";done\n",
		"a column in front":   "Check;" + header + "\n1;" + row + "\n",
		"saved":               strings.NewReplacer("199,50", "199,5", "+5511999990001", "5511999990001").Replace(failed),
		"saved with a point":  strings.NewReplacer("199,50", "199.5", "+5511999990001", "5511999990001", ";comma", ";point").Replace(failed),
		"without empty cells": strings.NewReplacer("deal_value;", "", "199,50;", "").Replace(failed),
	} {
		if got := wantReasons(t, changed, Options{Ignore: ignoring(changed)}); slices.Contains(got, "row_cut") == (name == "without empty cells") {
			t.Errorf("%s: %v\n%s", name, got, changed)
		}
	}
}

func ignoring(sheet string) []string {
	if strings.Contains(sheet, "Check") {
		return []string{"Check"}
	}
	return nil
}
