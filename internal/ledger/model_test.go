package ledger

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// model records what a ledger should know, and what the service holds.
type model struct {
	t    *rapid.T
	path string
	l    *Ledger

	known    map[string]Value // by id and field
	verified map[string]bool
	service  map[string]Value // what was really stored, if it is known that anything was
	doubt    map[string]bool  // begun, but not noted since
}

func newModel(t *rapid.T, folder string) *model {
	m := &model{t: t, path: filepath.Join(folder, "state"), known: map[string]Value{}, verified: map[string]bool{},
		service: map[string]Value{}, doubt: map[string]bool{}}
	m.reopen(m.path)
	return m
}

func (m *model) reopen(path string) {
	l, err := Open(path, here)
	if err != nil {
		m.t.Fatal(err)
	}
	m.path, m.l = path, l
}

func (m *model) draw() (id, field, key string) {
	id = idOf(rapid.IntRange(0, 3).Draw(m.t, "id"))
	field = rapid.SampledFrom(nine[:3]).Draw(m.t, "field")
	return id, field, id + " " + field
}

func (m *model) drawValue() Value {
	return Value{rapid.SampledFrom([]Kind{Text, Number, Cleared}).Draw(m.t, "kind"), rapid.SampledFrom([]string{"", "1", "2"}).Draw(m.t, "text")}
}

// send makes a request, which may or may not be followed by a note.
func (m *model) send() {
	id, field, key := m.draw()
	before := time.Now()
	m.must(m.l.Begin(id, field))
	if waited := time.Since(before); waited > 0 {
		m.t.Fatalf("Begin waited %s for others to write", waited)
	}
	m.forgotten(key)
	m.service[key], m.doubt[key] = m.drawValue(), true
	if !rapid.Bool().Draw(m.t, "answered") {
		return
	}
	verified := rapid.Bool().Draw(m.t, "verified")
	m.must(m.l.Note(id, Noted{field, m.service[key], verified}))
	m.known[key], m.verified[key] = m.service[key], verified
	delete(m.doubt, key)
}

func (m *model) forget() {
	id, field, key := m.draw()
	m.must(m.l.Forget(id, field))
	m.forgotten(key)
}

func (m *model) forgotten(key string) {
	delete(m.known, key)
	delete(m.verified, key)
}

func (m *model) pass() {
	time.Sleep(time.Duration(rapid.IntRange(1, 1500).Draw(m.t, "ms")) * time.Millisecond)
	synctest.Wait()
}

func (m *model) closeAndReopen() {
	m.must(m.l.Close())
	m.reopen(m.path)
}

// crash continues from a copy of the file. What the ledger then knows must be what the service holds; it may be less
// than before, but may lack only what was noted within the last second.
func (m *model) crash() {
	written := rapid.Bool().Draw(m.t, "after a second")
	if written {
		time.Sleep(commitWithin + time.Millisecond)
		synctest.Wait()
	}
	data, err := os.ReadFile(m.path)
	m.must(err)
	m.must(m.l.Close())
	m.path += "'"
	m.must(os.WriteFile(m.path, data, 0o600))
	m.reopen(m.path)
	before := maps.Clone(m.known)
	m.eachKey(func(id, field, key string) {
		entry, known := m.l.Stored(id, field)
		if known && (m.doubt[key] || !m.l.Holds(id, field, m.service[key])) {
			m.t.Fatalf("%s: after a crash it holds what the service may not", key)
		}
		if !known {
			m.forgotten(key)
		} else {
			m.known[key], m.verified[key] = m.service[key], entry.Verified
		}
	})
	if written && !maps.Equal(before, m.known) {
		m.t.Fatalf("a crash after a second lost something: %v, %v", before, m.known)
	}
}

func (m *model) eachKey(do func(id, field, key string)) {
	for i := range 4 {
		for _, field := range nine[:3] {
			do(idOf(i), field, idOf(i)+" "+field)
		}
	}
}

func (m *model) check(*rapid.T) {
	m.eachKey(func(id, field, key string) {
		want, should := m.known[key]
		entry, known := m.l.Stored(id, field)
		if known != should || should && !m.l.Holds(id, field, want) || entry.Verified != m.verified[key] {
			m.t.Fatalf("%s: got %v, %t, want %v, %t", key, entry, known, want, should)
		}
		other := Value{want.Kind, want.Text + "x"}
		if m.l.Holds(id, field, other) && want.Kind != Cleared {
			m.t.Fatalf("%s holds %v as well", key, other)
		}
	})
}

func (m *model) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func TestTheLedgerKnowsNoMoreThanIsSo(t *testing.T) {
	folder, run := t.TempDir(), 0
	synctest.Test(t, func(t *testing.T) {
		rapid.Check(struct{ testing.TB }{t}, func(t *rapid.T) { // a bubble has no Deadline
			run++
			own := filepath.Join(folder, fmt.Sprint(run))
			if err := os.Mkdir(own, 0o700); err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(own)
			m := newModel(t, own)
			defer func() { m.l.Close() }()
			t.Repeat(map[string]func(*rapid.T){
				"":       m.check,
				"send":   func(*rapid.T) { m.send() },
				"forget": func(*rapid.T) { m.forget() },
				"pass":   func(*rapid.T) { m.pass() },
				"reopen": func(*rapid.T) { m.closeAndReopen() },
				"crash":  func(*rapid.T) { m.crash() },
			})
		})
	})
}
