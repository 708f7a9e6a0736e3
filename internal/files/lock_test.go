package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gofrs/flock"
	"github.com/google/go-cmp/cmp"
)

func mustLock(t *testing.T, paths ...string) Locks {
	t.Helper()
	held, err := Lock(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return held
}

func isHeld(err error) bool {
	var held *HeldError
	return errors.As(err, &held)
}

// wantHeld checks that the paths are locked by another run, and that the error names the process.
func wantHeld(t *testing.T, paths ...string) {
	t.Helper()
	held, err := Lock(paths...)
	defer held.Release()
	if one := (*HeldError)(nil); !errors.As(err, &one) || one.Process != strconv.Itoa(os.Getpid()) {
		t.Errorf("got %v", err)
	}
}

func TestALockIsHeldUntilItIsReleasedAndLeavesNothing(t *testing.T) {
	directory := t.TempDir()
	results, sheet := filepath.Join(directory, "deals.results.csv"), filepath.Join(directory, "deals.csv")
	held := mustLock(t, results, sheet)
	wantHeld(t, results)
	wantHeld(t, sheet)
	info, err := os.Stat(filepath.Join(directory, ".deals.csv.lock"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info, err)
	}
	held.Release()
	if left := names(t, directory); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	mustLock(t, sheet, results).Release()
}

func TestALockThatIsNotGotGivesBackThoseThatWere(t *testing.T) {
	directory := t.TempDir()
	first, second := filepath.Join(directory, "first"), filepath.Join(directory, "second")
	held := mustLock(t, second)
	defer held.Release()
	wantHeld(t, first, second)
	mustLock(t, first).Release()
	if diff := cmp.Diff([]string{".second.lock"}, names(t, directory)); diff != "" {
		t.Error(diff)
	}
}

func TestTheSameFileByAnotherNameIsHeldToo(t *testing.T) {
	directory := t.TempDir()
	sheet := filepath.Join(directory, "deals.csv")
	if err := os.WriteFile(sheet, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(directory, "link.csv")
	if err := os.Symlink(sheet, link); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(directory, "below"), 0o700); err != nil {
		t.Fatal(err)
	}
	defer mustLock(t, sheet).Release()
	t.Chdir(filepath.Join(directory, "below"))
	for _, name := range []string{link, filepath.Join(directory, "below", "..", "deals.csv"), "../deals.csv"} {
		wantHeld(t, name)
	}
}

func TestALockThatADeadProcessLeftIsNoObstacle(t *testing.T) {
	for _, content := range []string{"", "1\n", fmt.Sprintln(os.Getpid()), "999999999\n"} {
		directory := t.TempDir()
		sheet := filepath.Join(directory, "deals.csv")
		lock := filepath.Join(directory, ".deals.csv.lock")
		if err := os.WriteFile(lock, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		held := mustLock(t, sheet)
		if text, err := os.ReadFile(lock); err != nil || string(text) != fmt.Sprintln(os.Getpid()) {
			t.Errorf("%q became %q, %v", content, text, err)
		}
		wantHeld(t, sheet)
		held.Release()
	}
}

// TestOnlyOneHasALock lets several goroutines race for a lock; each release removes the file that the others may have
// open.
func TestOnlyOneHasALock(t *testing.T) {
	const racers = 8
	turns := 3000
	if testing.Short() {
		turns = 300
	}
	paths := []string{filepath.Join(t.TempDir(), "deals.results.csv"), filepath.Join(t.TempDir(), "deals.csv")}
	var owners, got atomic.Int32
	var g sync.WaitGroup
	for range racers {
		g.Go(func() {
			for range turns {
				held, err := Lock(paths...)
				switch {
				case err == nil:
					got.Add(1)
					if others := owners.Add(1) - 1; others > 0 {
						t.Errorf("%d others have it", others)
					}
					runtime.Gosched()
					owners.Add(-1)
					held.Release()
				case !isHeld(err):
					t.Errorf("got %v", err)
				}
			}
		})
	}
	g.Wait()
	if got.Load() == 0 {
		t.Error("nobody ever had it")
	}
	for _, path := range paths {
		if left := names(t, filepath.Dir(path)); len(left) > 0 {
			t.Errorf("left %v", left)
		}
	}
}

func TestALockOfAFileThatWasRemovedMeanwhileIsNone(t *testing.T) {
	name := filepath.Join(t.TempDir(), ".deals.csv.lock")
	lock := flock.New(name)
	defer lock.Close()
	if got, err := lock.TryLock(); err != nil || !got || !stillNamed(lock, name) {
		t.Fatalf("got %v, %v", got, err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if stillNamed(lock, name) {
		t.Error("it counts although the file is gone")
	}
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if stillNamed(lock, name) {
		t.Error("it counts although another file has the name")
	}
}

func TestAPlaceWithoutRoomForALockIsNotCalledAnotherRun(t *testing.T) {
	_, err := Lock(filepath.Join(t.TempDir(), "missing", "deals.csv"))
	if !errors.Is(err, os.ErrNotExist) || isHeld(err) {
		t.Errorf("got %v", err)
	}
}
