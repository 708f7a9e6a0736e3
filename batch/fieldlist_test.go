package batch_test

import (
	"slices"
	"testing"

	"razebulk/batch/internal/fieldlist"
)

func TestFieldsOfSeveralRowsAreJoinedUnderTheFirstSpelling(t *testing.T) {
	const id = "3DE06B1A-0000-4000-8000-00000000000A"
	var l fieldlist.Lists
	l.Add(id, []string{"name", "notes"})
	l.Add("b", []string{"name", "notes"})
	l.Add("3de06b1a-0000-4000-8000-00000000000a", []string{"notes", "email"})
	spelled, found := l.Spelled("{3de06b1a-0000-4000-8000-00000000000a}")
	if !found || spelled != id || !slices.Equal(l.IDs, []string{id, "b"}) {
		t.Errorf("got %q, %v, %q", spelled, found, l.IDs)
	}
	for of, want := range map[string][]string{id: {"name", "notes", "email"}, "b": {"name", "notes"}, "c": nil} {
		if got := l.Of(of); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", of, got, want)
		}
	}
	if _, found := l.Spelled("c"); found || !slices.Equal(l.Fields, []string{"name", "notes", "email"}) {
		t.Errorf("got %v, %q", found, l.Fields)
	}
}
