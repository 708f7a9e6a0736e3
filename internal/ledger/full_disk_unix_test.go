//go:build unix

package ledger

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// inChild is set if a test runs in its own process.
const inChild = "RAZEBULK_TEST_CHILD"

// TestAFullDiskLeavesNoHalfOfANewFile limits the size of files, as a nearly full disk does: the first run fails, and
// the next one, with enough room, starts as if there had been none.
func TestAFullDiskLeavesNoHalfOfANewFile(t *testing.T) {
	t.Parallel()
	if os.Getenv(inChild) == "" { // the limit applies to the whole process
		child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		child.Env = append(os.Environ(), inChild+"=1")
		if out, err := child.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var before syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before))
	failed := 0
	for room := uint64(0); room <= 48<<10; room += 4 << 10 {
		for name, begin := range map[string]func(path string) error{
			"none":  func(string) error { return nil },
			"empty": func(path string) error { return os.WriteFile(path, nil, 0o600) },
		} {
			path := newPath(t)
			must(t, begin(path))
			must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room, Max: before.Max}))
			l, err := Open(path, here)
			if err == nil {
				err = l.Close()
			}
			must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before))
			if err != nil {
				failed++
			}
			if l, err := Open(path, here); err != nil {
				t.Errorf("%s, room for %d bytes: the next run fails: %v", name, room, err)
			} else {
				closed(t, l)
			}
		}
	}
	if failed == 0 {
		t.Error("there was always room")
	}
}

// TestAPipeIsNoStateFile would otherwise wait for its other end.
func TestAPipeIsNoStateFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	must(t, syscall.Mkfifo(path, 0o600))
	if _, err := Open(path, here); err == nil || !strings.Contains(said(err), "not a state file") {
		t.Errorf("got %v", err)
	}
}
