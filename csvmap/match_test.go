package csvmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/csvmap/internal/sheettest"
)

func TestParseMatch(t *testing.T) {
	for text, want := range map[string][]Match{
		"email":               {{Field: "email"}},
		"name+company":        {{Field: "name"}, {Field: "company"}},
		"Old mail=email":      {{Column: "Old mail", Field: "email"}},
		" Old mail = email ":  {{Column: "Old mail", Field: "email"}},
		"A+B=email+company":   {{Column: "A+B", Field: "email"}, {Field: "company"}},
		"title+Firma=company": {{Field: "title"}, {Column: "Firma", Field: "company"}},
		"a=b=external_code":   {{Column: "a=b", Field: "external_code"}},
	} {
		if got, err := ParseMatch(text); err != nil || cmp.Diff(want, got) != "" {
			t.Errorf("%q: got %+v, %v", text, got, err)
		}
	}
	for text, why := range map[string]string{
		"": "write a field", "+": `can't be matched by "+"`, "=email": "write a field", "A=": "write a field", "deal_value": `can't be matched by "deal_value"`,
		"A=deal_value": "can't be matched", "A=id": "can't be matched", "A=status": "can't be matched", "A=notes": "can't be matched",
		"external_code": "name the column", "email+Mail=email": "email is there twice", "email+": "write a field", "A=b c": "can't be matched",
	} {
		if _, err := ParseMatch(text); err == nil || !strings.Contains(sheettest.Words(err), why) {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

// TestRowsWithoutAnID checks that rows have match values only if they have no id, and that neither sends these.
func TestRowsWithoutAnID(t *testing.T) {
	sheet := "id;E-mail;Old mail;Telefone;raze_clear\n" +
		"1;a@example.com;b@example.com;11 5555-0001;\n" +
		";a@example.com;\" b@example.com\u00a0\";11 5555-0001;\n" +
		";a@example.com;;;phone\n" +
		";a@example.com;not an address;;phone\n"
	_, rows := readSheet(t, sheet, Options{Match: []Match{{Column: "Old mail", Field: "email"}}})
	email, phone := Cell{Field: "email", Text: "a@example.com"}, Cell{Field: "phone", Text: "11 5555-0001"}
	for i, want := range []struct {
		match []Cell
		cells []Cell
		codes []string
	}{
		{nil, []Cell{email, phone}, nil},
		{[]Cell{{Field: "email", Text: "b@example.com"}}, []Cell{email, phone}, nil},
		{nil, []Cell{email, {Field: "phone", Clear: true}}, []string{`no id, and nothing in "Old mail" to find the opportunity by`}},
		{nil, []Cell{email, {Field: "phone", Clear: true}}, []string{"not a bare e-mail address such as ana@example.com"}},
	} {
		var codes []string
		for _, p := range rows[i].Problems {
			codes = append(codes, p.Code)
		}
		if diff := cmp.Diff(want.match, rows[i].Match) + cmp.Diff(want.cells, rows[i].Cells) + cmp.Diff(want.codes, codes); diff != "" {
			t.Errorf("row %d: %s", i, diff)
		}
	}
	if got := rows[3].Problems[0]; got.Column != "Old mail" || got.Value != "not an address" || got.Field != "email" {
		t.Errorf("got %+v", got)
	}
}

func TestASheetWithoutAColumnOfIDs(t *testing.T) {
	options := Options{Match: []Match{{Field: "email"}}}
	reading, rows := readSheet(t, "Telefone,E-mail\n11 5555-0001,a@example.com\n", options)
	if len(rows) != 1 || len(rows[0].Problems) != 0 || len(rows[0].Match) != 1 {
		t.Errorf("got %+v", rows)
	}
	if names, fields := reading.UndoHeader(); !cmp.Equal(names, []string{"id", "Telefone"}) || !cmp.Equal(fields, []string{"id", "phone"}) {
		t.Errorf("undo: %q, %q", names, fields)
	}
	if got := reading.Columns(); !cmp.Equal(got, []string{"phone", "(match email)"}) {
		t.Errorf("columns %q", got)
	}
}
