package cli_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/cli/internal/diff"
	"razebulk/internal/getraze"
	"razebulk/internal/words"
)

func TestDiffShowsWhereValuesDiffer(t *testing.T) {
	long := strings.Repeat("the same words over and over ", 4)
	plan := batch.Plan{Row: csvmap.Row{Number: 7, ID: "265e24ec-3bc8-4820-b65f-89a69d7babe4"}, Decisions: []batch.Decision{
		{Field: getraze.Field{Name: "name", Text: "Padaria Estrela"}, Seen: true, Before: getraze.Value{Text: "Padaria"}},
		{Field: getraze.Field{Name: "notes", Text: long + "and then that"}, Seen: true, Before: getraze.Value{Text: long + "and then this"}},
		{Field: getraze.Field{Name: "phone", Text: "1"}, Seen: true, Before: getraze.Value{Empty: true}},
		{Field: getraze.Field{Name: "company", Clear: true}, Seen: true, Before: getraze.Value{Text: "x"}},
		{Field: getraze.Field{Name: "score", Text: "2", Number: true}, Choice: batch.Unknown},
	}}
	got := diff.Text(words.For(nil), []batch.Plan{plan}, 0, false)
	want := `row 7  265e24ec…  name: "Padaria" → "Padaria Estrela"
row 7  265e24ec…  notes: "…ver and then this" → "…ver and then that"
row 7  265e24ec…  phone: (empty) → "1"
row 7  265e24ec…  company: "x" → (empty)
row 7  265e24ec…  score: (not known) → "2"
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDiffIsColouredWhereAsked(t *testing.T) {
	plan := batch.Plan{Row: csvmap.Row{Number: 2, ID: "1"}, Decisions: []batch.Decision{
		{Field: getraze.Field{Name: "name", Text: "b"}, Seen: true, Before: getraze.Value{Text: "a"}},
	}}
	got := diff.Text(words.For(nil), []batch.Plan{plan}, 0, true)
	if want := "row 2  1  name: \x1b[31m\"a\"\x1b[0m → \x1b[32m\"b\"\x1b[0m\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCountsByFieldComeMostFirst(t *testing.T) {
	var out strings.Builder
	if err := diff.WriteByField(&out, words.For(nil), map[string]int{"notes": 2, "name": 1200, "email": 2}); err != nil {
		t.Fatal(err)
	}
	if want := "changes by field: name 1,200, email 2, notes 2\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	out.Reset()
	if err := diff.WriteByField(&out, words.For(nil), nil); err != nil || out.Len() > 0 {
		t.Errorf("nothing changed: %q (%v)", out.String(), err)
	}
}
