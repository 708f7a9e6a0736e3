package cli

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"razebulk/csvmap"
	"razebulk/internal/words"
)

func TestWhatIsShownAsSentIsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		shown := sentAs(words.For(nil), csvmap.ColumnPreview{}, csvmap.ValuePreview{Cell: &csvmap.Cell{Text: text}})
		var read string
		if err := json.Unmarshal([]byte(shown), &read); err != nil || read != string([]rune(text)) {
			t.Fatalf("%q is shown as %s, which is %q, %v", text, shown, read, err)
		}
	})
}

func TestSentAs(t *testing.T) {
	w := words.For(nil)
	for name, tt := range map[string]struct {
		field string
		value csvmap.ValuePreview
		want  string
	}{
		"a column that is left out": {"(ignored)", csvmap.ValuePreview{}, ""},
		"the id":                    {"id", csvmap.ValuePreview{}, "-"},
		"a number":                  {"deal_value", csvmap.ValuePreview{Cell: &csvmap.Cell{Text: "10.50", Number: true}}, "10.50"},
		"a number that is emptied":  {"deal_value", csvmap.ValuePreview{Cell: &csvmap.Cell{Number: true, Clear: true}}, "null"},
		"a text that is emptied":    {"notes", csvmap.ValuePreview{Cell: &csvmap.Cell{Clear: true}}, `""`},
		"a refused cell": {"email", csvmap.ValuePreview{Problem: &csvmap.Problem{Code: "email_invalid"}},
			"refused: not a bare e-mail address such as ana@example.com"},
	} {
		if got := sentAs(w, csvmap.ColumnPreview{Field: tt.field}, tt.value); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

func TestColumnsFitTheTerminal(t *testing.T) {
	of := csvmap.Preview{Columns: []csvmap.ColumnPreview{
		{Letter: "A", Header: "Identificador do negócio no CRM", Field: "id", Values: []csvmap.ValuePreview{{Text: "265e24ec-3bc8-4820-b65f-89a69d7babe4"}}},
		{Letter: "B", Header: "Observações", Field: "notes", Values: []csvmap.ValuePreview{{Text: strings.Repeat("muito texto ", 20)}}},
	}}
	if wide := previewText(words.For(nil), of, 0); !strings.Contains(wide, "COLUMN  HEADER") {
		t.Errorf("got %s", wide)
	}
	for _, columns := range []int{40, 60, 80} {
		text := previewText(words.For(nil), of, columns)
		for line := range strings.Lines(text) {
			if width := utf8.RuneCountInString(strings.TrimRight(line, "\n")); width >= columns && !strings.HasPrefix(line, "reading as") {
				t.Errorf("%d columns are not enough for the %d of %q", columns, width, line)
			}
		}
	}
}
