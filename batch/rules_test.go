package batch_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"razebulk/batch/rules"
	"razebulk/internal/getraze"
)

func TestRules(t *testing.T) {
	r := rules.Rules{OnlyBlank: []string{"phone"}, Append: []string{"notes"}, Date: "2026-11-26"}
	for _, c := range []struct {
		name, field, text string
		held              string
		unreported        bool
		want              string
		kept              bool
	}{
		{name: "a blank is filled", field: "phone", text: "1", want: "1"},
		{name: "what is there is kept", field: "phone", text: "1", held: "2", want: "1", kept: true},
		{name: "what may be there is kept", field: "phone", text: "1", unreported: true, want: "1", kept: true},
		{name: "no rule", field: "name", text: "1", held: "2", want: "1"},
		{name: "the first note", field: "notes", text: "called", want: "2026-11-26: called"},
		{name: "another note", field: "notes", text: "called", held: "2026-11-25: met\r\n", want: "2026-11-25: met\n2026-11-26: called"},
		{name: "a note of another day", field: "notes", text: "met", held: "x\n2026-11-25: met\ny", want: "x\n2026-11-25: met\ny"},
		{name: "a note without a date", field: "notes", text: "met", held: "x\r\n met ", want: "x\r\n met "},
		{name: "a note within another", field: "notes", text: "met", held: "we met", want: "we met\n2026-11-26: met"},
		{name: "a note that is stored decomposed", field: "notes", text: "reunião", held: "2026-01-01: reunia\u0303o", want: "2026-01-01: reunia\u0303o"},
		{name: "a note whose blanks are collapsed", field: "notes", text: "a  b", held: "2026-01-01: a b", want: "2026-01-01: a b"},
		{name: "a note that is stored as HTML", field: "notes", text: "a & b\nc", held: "2026-01-01: a &amp; b<br>c", want: "2026-01-01: a &amp; b<br>c"},
		{name: "two lines", field: "notes", text: "a\nb", held: "2026-01-01: a\nb\nc", want: "2026-01-01: a\nb\nc"},
		{name: "a note that can't be read", field: "notes", text: "met", unreported: true, want: "met", kept: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, kept := r.Apply(getraze.Field{Name: c.field, Text: c.text}, getraze.Value{Text: c.held, Empty: c.held == ""}, !c.unreported)
			if got.Text != c.want || kept != c.kept {
				t.Errorf("got %q, %t", got.Text, kept)
			}
		})
	}
}

func TestAppendingTwiceIsAppendingOnce(t *testing.T) {
	texts := rapid.StringOfN(rapid.SampledFrom([]rune("ab \n\r:2026-11")), 1, 20, -1)
	rapid.Check(t, func(t *rapid.T) {
		appended := func(date, held, text string) string {
			r := rules.Rules{Append: []string{"notes"}, Date: date}
			got, _ := r.Apply(getraze.Field{Name: "notes", Text: text}, getraze.Value{Text: held, Empty: held == ""}, true)
			return got.Text
		}
		held, text := texts.Draw(t, "held"), strings.TrimSpace(texts.Draw(t, "text"))
		if text == "" {
			return // such a cell is not sent
		}
		once := appended("2026-11-26", held, text)
		if strings.TrimSpace(held) != "" && !strings.Contains(strings.ReplaceAll(once, "\r\n", "\n"), strings.TrimRight(strings.ReplaceAll(held, "\r\n", "\n"), "\r\n")) {
			t.Fatalf("%q is lost from %q", held, once)
		}
		if twice := appended("2026-11-27", once, text); twice != once {
			t.Fatalf("%q and %q, and then %q", held, once, twice)
		}
	})
}
