// Package sandboxtest has helpers for tests that run against the sandbox.
package sandboxtest

import (
	"hash/crc32"
	"testing"

	"razebulk/internal/sandbox"
)

// InDialects runs a test once for each dialect under test.
func InDialects(t *testing.T, test func(*testing.T, sandbox.Dialect)) {
	t.Helper()
	for _, dialect := range Dialects(t) {
		t.Run(string(dialect), func(t *testing.T) { test(t, dialect) })
	}
}

// Dialects returns the dialects in which a test runs: both, or, in a short run, the one that [Of] gives for its name.
func Dialects(t *testing.T) []sandbox.Dialect {
	t.Helper()
	if testing.Short() {
		return []sandbox.Dialect{Of(t.Name())}
	}
	return sandbox.Dialects
}

// Of distributes the names of tests between the dialects. A name always gets the same one.
func Of(name string) sandbox.Dialect {
	return sandbox.Dialects[crc32.ChecksumIEEE([]byte(name))%uint32(len(sandbox.Dialects))]
}
