package batch_test

import (
	"encoding/json"
	"slices"
	"testing"

	"razebulk/batch/internal/fieldlist"
	"razebulk/internal/getraze"
)

// showing returns an opportunity that reports these fields.
func showing(fields ...string) getraze.Opportunity {
	o := getraze.Opportunity{}
	for _, field := range fields {
		o[field] = json.RawMessage(`"x"`)
	}
	return o
}

func TestFieldsOfSeveralRowsAreJoinedUnderTheFirstSpelling(t *testing.T) {
	const id = "3DE06B1A-0000-4000-8000-00000000000A"
	l := fieldlist.New()
	l.Add(id, []string{"name", "notes"})
	l.Add("b", []string{"name", "notes"})
	l.Add("3de06b1a-0000-4000-8000-00000000000a", []string{"notes", "email"})
	if !slices.Equal(l.IDs.Spelled(), []string{id, "b"}) || !slices.Equal(l.Fields, []string{"name", "notes", "email"}) {
		t.Errorf("got %q, %q", l.IDs.Spelled(), l.Fields)
	}
	for _, c := range []struct {
		id    string
		shown getraze.Opportunity
		lacks bool
	}{
		{id, nil, true}, {id, showing("name", "notes", "email"), false}, {id, showing("name", "notes"), true},
		{"{3de06b1a-0000-4000-8000-00000000000a}", showing("name", "notes"), true}, {"b", showing("name", "notes"), false}, {"b", showing(), true},
		{"c", nil, true}, {"c", showing(), false},
	} {
		if got := l.Lacks(c.id, c.shown); got != c.lacks {
			t.Errorf("%s, %v: %t", c.id, c.shown, got)
		}
	}
}

func TestWhatWasNotReadIsMissing(t *testing.T) {
	l := fieldlist.New()
	for _, id := range []string{"whole", "part", "never", "failed"} {
		l.Add(id, []string{"name", "notes"})
	}
	want := func(unread int, missing ...string) {
		t.Helper()
		if got := l.Missing(); !slices.Equal(got, missing) || l.Unread() != unread {
			t.Errorf("missing %q and %d unread, want %q and %d", got, l.Unread(), missing, unread)
		}
	}
	want(4, "whole", "part", "never", "failed")
	l.Read(0, showing("name", "notes"))
	l.Read(1, showing("name"))
	l.GiveUp(3)
	want(1, "part", "never")
	l.Ignore(showing("name"))
	want(1, "never") // whatever is ignored: it may not exist at all
	l.Read(0, showing("notes"))
	want(1, "whole", "never")
}
