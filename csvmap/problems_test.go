package csvmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestProblems(t *testing.T) {
	huge := strings.Repeat("n", 64<<10+1)
	for _, c := range []struct {
		name, text string
		want       []Problem // with a part of the reason
	}{
		{"none", "id,name\n1,a\n", nil},
		{"missing id", "id,name\n,a\n", []Problem{{Field: "id", Column: "id", Code: "missing"}}},
		{"missing id in a short row", "name,id\na\n", []Problem{{Field: "id", Column: "id", Code: "missing"}}},
		{"blank id", "ID,name\n \t,a\n", []Problem{{Field: "id", Column: "ID", Code: "missing"}}},
		{"missing id beside a cell that is left out", "id,status\n,won\n", []Problem{{Field: "id", Column: "id", Code: "missing"}}},
		{"an id that can't be", "id,name\na/b,a\n", []Problem{{Field: "id", Column: "id", Value: "a/b", Code: "slash"}}},
		{"a number that isn't one", "id,Valor\n1,1.2.3\n", []Problem{{Field: "deal_value", Column: "Valor", Value: "1.2.3", Code: "separators"}}},
		{"several", "id,E-mail,deal_value,Moeda\n,x,y,z\n", []Problem{
			{Field: "id", Column: "id", Code: "missing"}, {Field: "email", Column: "E-mail", Value: "x", Code: "bare"},
			{Field: "deal_value", Column: "deal_value", Value: "y", Code: "number"}, {Field: "deal_currency", Column: "Moeda", Value: "z", Code: "three letters"},
		}},
		{"a huge cell", "id,name\n1," + huge + "\n", []Problem{{Field: "name", Column: "name", Value: huge, Code: "64 KiB"}}},
		{"a huge cell, but for white space", "id,name\n1,\" " + huge[1:] + " \"\n", nil},
		{"a huge number", "id,deal_value\n1," + strings.Repeat("1", 64<<10+1) + "\n", []Problem{{Field: "deal_value", Column: "deal_value", Value: strings.Repeat("1", 64<<10+1), Code: "64 KiB"}}},
		{"a huge cell that is left out", "id,status\n1," + huge + "\n", nil},
		{"a cell under no header", "id,,name\n1,x,a\n", []Problem{{Code: `"x" is in a column without a header; write one, or leave the column out with --ignore-columns B`}}},
		{"a blank cell under no header", "id,,name\n1, ,a\n", nil},
		{"a surplus cell", "id,name\n1,a,b\n", []Problem{{Code: `more cells than headers`}}},
		{"two surplus cells", "id,name\n1,a,b,c\n", []Problem{{Code: `more cells than headers`}}},
		{"a delimiter too many in a row", "id,name\n1,a,\n2,b\n", []Problem{{Code: "more cells than headers"}}},
		{"a delimiter at each row's end", "id,name\n1,a,\n", nil},
		{"nothing but a surplus cell", "id,name\n,,b\n", []Problem{{Code: "more cells than headers"}}},
		{"nothing but a surplus cell far out", "id\n" + strings.Repeat(",", 999) + "b\n", []Problem{{Code: "more cells than headers"}}},
		{"a control character", "id,name\n1,a\x07\n", []Problem{{Field: "name", Column: "name", Value: "a\x07", Code: "control character"}}},
		{"a control character beyond ASCII", "id,name\n1,a\u0085b\n", []Problem{{Field: "name", Column: "name", Value: "a\u0085b", Code: "control character"}}},
		{"an escape code", "id,notes\n1,\"\x1b[1mx\"\n", []Problem{{Field: "notes", Column: "notes", Value: "\x1b[1mx", Code: "control character"}}},
		{"a NUL", "\ufeffid,notes\n1,a\x00b\n", []Problem{{Field: "notes", Column: "notes", Value: "a\x00b", Code: "control character"}}},
		{"a tab and a sign that turns text round", "id,notes\n1,a\tb\u202ec\n", nil},
		{"another currency", "id,deal_value,deal_currency\n1,\"R$ 1,50\",USD\n", []Problem{{Field: "deal_value", Column: "deal_value", Value: "R$ 1,50", Code: "not that of the row's currency, USD"}}},
		{"the same currency", "id,deal_value,deal_currency\n1,\"R$ 1,50\",brl\n", nil},
		{"another currency, as far as it is a code", "id,deal_value,deal_currency\n1,\"R$ 1,50\",\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, c.text, Options{})
			if len(rows) == 0 {
				t.Fatalf("got %d rows", len(rows))
			}
			diffProblems(t, c.want, rows[0].Problems)
		})
	}
}

func diffProblems(t *testing.T, want, got []Problem) {
	t.Helper()
	partOf := cmp.Comparer(func(a, b Problem) bool {
		reason := strings.Contains(a.Code, b.Code) || strings.Contains(b.Code, a.Code)
		a.Code, b.Code = b.Code[:min(1, len(b.Code))], b.Code[:min(1, len(b.Code))]
		return cmp.Equal(a, b) && reason && a.Code != ""
	})
	if diff := cmp.Diff(want, got, partOf, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestCellWithAProblemIsNotAmongCells(t *testing.T) {
	_, rows := readSheet(t, "id,name,email\n1,a,b\n", Options{})
	if diff := cmp.Diff([]Cell{{Field: "name", Text: "a"}}, rows[0].Cells); diff != "" {
		t.Error(diff)
	}
}

func TestShiftedRowHasNoCells(t *testing.T) {
	_, rows := readSheet(t, "id,deal_value\n1,37540,02\n", Options{})
	if len(rows[0].Cells) != 0 || rows[0].ID != "1" {
		t.Errorf("got %+v", rows[0])
	}
}

func TestDoubtsAreWarnedOfAndSent(t *testing.T) {
	const boolean = "looks like the result of a formula; sent as text"
	for _, c := range []struct{ name, column, text, reason string }{
		{"known currency", "deal_currency", "BRL", ""},
		{"known currency, small letters", "deal_currency", "usd", ""},
		{"currency newer than the list", "deal_currency", "ZWG", ""},
		{"currency newer than the list, small letters", "deal_currency", "ved", ""},
		{"unknown currency", "Moeda", "QQQ", "not a known currency code; sent as it is"},
		{"the same in another field", "name", "QQQ", ""},
		{"boolean", "name", "TRUE", boolean},
		{"boolean in Portuguese", "company", "Verdadeiro", boolean},
		{"boolean in German", "notes", "wahr", boolean},
		{"a phone without digits", "phone", "sem telefone", "no digit in a phone number; sent as it is"},
		{"a phone with words", "phone", "ramal 12", ""},
		{"a phone in Arabic digits", "phone", "٠١٢", ""},
		{"a text with one in it", "notes", "Falso alarme", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, "id,"+c.column+"\n1,"+c.text+"\n", Options{})
			field, _ := Options{}.field(c.column)
			var want []Problem
			if c.reason != "" {
				want = []Problem{{Field: field, Column: c.column, Value: c.text, Code: c.reason}}
			}
			wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: field, Text: c.text}}, Warnings: want})
		})
	}
}

func TestEachCurrencyIsDoubtedAgain(t *testing.T) {
	_, rows := readSheet(t, "id,deal_currency\n1,BRL\n2,QQQ\n3,BRL\n4,QQQ\n", Options{})
	for i, row := range rows {
		if got := len(row.Warnings); got != i%2 {
			t.Errorf("row %d has %d warnings", row.Number, got)
		}
	}
}
