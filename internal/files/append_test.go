package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func newAppender(t *testing.T) (a *Appender, f *os.File) {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "deals.undo.csv"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return NewAppender(f), f
}

// TestAppendReturnsWhenTheTextIsOnTheDisk checks that the text is written first, then synced, and that Append returns
// last.
func TestAppendReturnsWhenTheTextIsOnTheDisk(t *testing.T) {
	a, f := newAppender(t)
	var steps []string
	a.sync = func() error {
		steps = append(steps, "synced "+read(t, f.Name()))
		return nil
	}
	for _, text := range []string{"a", "b"} {
		if err := a.Append([]byte(text)); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, "returned")
	}
	if diff := cmp.Diff([]string{"synced a", "returned", "synced ab", "returned"}, steps); diff != "" {
		t.Error(diff)
	}
}

func TestAppendFailsOnceTheDiskHasFailed(t *testing.T) {
	broken := errors.New("the disk is gone")
	for name, breakIt := range map[string]func(*Appender){
		"write": func(a *Appender) { a.write = func([]byte) (int, error) { return 0, broken } },
		"sync":  func(a *Appender) { a.sync = func() error { return broken } },
	} {
		a, f := newAppender(t)
		breakIt(a)
		if err := a.Append([]byte("x")); !errors.Is(err, broken) {
			t.Errorf("%s: got %v", name, err)
		}
		a.write, a.sync = f.Write, f.Sync // earlier text may be lost anyway
		before := read(t, f.Name())
		if err := a.Append([]byte("y")); !errors.Is(err, broken) || !errors.Is(a.Failed(), broken) {
			t.Errorf("%s: afterwards got %v, %v", name, err, a.Failed())
		}
		if after := read(t, f.Name()); after != before {
			t.Errorf("%s: afterwards it wrote %q", name, after)
		}
	}
}

// TestThoseWhoWaitShareOneCommit blocks the first sync until all others have called Append.
func TestThoseWhoWaitShareOneCommit(t *testing.T) {
	const callers = 20
	a, f := newAppender(t)
	waiting := func() int {
		a.mu.Lock()
		defer a.mu.Unlock()
		return strings.Count(string(a.next.text), "\n")
	}
	syncs, inDisk, allCame := 0, make(chan struct{}), make(chan struct{})
	release := sync.OnceFunc(func() { close(allCame) })
	defer release()
	a.sync = func() error {
		if syncs++; syncs == 1 {
			close(inDisk)
			<-allCame
		}
		return nil
	}
	var all sync.WaitGroup
	add := func(line string) {
		if err := a.Append([]byte(line)); err != nil {
			t.Error(err)
		}
		if !strings.Contains(read(t, f.Name()), line) {
			t.Errorf("%q is not in the file", line)
		}
	}
	all.Go(func() { add("first\n") })
	waitUntil(t, func() bool {
		select {
		case <-inDisk:
			return true
		default:
			return false
		}
	})
	for n := range callers {
		all.Go(func() { add(fmt.Sprintf("line %d\n", n)) })
	}
	waitUntil(t, func() bool { return waiting() == callers })
	release()
	all.Wait()
	if syncs != 2 || waiting() > 0 {
		t.Errorf("%d syncs for 1 and %d, and %d are still waiting", syncs, callers, waiting())
	}
}

func TestCutOffCutsAFileOff(t *testing.T) {
	for _, length := range []int64{0, 3, 5} {
		path := filepath.Join(t.TempDir(), "deals.results.csv.partial")
		write(t, path, "abcde")
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := CutOff(f, length); err != nil {
			t.Error(err)
		}
		f.Close()
		if got := read(t, path); got != "abcde"[:length] {
			t.Errorf("got %q", got)
		}
	}
}

func TestCutOffFailsWhileTheDiskIsFull(t *testing.T) {
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no device that is always full")
	}
	defer f.Close()
	if err := CutOff(f, 0); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got %v", err)
	}
}
