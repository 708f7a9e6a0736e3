package ledger

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatIsNotedIsHeldAlsoByTheNextRun(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}, Noted{"notes", Value{Kind: Cleared}, false}))
	for range 2 {
		for _, c := range []struct {
			id, field string
			value     Value
			want      bool
		}{
			{anID, "name", text("Ana"), true},
			{strings.ToUpper(anID), "name", text("Ana"), true},
			{anID, "name", text("ana"), false},
			{anID, "name", text(""), false},
			{anID, "email", text("Ana"), false},
			{another, "name", text("Ana"), false},
			{anID, "notes", Value{Kind: Cleared}, true},
			{anID, "notes", Value{Cleared, "said nothing"}, true},
			{anID, "notes", text(""), false},
			{anID, "notes", Value{Kind: Number}, false},
		} {
			if got := l.Holds(c.id, c.field, c.value); got != c.want {
				t.Errorf("%s %s %+v: got %t", c.id, c.field, c.value, got)
			}
		}
		name, _ := l.Stored(anID, "name")
		notes, _ := l.Stored(anID, "notes")
		if !name.Verified || notes.Verified || time.Since(name.When) > time.Minute {
			t.Errorf("got %+v, %+v", name, notes)
		}
		closed(t, l)
		l = open(t, path)
	}
	closed(t, l)
}

func TestIDsThatAreNoUUIDsDifferByCase(t *testing.T) {
	l := open(t, newPath(t))
	defer l.Close()
	must(t, l.Note("a1", Noted{"name", text("Ana"), true}))
	if l.Holds("A1", "name", text("Ana")) {
		t.Error("A1 is not a1")
	}
}

func TestBeginAndForgetDropOnlyWhatTheyName(t *testing.T) {
	for name, drop := range map[string]func(*Ledger, string, ...string) error{"begin": (*Ledger).Begin, "forget": (*Ledger).Forget} {
		for _, inFile := range []bool{false, true} {
			path := newPath(t)
			l := open(t, path)
			must(t, l.Note(anID, Noted{"name", text("Ana"), true}, Noted{"email", text("a@b.c"), true}))
			if inFile {
				closed(t, l)
				l = open(t, path)
			}
			must(t, drop(l, anID, "name", "phone"))
			for range 2 {
				if l.Holds(anID, "name", text("Ana")) || !l.Holds(anID, "email", text("a@b.c")) {
					t.Errorf("%s, in the file %t", name, inFile)
				}
				closed(t, l)
				l = open(t, path)
			}
			closed(t, l)
		}
	}
}

func TestNotesReachTheFileWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := newPath(t)
		l := open(t, path)
		defer l.Close()
		for i := range 3 { // each after a while with nothing to do
			id := idOf(i)
			time.Sleep(time.Minute)
			must(t, l.Note(id, Noted{"name", text("Ana"), true}))
			time.Sleep(commitWithin - time.Millisecond)
			must(t, l.Note(id, Noted{"phone", text("1"), true}))
			synctest.Wait()
			if heldBy(t, copyOf(t, path), id, "name") {
				t.Error("was written at once: each note pays for a write of its own")
			}
			time.Sleep(2 * time.Millisecond)
			synctest.Wait()
			if crashed := copyOf(t, path); !heldBy(t, crashed, id, "name") || !heldBy(t, crashed, id, "phone") {
				t.Error("is not in the file after a second")
			}
		}
	})
}

func heldBy(t *testing.T, path, id, field string) bool {
	l := open(t, path)
	defer l.Close()
	_, known := l.Stored(id, field)
	return known
}

func TestBeginIsInTheFileWhenItReturns(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	closed(t, l)
	l = open(t, path)
	defer l.Close()
	must(t, l.Begin(anID, "name"))
	if heldBy(t, copyOf(t, path), anID, "name") {
		t.Error("a crash would bring the old value back")
	}
}

func TestBeginWaitsForAForgetThatIsOnlyOnItsWay(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	closed(t, l)
	l = open(t, path)
	defer l.Close()
	must(t, l.Forget(anID, "name"))
	must(t, l.Begin(anID, "name"))
	if heldBy(t, copyOf(t, path), anID, "name") {
		t.Error("a crash would bring the old value back")
	}
}

func TestBeginOfWhatTheFileDoesNotHoldWritesNothing(t *testing.T) {
	l := open(t, newPath(t))
	defer l.Close()
	before := writes(t, l)
	must(t, l.Note(anID, Noted{"name", text("Ana"), true})) // not written yet
	must(t, l.Begin(anID, "name", "phone"))
	must(t, l.Begin(another, "name"))
	must(t, l.Note(another, Noted{"name", text("Ana"), true}))
	l.commit()
	must(t, l.Begin(another, "name"))
	before += 2
	must(t, l.Begin(another, "name"))
	if after := writes(t, l); after != before {
		t.Errorf("%d writes", after-before)
	}
	if l.Holds(anID, "name", text("Ana")) {
		t.Error("is not in doubt")
	}
}

// writes returns how often the file was written.
func writes(t *testing.T, l *Ledger) int {
	t.Helper()
	tx, err := l.db.Begin(false)
	must(t, err)
	defer tx.Rollback()
	return tx.ID()
}
