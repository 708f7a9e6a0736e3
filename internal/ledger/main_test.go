package ledger

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"razebulk/internal/reason"
	"razebulk/internal/words"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(crashFile); path != "" {
		workUntilKilled(path)
		return
	}
	goleak.VerifyTestMain(m)
}

var (
	here = Binding{"https://crm.example/v1", "gr_live_0123456789abcdef"}
	text = func(s string) Value { return Value{Text, s} }
)

const (
	anID    = "265e24ec-3bc8-4820-b65f-89a69d7babe4"
	another = "0d4b6f52-8c1e-4a37-9b20-5e7f31c6a9d8"
)

func newPath(t testing.TB) string { return filepath.Join(t.TempDir(), "state") }

func open(t testing.TB, path string) *Ledger {
	t.Helper()
	l, err := Open(path, here)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func closed(t testing.TB, l *Ledger) {
	t.Helper()
	must(t, l.Close())
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// copyOf returns a copy of the file as a crash would leave it.
func copyOf(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	to := newPath(t)
	must(t, os.WriteFile(to, data, 0o600))
	return to
}

// idOf returns a made-up id, as long and as scattered as real ones.
func idOf(i int) string { return fmt.Sprintf("%08x-3bc8-4820-b65f-%012x", uint32(i)*2654435761, i) }

// said returns an error as users see it.
func said(err error) string {
	why, ok := errors.AsType[reason.Reason](err)
	if !ok {
		return err.Error()
	}
	text := words.For(nil).Text(why.Code, why.Params)
	if why.Cause != nil {
		text += ": " + why.Cause.Error()
	}
	return text
}
