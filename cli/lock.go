package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// errHeld is that another run has the files.
var errHeld = errors.New("another run")

// locks are what keeps a second run from the files of this one. They end with the process, however it ends.
type locks []*flock.Flock

// lockAll locks the files that are named, each by a hidden file beside it that holds the process id of its owner.
func lockAll(paths ...string) (locks, error) {
	var held locks
	for _, path := range paths {
		lock, err := lockBeside(path)
		if err != nil {
			held.release()
			return nil, err
		}
		held = append(held, lock)
	}
	return held, nil
}

func lockBeside(path string) (*flock.Flock, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		absolute = real
	}
	name := filepath.Join(filepath.Dir(absolute), "."+filepath.Base(absolute)+".lock")
	for {
		lock := flock.New(name, flock.SetPermissions(0o600))
		switch got, err := lock.TryLock(); {
		case err != nil:
			return nil, fmt.Errorf("%s can't be locked: %w", path, err)
		case !got:
			_ = lock.Close()
			return nil, withCode(exitHeld, fmt.Errorf("%s: %w%s works on this file; wait until it is done", path, errHeld, ownerOf(name)))
		}
		if isStill(lock, name) {
			if err := os.WriteFile(name, fmt.Appendln(nil, os.Getpid()), 0o600); err != nil {
				locks{lock}.release()
				return nil, fmt.Errorf("%s can't be locked: %w", path, err)
			}
			return lock, nil
		}
		_ = lock.Close() // its owner has just removed it; another one may be there
	}
}

// isStill tells whether the file that was locked is the one that has the name.
func isStill(lock *flock.Flock, name string) bool {
	locked, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(name)
	return err == nil && os.SameFile(locked, named)
}

func ownerOf(name string) string {
	text, err := os.ReadFile(name)
	if pid := strings.TrimSpace(string(text)); err == nil && pid != "" {
		return " (process " + pid + ")"
	}
	return ""
}

func (l locks) release() {
	for _, lock := range l {
		_ = os.Remove(lock.Path())
		_ = lock.Unlock()
	}
}
