package csvmap

import (
	"slices"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

func TestCheckID(t *testing.T) {
	for _, c := range []struct{ name, id, reason string }{
		{"a UUID", "265e24ec-3bc8-4820-b65f-89a69d7babe4", ""},
		{"one letter", "x", ""},
		{"three dots", "...", ""},
		{"signs that a URL escapes", "a?1#c%d&e+f\\g", ""},
		{"letters beyond ASCII", "é", ""},
		{"letters of another script", "日本", ""},
		{"as long as allowed", strings.Repeat("a", 128), ""},
		{"digits with zeros that Excel keeps", "123456789012340", ""},
		{"digits that no one has rounded", "1234567890123456", ""},
		{"a UUID that looks like a power", "1E+5-x", ""},
		{"one byte too long", strings.Repeat("a", 129), "longer than 128 bytes"},
		{"too long in bytes, not in letters", strings.Repeat("é", 65), "longer than 128 bytes"},
		{"missing", "", "missing"},
		{"one dot", ".", "not an id"},
		{"two dots", "..", "not an id"},
		{"slash", "a/b", "slash"},
		{"address", "https://example.com/opportunities/1", "slash"},
		{"space", "a b", "white space"},
		{"no-break space", "a\u00a0b", "white space"},
		{"line break", "a\nb", "white space"},
		{"tab", "a\tb", "white space"},
		{"control character beside a zero", "a\x07b", "control character"},
		{"DEL", "a\x7fb", "control character"},
		{"control character beyond ASCII", "a\u0085b", "white space"},
		{"another", "a\u0086b", "control character"},
		{"an invisible sign within", "a\u200bb", "invisible character"},
		{"a soft hyphen within", "a\u00adb", "invisible character"},
		{"a power of ten", "2.65E+24", "shortened"},
		{"a power of ten with a comma", "-2,65E+24", "shortened"},
		{"rounded", "1234567890123450", "rounded"},
		{"a spreadsheet error", "#REF!", "a spreadsheet error"},
		{"garbled", "opÃ§", "garbled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, "id,name\n\""+c.id+"\",x\n", Options{})
			got := ""
			for _, p := range rows[0].Problems {
				if got = p.Code; p.Field != crm.ID || p.Column != "id" || p.Value != c.id {
					t.Errorf("got %+v", p)
				}
			}
			sheettest.WantReason(t, got, c.reason)
			if rows[0].ID != c.id || len(rows[0].Problems) > 1 || rows[0].damaged() != slices.Contains([]string{"shortened", "rounded", "garbled", "a spreadsheet error"}, c.reason) {
				t.Errorf("got %+v", rows[0])
			}
		})
	}
}

func TestCheckCell(t *testing.T) {
	for _, c := range []struct{ name, field, text, reason string }{
		{"a name of anything", "name", "<é>\n\t`'", ""},
		{"an invisible sign within", "name", "a\u200db\u202ec", ""},
		{"an emoji of several", "name", "👩\u200d💻", ""},
		{"a cell as large as allowed", "notes", strings.Repeat("n", 64<<10), ""},
		{"a cell one byte too large", "notes", strings.Repeat("n", 64<<10+1), "65537 bytes; a cell may hold 64 KiB"},
		{"a cell with a lost letter that is too large anyway", "notes", strings.Repeat("co?sa ", 64<<10/5), "a cell may hold 64 KiB"},
		{"a cell too large in bytes", "notes", strings.Repeat("é", 32<<10+1), "65538 bytes"},

		{"bare address", "email", "ana@example.com", ""},
		{"address with a tag", "email", "ana+crm@mail.example.com", ""},
		{"address beyond ASCII", "email", "josé@exemplo.com", ""},
		{"address with odd signs", "email", "o'neil!#x@example.com", ""},
		{"no domain", "email", "maria.souza@", "bare e-mail address"},
		{"not the name", "email", "@example.com", "bare e-mail address"},
		{"no at sign", "email", "ana", "bare e-mail address"},
		{"two at signs", "email", "ana@b@example.com", "bare e-mail address"},
		{"a dot at the end", "email", "ana@example.com.", "bare e-mail address"},
		{"a dot at the end of the name", "email", "ana.@example.com", "bare e-mail address"},
		{"two dots", "email", "ana@example..com", "bare e-mail address"},
		{"name and address", "email", "Ana <ana@example.com>", "bare e-mail address"},
		{"address in brackets", "email", "<ana@example.com>", "bare e-mail address"},
		{"two addresses", "email", "ana@example.com,bo@example.com", "bare e-mail address"},
		{"two addresses apart", "email", "ana@example.com; bo@example.com", "bare e-mail address"},
		{"address with a comment", "email", "ana@example.com (Ana)", "bare e-mail address"},
		{"an address that isn't one, in a text", "notes", "maria.souza@", ""},

		{"small letters", "deal_currency", "brl", ""},
		{"two letters", "deal_currency", "BR", "three letters"},
		{"four letters", "deal_currency", "BRLX", "three letters"},
		{"a sign", "deal_currency", "R$", "three letters"},
		{"digits", "deal_currency", "986", "three letters"},
		{"letters beyond ASCII", "deal_currency", "éu", "three letters"},
		{"signs beside letters", "deal_currency", "@[`", "three letters"},

		{"an id", "responsible_user_id", "5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d03", ""},
		{"a number", "responsible_user_id", "42", ""},
		{"a short id", "responsible_user_id", "ana", ""},
		{"a name", "Responsável", "Ana Souza", ""},
		{"an address", "responsible_user_id", "ana2@example.com", ""},
		{"an owner that is too long", "Owner", strings.Repeat("x", 64<<10+1), "64 KiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, "id|"+c.field+"\n1|\""+c.text+"\"", Options{Delimiter: '|'})
			got := ""
			for _, p := range rows[0].Problems {
				got += p.Code
			}
			sheettest.WantReason(t, got, c.reason)
			if sent := len(rows[0].Cells) == 1 && rows[0].Cells[0].Text == c.text; sent != (c.reason == "") {
				t.Errorf("got %+v", rows[0])
			}
		})
	}
}

func TestReasonOfAProblem(t *testing.T) {
	for _, c := range []struct {
		name    string
		problem Problem
		want    string
	}{
		{"of the row", Problem{Code: "row_shifted"}, "more cells than headers: the columns have shifted; look for a cell that needs quotes"},
		{"without a value", Problem{Code: "id_is_dots", Field: "id"}, "id: not an id"},
		{"of a column with another name", Problem{Code: "id_is_dots", Field: "id", Column: "Código"}, "Código: not an id"},
		{"of a cell", Problem{Code: "id_is_dots", Field: "id", Value: "a\nb"}, `id "a\nb": not an id`},
		{"of a cell in a column with another name", Problem{Code: "id_is_dots", Field: "name", Column: "Nome", Value: "a"}, `Nome "a": not an id`},
		{"with parameters", Problem{Code: "field_required", Field: "name", Value: "-", Params: reason.Params{"field": "name"}}, `name "-": an opportunity can't be without its name`},
		{"of a value that just fits", Problem{Code: "id_is_dots", Field: "id", Value: strings.Repeat("é", 60)}, `id "` + strings.Repeat("é", 60) + `": not an id`},
		{"of a long value", Problem{Code: "id_is_dots", Field: "id", Value: strings.Repeat("é", 61)}, `id "` + strings.Repeat("é", 60) + `…": not an id`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sheettest.Text(c.problem.Reason()); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if len(c.problem.Params) > 1 {
				t.Errorf("its parameters are now %v", c.problem.Params)
			}
		})
	}
}
