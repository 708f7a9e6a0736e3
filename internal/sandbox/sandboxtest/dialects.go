// Package sandboxtest has what tests share that run against the sandbox.
package sandboxtest

import (
	"hash/crc32"
	"testing"

	"razebulk/internal/sandbox"
)

// InDialects runs a test once for each of the dialects that are to be tested.
func InDialects(t *testing.T, test func(*testing.T, sandbox.Dialect)) {
	t.Helper()
	for _, dialect := range Dialects(t) {
		t.Run(string(dialect), func(t *testing.T) { test(t, dialect) })
	}
}

// Dialects are those in which a test runs: both, in a short run the one of its name.
func Dialects(t *testing.T) []sandbox.Dialect {
	t.Helper()
	if testing.Short() {
		return []sandbox.Dialect{Of(t.Name())}
	}
	return sandbox.Dialects
}

// Of shares the names of tests out between the dialects. A name always has the same one.
func Of(name string) sandbox.Dialect {
	return sandbox.Dialects[crc32.ChecksumIEEE([]byte(name))%uint32(len(sandbox.Dialects))]
}
