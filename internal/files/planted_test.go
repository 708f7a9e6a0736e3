//go:build unix

package files

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/reason"
)

// plants put something in place of our file, as somebody with write access to the folder may do.
var plants = map[string]func(t *testing.T, name string){
	"link to a file": func(t *testing.T, name string) {
		must(t, os.Symlink("precious", name))
	},
	"link to nothing": func(t *testing.T, name string) {
		must(t, os.Symlink("missing", name))
	},
	"folder": func(t *testing.T, name string) { must(t, os.Mkdir(name, 0o700)) },
	"pipe":   func(t *testing.T, name string) { must(t, syscall.Mkfifo(name, 0o600)) },
	"another file": func(t *testing.T, name string) {
		write(t, name, "not a lock")
	},
	"long number": func(t *testing.T, name string) {
		write(t, name, strings.Repeat("1", 100))
	},
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func codeOf(err error) string {
	var why reason.Reason
	errors.As(err, &why)
	return why.Code
}

// within fails the test if do takes long: open would wait forever for the other end of a pipe.
func within(t *testing.T, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it still waits")
	}
}

func TestALockChangesNothingThatIsNoLockFile(t *testing.T) {
	for what, plant := range plants {
		t.Run(what, func(t *testing.T) {
			folder := t.TempDir()
			write(t, filepath.Join(folder, "precious"), "precious")
			plant(t, filepath.Join(folder, ".deals.csv.lock"))
			before := names(t, folder)
			within(t, func() {
				held, err := Lock(filepath.Join(folder, "deals.csv"))
				held.Release()
				if code := codeOf(err); code != "not_a_file" && code != "not_a_lock" {
					t.Errorf("got %v", err)
				}
			})
			if diff := cmp.Diff(before, names(t, folder)); diff != "" {
				t.Error(diff)
			}
			if got := read(t, filepath.Join(folder, "precious")); got != "precious" {
				t.Errorf("the file of another is now %q", got)
			}
		})
	}
}

func TestALockThatWasReplacedIsNotRemoved(t *testing.T) {
	folder := t.TempDir()
	held := mustLock(t, filepath.Join(folder, "deals.csv"))
	name := filepath.Join(folder, ".deals.csv.lock")
	must(t, os.Remove(name))
	write(t, name, "of another")
	held.Release()
	if got := read(t, name); got != "of another" {
		t.Errorf("got %q", got)
	}
}

func TestOnlyRegularFilesAreOpened(t *testing.T) {
	for _, what := range []string{"link to a file", "link to nothing", "folder", "pipe"} {
		for _, flag := range []int{os.O_RDONLY, os.O_RDWR | os.O_APPEND, os.O_WRONLY | os.O_CREATE | os.O_EXCL} {
			folder := t.TempDir()
			name := filepath.Join(folder, "deals.results.csv.partial")
			plants[what](t, name)
			within(t, func() {
				f, err := OpenFile(name, flag)
				if codeOf(err) != "not_a_file" {
					t.Errorf("%s: got %v, %v", what, f, err)
				}
			})
		}
	}
}

func TestAFolderThatIsNotThereOrNotWritableIsNamed(t *testing.T) {
	folder := t.TempDir()
	locked := filepath.Join(folder, "locked")
	must(t, os.Mkdir(locked, 0o500))
	want := map[string]string{filepath.Join(folder, "missing"): "folder_missing"}
	if os.Geteuid() != 0 { // root may write everywhere
		want[locked] = "folder_not_writable"
	}
	for folder, code := range want {
		path := filepath.Join(folder, "deals.results.csv")
		_, created := Create(path)
		_, locked := Lock(path)
		_, opened := OpenFile(path, os.O_WRONLY|os.O_CREATE)
		for _, err := range []error{created, locked, opened} {
			var why reason.Reason
			if !errors.As(err, &why) || why.Code != code || why.Params["folder"] != folder || strings.Contains(why.Cause.Error(), "deals") {
				t.Errorf("got %v, not %s", err, code)
			}
		}
	}
}

func TestWhatAKilledRunLeftIsRemovedAndWhatIsBeingWrittenIsNot(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "deals.results.csv")
	write(t, filepath.Join(folder, ".deals.results.csv-123"), "left by a killed run")
	for _, kept := range []string{".deals.results.csv-x", ".deals.results.csv-", ".deals.results.csv-1b", "deals.results.csv-1", ".other.csv-1"} {
		write(t, filepath.Join(folder, kept), "of somebody")
	}
	must(t, os.Symlink("deals.results.csv-1", filepath.Join(folder, ".deals.results.csv-7")))
	before := names(t, folder)
	f, err := Create(path)
	must(t, err)
	RemoveLeftovers(path, filepath.Join(folder, "missing", "x.csv"))
	must(t, f.Commit())
	RemoveLeftovers(path)
	want := append(before[:0:0], before...)
	for i, name := range want {
		if name == ".deals.results.csv-123" {
			want[i] = "deals.results.csv"
		}
	}
	if diff := cmp.Diff(set(want), set(names(t, folder))); diff != "" {
		t.Error(diff)
	}
}

func set(names []string) map[string]bool {
	all := map[string]bool{}
	for _, name := range names {
		all[name] = true
	}
	return all
}

// TestReadingEndsWithItsContext ensures that a signal can end the check of a file of any size.
func TestReadingEndsWithItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.csv")
	must(t, os.WriteFile(path, make([]byte, 3*blockSize), 0o600))
	in, err := OpenInput(context.Background(), path, nil)
	must(t, err)
	defer in.Close()
	stopped := errors.New("stopped")
	ctx, stop := context.WithCancelCause(context.Background())
	in.Until(ctx)
	all := io.NewSectionReader(in, 0, in.Size())
	one := make([]byte, 10)
	if _, err := all.Read(one); err != nil {
		t.Fatal(err)
	}
	stop(stopped)
	if _, err := io.ReadAll(all); !errors.Is(err, stopped) {
		t.Errorf("got %v", err)
	}
	if _, err := in.SHA256(); !errors.Is(err, stopped) {
		t.Errorf("the hash: got %v", err)
	}
	in.Until(context.Background())
	if _, err := in.SHA256(); err != nil {
		t.Errorf("and afterwards %v", err)
	}
}
