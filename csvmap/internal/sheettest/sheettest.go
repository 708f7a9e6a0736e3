// Package sheettest is what the tests of csvmap and its internal packages share.
package sheettest

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding"

	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// ErrBroken is the error of a reader or a writer that fails.
var ErrBroken = errors.New("disk on fire")

// Text returns the text of a reason, with all flags; "" if it has no code.
func Text(why reason.Reason) string {
	if why.Code == "" {
		return ""
	}
	return words.For(nil).Text(why.Code, why.Params)
}

// Words returns the text of an error: those of all reasons joined in it, one per line.
func Words(err error) string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var texts []string
		for _, err := range joined.Unwrap() {
			texts = append(texts, Words(err))
		}
		return strings.Join(texts, "\n")
	}
	var why reason.Reason
	if errors.As(err, &why) {
		return Text(why)
	}
	return err.Error()
}

// WantError fails the test unless the text of the error has these parts.
func WantError(t testing.TB, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if text := Words(err); !strings.Contains(text, part) {
			t.Errorf("error %q lacks %q", text, part)
		}
	}
}

// WantReason fails the test unless the text has the part, or both are empty.
func WantReason(t testing.TB, got, part string) {
	t.Helper()
	if (got == "") != (part == "") || !strings.Contains(got, part) {
		t.Errorf("got reason %q, want one with %q", got, part)
	}
}

// TB is the common part of [testing.T] and rapid.T.
type TB interface {
	Helper()
	Fatal(args ...any)
}

// Encoded returns a text as bytes in an encoding.
func Encoded(t TB, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// LiveHeap returns how much memory is in use.
func LiveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
