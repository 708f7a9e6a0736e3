package ledger

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	bolterrors "go.etcd.io/bbolt/errors"
)

// full makes all further growth of the file fail, as on a full disk.
func full(l *Ledger) { l.db.MaxSize = 1 }

// noteMuch makes the next batch larger than the file has room for.
func noteMuch(t *testing.T, l *Ledger) {
	t.Helper()
	for i := range maxChanges - 10 { // few enough that no write begins early
		must(t, l.Note(idOf(i), Noted{"notes", text("n"), true}, Noted{"position", text("p"), true}, Noted{"deal_value", text("1"), true}))
	}
}

func TestAFailedWriteShowsInTheNextCallAndInClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := newPath(t)
		l := open(t, path)
		must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
		time.Sleep(2 * commitWithin)
		synctest.Wait()
		full(l)
		noteMuch(t, l)
		time.Sleep(2 * commitWithin)
		synctest.Wait()
		if l.Holds(anID, "name", text("Ana")) {
			t.Error("still claims to know a value")
		}
		for name, err := range map[string]error{
			"note": l.Note(anID), "begin": l.Begin(anID, "name"), "forget": l.Forget(anID, "name"), "close": l.Close(),
		} {
			if !errors.Is(err, bolterrors.ErrMaxSizeReached) || !strings.Contains(said(err), path+": can't be written: ") {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if !heldBy(t, path, anID, "name") {
			t.Error("the file lost what it held")
		}
	})
}

func TestBeginFailsWithTheWriteItWaitsFor(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	l.commit()
	full(l)
	noteMuch(t, l)
	if err := l.Begin(anID, "name"); !errors.Is(err, bolterrors.ErrMaxSizeReached) {
		t.Errorf("got %v: a request would go out", err)
	}
	if err := l.Close(); err == nil {
		t.Error("Close hides it")
	}
}

func TestBeginFailsAfterAWriteThatFailedBefore(t *testing.T) {
	l := open(t, newPath(t))
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	l.commit()
	full(l)
	gate, err := l.db.Begin(true)
	must(t, err)
	defer gate.Rollback()
	noteMuch(t, l)
	l.commitSoon()
	waitUntil(t, l, func() bool { return l.writing != nil })
	begun := make(chan error)
	go func() { begun <- l.Begin(anID, "name") }()
	waitUntil(t, l, func() bool { return l.next != nil })
	must(t, gate.Rollback())
	if err := <-begun; !errors.Is(err, bolterrors.ErrMaxSizeReached) {
		t.Errorf("got %v, though what was noted before is lost", err)
	}
	if err := l.Close(); err == nil {
		t.Error("Close hides it")
	}
}

func TestCloseWritesAndFailsToo(t *testing.T) {
	l := open(t, newPath(t))
	full(l)
	noteMuch(t, l)
	if err := l.Close(); !errors.Is(err, bolterrors.ErrMaxSizeReached) {
		t.Errorf("got %v", err)
	}
}

func TestAClosedLedgerKnowsNothing(t *testing.T) {
	l := open(t, newPath(t))
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	closed(t, l)
	for _, err := range []error{l.Note(anID), l.Begin(anID, "name"), l.Forget(anID, "name"), l.Close()} {
		if !errors.Is(err, errClosed) {
			t.Errorf("got %v", err)
		}
	}
	if _, known := l.Stored(anID, "name"); known {
		t.Error("claims to know a value")
	}
}

func TestDamageDuringTheRunIsAnErrorAndNoCrash(t *testing.T) {
	for name, damage := range map[string]func(*os.File, int64) error{
		"cut short": func(f *os.File, size int64) error { return f.Truncate(8192) },
		"overwritten": func(f *os.File, size int64) error {
			_, err := f.WriteAt([]byte(strings.Repeat("\xa7", int(size)-8192)), 8192)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			l := open(t, path)
			fill(t, l, 500)
			closed(t, l)
			l = open(t, path)
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			must(t, err)
			defer f.Close()
			info, err := f.Stat()
			must(t, err)
			must(t, damage(f, info.Size()))
			if l.Holds(idOf(1), "name", text("name")) {
				t.Error("claims to know a value")
			}
			if err := l.Begin(idOf(1), "name"); !errors.Is(err, errDamaged) {
				t.Errorf("Begin: got %v", err)
			}
			if err := l.Close(); err == nil || !strings.Contains(said(err), "move it away to start over") {
				t.Errorf("Close: got %v", err)
			}
		})
	}
}

func TestFieldNamesHaveALimit(t *testing.T) {
	l := open(t, newPath(t))
	defer l.Close()
	must(t, l.Note(anID, Noted{strings.Repeat("f", maxField), text("x"), true}))
	if err := l.Note(anID, Noted{strings.Repeat("f", maxField+1), text("x"), true}); err == nil || !strings.Contains(said(err), "256 bytes; the limit is 255") {
		t.Errorf("got %v: would be cut", err)
	}
}
