// Package sheettest is what the tests of csvmap and of its rooms share.
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

// ErrBroken is that of a reader or a writer that fails.
var ErrBroken = errors.New("disk on fire")

// Text is the text of a reason, with all flags; "" for one without a code.
func Text(why reason.Reason) string {
	if why.Code == "" {
		return ""
	}
	return words.For(nil).Text(why.Code, why.Params)
}

// Words is the text of an error: those of all reasons that are joined in it, one a line.
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

// WantError fails unless the text of the error has these parts.
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

// WantReason fails unless a text has the part; where the part is empty, so must the text be.
func WantReason(t testing.TB, got, part string) {
	t.Helper()
	if (got == "") != (part == "") || !strings.Contains(got, part) {
		t.Errorf("got reason %q, want one with %q", got, part)
	}
}

// TB is what tests of both kinds have in common: [testing.T] and rapid.T.
type TB interface {
	Helper()
	Fatal(args ...any)
}

// Encoded is a text as bytes of an encoding.
func Encoded(t TB, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// LiveHeap is how much memory is in use.
func LiveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
