package files

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// HeldError says that another run has locked a file.
type HeldError struct {
	Path string
	// Process is the id of the process that has locked it; "" if that is not known.
	Process string
}

// Error implements error.
func (e *HeldError) Error() string { return e.Path + " is held by another run" }

// Locks keep a second run away from the files of this one. They end with the process, however it ends.
type Locks []*flock.Flock

// Lock locks the named files, each by a hidden file beside it that holds the process id of its owner. It locks all or
// none: it fails with a [*HeldError] if another run has locked one of them.
func Lock(paths ...string) (Locks, error) {
	var held Locks
	for _, path := range paths {
		lock, err := lockBeside(path)
		if err != nil {
			held.Release()
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
			return nil, &HeldError{path, ownerOf(name)}
		}
		if stillNamed(lock, name) {
			if err := os.WriteFile(name, fmt.Appendln(nil, os.Getpid()), 0o600); err != nil {
				Locks{lock}.Release()
				return nil, fmt.Errorf("%s can't be locked: %w", path, err)
			}
			return lock, nil
		}
		_ = lock.Close() // its owner has just removed the file; another file may have the name by now
	}
}

// stillNamed reports whether the locked file still has the name.
func stillNamed(lock *flock.Flock, name string) bool {
	locked, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(name)
	return err == nil && os.SameFile(locked, named)
}

func ownerOf(name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// Release unlocks the files.
func (l Locks) Release() {
	for _, lock := range l {
		_ = os.Remove(lock.Path())
		_ = lock.Unlock()
	}
}
