package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/csvmap"
)

func TestDiffShowsWhereValuesDiffer(t *testing.T) {
	long := strings.Repeat("the same words over and over ", 4)
	plan := batch.Plan{Row: csvmap.Row{Number: 7, ID: "265e24ec-3bc8-4820-b65f-89a69d7babe4"}, Changes: []batch.Change{
		{Field: "name", Before: "Padaria", After: "Padaria Estrela"},
		{Field: "notes", Before: long + "and then this", After: long + "and then that"},
		{Field: "phone", Empty: true, After: "1"},
		{Field: "company", Before: "x", Clear: true},
		{Field: "score", Unknown: true, After: "2", Number: true},
	}}
	var out strings.Builder
	if err := writeDiff(&out, []batch.Plan{plan}, false); err != nil {
		t.Fatal(err)
	}
	want := `row 7  265e24ec…  name: "Padaria" → "Padaria Estrela"
row 7  265e24ec…  notes: "…ver and then this" → "…ver and then that"
row 7  265e24ec…  phone: (empty) → "1"
row 7  265e24ec…  company: "x" → (empty)
row 7  265e24ec…  score: (not known) → "2"
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestDiffIsColouredWhereAsked(t *testing.T) {
	plan := batch.Plan{Row: csvmap.Row{Number: 2, ID: "1"}, Changes: []batch.Change{{Field: "name", Before: "a", After: "b"}}}
	var out strings.Builder
	if err := writeDiff(&out, []batch.Plan{plan}, true); err != nil {
		t.Fatal(err)
	}
	if want := "row 2  1  name: \x1b[31m\"a\"\x1b[0m → \x1b[32m\"b\"\x1b[0m\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestCountsByFieldComeMostFirst(t *testing.T) {
	var out strings.Builder
	if err := writeByField(&out, map[string]int{"notes": 2, "name": 1200, "email": 2}); err != nil {
		t.Fatal(err)
	}
	if want := "changes by field: name 1,200, email 2, notes 2\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	out.Reset()
	if err := writeByField(&out, nil); err != nil || out.Len() > 0 {
		t.Errorf("nothing changed: %q (%v)", out.String(), err)
	}
}
