package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/gofrs/flock"

	"razebulk/internal/reason"
)

// HeldError reports that another run has locked a file.
type HeldError struct {
	Path string
	// Process is the id of the process that holds the lock; "" if unknown.
	Process string
}

// Error implements error.
func (e *HeldError) Error() string { return e.Path + " is held by another run" }

// Locks keep a second run away from this run's files. They end with the process, however it ends.
type Locks []*flock.Flock

// Lock locks the named files, each with a hidden file next to it that contains the process id of the owner. It locks
// all or none: it fails with a [*HeldError] if another run has locked one of them. An existing file of that name that
// is not a lock file is left as it is, and is an error.
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
	return lockFile(path, name)
}

// lockFile locks path with the lock file name. It follows no link, and changes nothing but a lock file.
func lockFile(path, name string) (*flock.Flock, error) {
	for {
		if err := checkRegular(name); err != nil {
			return nil, err
		}
		lock := flock.New(name, flock.SetPermissions(0o600), flock.SetFlag(os.O_CREATE|os.O_RDONLY|noFollow))
		switch got, err := lock.TryLock(); {
		case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrNotExist):
			return nil, notCreated(path, err)
		case err != nil:
			return nil, reason.New("not_locked", "file", path).Because(err)
		case !got:
			_ = lock.Close()
			return nil, &HeldError{path, ownerOf(name)}
		}
		if stillNamed(lock, name) {
			if err := claim(lock); err != nil {
				_ = lock.Close()
				return nil, err
			}
			return lock, nil
		}
		_ = lock.Close() // its owner has just removed the file; the name may belong to another file now
	}
}

// claim writes the id of this process into a lock file. A file that is not a lock file stays as it is.
func claim(lock *flock.Flock) error {
	f, err := OpenFile(lock.Path(), os.O_RDWR)
	if err != nil {
		return reason.New("not_locked", "file", lock.Path()).Because(err)
	}
	defer f.Close()
	if _, ours := readOwner(f); !ours || !stillNamed(lock, lock.Path()) {
		return reason.New("not_a_lock", "file", lock.Path())
	}
	err = f.Truncate(0)
	if err == nil {
		_, err = f.WriteAt(fmt.Appendln(nil, os.Getpid()), 0)
	}
	if err != nil {
		_ = os.Remove(lock.Path())
		return reason.New("not_locked", "file", lock.Path()).Because(err)
	}
	return nil
}

// stillNamed reports whether the locked file still has the name.
func stillNamed(lock *flock.Flock, name string) bool {
	locked, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(name)
	return err == nil && os.SameFile(locked, named)
}

// maxOwner is longer than the content of a lock file.
const maxOwner = 24

// readOwner returns the process id in a lock file; a process that was killed may have left an empty file. ours is false
// for a file that is not a lock file.
func readOwner(f io.Reader) (process string, ours bool) {
	text, err := io.ReadAll(io.LimitReader(f, maxOwner))
	process = strings.TrimSuffix(string(text), "\n")
	return process, err == nil && len(process) < maxOwner && (process == "" || isDigits(process))
}

func ownerOf(name string) string {
	f, err := OpenFile(name, os.O_RDONLY)
	if err != nil {
		return ""
	}
	defer f.Close()
	if process, ours := readOwner(f); ours {
		return process
	}
	return ""
}

// Release unlocks the files.
func (l Locks) Release() {
	for _, lock := range l {
		if stillNamed(lock, lock.Path()) {
			_ = os.Remove(lock.Path())
		}
		_ = lock.Unlock()
	}
}
