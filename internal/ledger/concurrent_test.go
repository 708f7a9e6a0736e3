package ledger

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"
)

func TestConcurrentBeginsShareOneWrite(t *testing.T) {
	l := open(t, newPath(t))
	defer l.Close()
	for i := range 10 {
		must(t, l.Note(idOf(i), Noted{"name", text("Ana"), true}))
	}
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	l.commit()
	before := writes(t, l)
	gate, err := l.db.Begin(true) // writes have to wait for it
	must(t, err)
	defer gate.Rollback()
	var begun sync.WaitGroup
	begun.Go(func() { l.Begin(anID, "name") })
	waitUntil(t, l, func() bool { return l.writing != nil })
	for i := range 10 {
		begun.Go(func() {
			if err := l.Begin(idOf(i), "name"); err != nil {
				t.Error(err)
			}
		})
	}
	waitUntil(t, l, func() bool { return l.next != nil && len(l.next.changes) == 10 })
	must(t, gate.Rollback())
	begun.Wait()
	if n := writes(t, l) - before; n != 2 {
		t.Errorf("%d writes for 1 and 10", n)
	}
}

// TestNotesWaitForASlowDisk would detect that everything noted during a slow write is kept in memory.
func TestNotesWaitForASlowDisk(t *testing.T) {
	l := open(t, newPath(t))
	defer l.Close()
	gate, err := l.db.Begin(true)
	must(t, err)
	defer gate.Rollback()
	note := func(i int) {
		if err := l.Note(idOf(i), Noted{"name", text("Ana"), true}); err != nil {
			t.Error(err)
		}
	}
	for i := range maxChanges {
		note(i)
	}
	waitUntil(t, l, func() bool { return l.writing != nil })
	const last = 3 * maxChanges
	for i := maxChanges; i < last; i++ {
		note(i)
	}
	var noting sync.WaitGroup
	noting.Go(func() { note(last) })
	for range 1000 {
		runtime.Gosched()
		waitUntil(t, l, func() bool { return true })
	}
	waitUntil(t, l, func() bool {
		if n := len(l.next.changes); n != 2*maxChanges {
			t.Errorf("%d opportunities wait for the write, want %d", n, 2*maxChanges)
		}
		return true
	})
	must(t, gate.Rollback())
	noting.Wait()
	for i := range last + 1 {
		if !l.Holds(idOf(i), "name", text("Ana")) {
			t.Fatalf("note %d was lost", i)
		}
	}
}

// TestWhatIsReadDuringAWriteIsForgottenAfterIt reads a record of the file before a write changes it.
func TestWhatIsReadDuringAWriteIsForgottenAfterIt(t *testing.T) {
	l := open(t, newPath(t))
	defer l.Close()
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	l.commit()
	gate, err := l.db.Begin(true)
	must(t, err)
	defer gate.Rollback()
	must(t, l.Note(anID, Noted{"name", text("Bia"), true}))
	l.urgent <- struct{}{}
	waitUntil(t, l, func() bool { return l.writing != nil })
	if _, known := l.Stored(anID, "notes"); known || !l.Holds(anID, "name", text("Bia")) {
		t.Error("the note is not known during its write")
	}
	must(t, gate.Rollback())
	waitUntil(t, l, func() bool { return l.writing == nil })
	if !l.Holds(anID, "name", text("Bia")) {
		t.Error("the note is not known after its write")
	}
}

func TestRecordsThatAreKeptAreBounded(t *testing.T) {
	l := open(t, newPath(t))
	defer l.Close()
	for i := range 3 * maxRecords {
		l.Stored(idOf(i), "name")
	}
	if kept := len(l.reading.records); kept == 0 || kept > maxRecords {
		t.Errorf("%d records are kept", kept)
	}
}

// waitUntil gives up after a time that is ample on any healthy machine.
func waitUntil(t *testing.T, l *Ledger, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); ; runtime.Gosched() {
		l.mu.Lock()
		reached := is()
		l.mu.Unlock()
		if reached {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
	}
}

func TestBeginWaitsForANoteThatIsBeingWritten(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	defer l.Close()
	gate, err := l.db.Begin(true)
	must(t, err)
	defer gate.Rollback()
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	l.commitSoon()
	waitUntil(t, l, func() bool { return l.writing != nil })
	begun := make(chan error)
	go func() { begun <- l.Begin(anID, "name") }()
	waitUntil(t, l, func() bool { return l.next != nil })
	must(t, gate.Rollback())
	must(t, <-begun)
	if heldBy(t, copyOf(t, path), anID, "name") {
		t.Error("a crash would bring the old value back")
	}
}

func TestWhatIsBeingWrittenIsHeldToo(t *testing.T) {
	l := open(t, newPath(t))
	defer l.Close()
	gate, err := l.db.Begin(true)
	must(t, err)
	defer gate.Rollback()
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	l.commitSoon()
	waitUntil(t, l, func() bool { return l.writing != nil })
	if !l.Holds(anID, "name", text("Ana")) {
		t.Error("doesn't hold what is being written")
	}
	must(t, l.Note(anID, Noted{"name", text("Bia"), true}))
	if !l.Holds(anID, "name", text("Bia")) {
		t.Error("doesn't hold what was noted last")
	}
}

func TestWritersAndReadersAtOnce(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 60 {
				id, v := idOf(worker*10+i%10), text(fmt.Sprint(i))
				err := errors.Join(l.Begin(id, "name", "shared"), l.Note(id, Noted{"name", v, true}), l.Note(anID, Noted{"name", v, true}))
				if err != nil || !l.Holds(id, "name", v) {
					t.Errorf("%s: %v", v.Text, err)
				}
			}
		})
	}
	all.Wait()
	closed(t, l)
	l = open(t, path)
	defer l.Close()
	for i := range 80 {
		if want := text(fmt.Sprint(50 + i%10)); !l.Holds(idOf(i), "name", want) {
			t.Errorf("%d: doesn't hold %s", i, want.Text)
		}
	}
}
