// Package files handles files independently of their content. It can replace one atomically, append to one durably, set
// an earlier one aside and lock one. It can also read an input several times and detect that it has changed.
package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// SetAside adds the file's modification time to the name of a file of an earlier run
// (deals.results.20261122T021500Z.csv) and returns the new name, or "" if there is no such file. It never overwrites
// another file or moves a directory.
func SetAside(path string) (string, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err == nil && !info.Mode().IsRegular() {
		err = notAFile(path)
	}
	if err != nil {
		return "", err
	}
	stem, extension := splitExtension(path)
	stamp := info.ModTime().UTC().Format("20060102T150405Z")
	name := fmt.Sprintf("%s.%s%s", stem, stamp, extension)
	for n := 2; exists(name); n++ {
		name = fmt.Sprintf("%s.%s-%d%s", stem, stamp, n, extension)
	}
	if err := os.Rename(path, name); err != nil {
		return "", err
	}
	return name, nil
}

// CheckReplaceable fails if the path is something that our files can't replace: a directory, a device, or on Windows a
// file that another program has open.
func CheckReplaceable(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil
	case !info.Mode().IsRegular():
		return notAFile(path)
	}
	return checkNotOpen(path)
}

// PartialSuffix ends the name of a file that a run has written only partly.
const PartialSuffix = ".partial"

// splitExtension keeps ".csv.partial" together: the name of a file that was set aside still shows what it is.
func splitExtension(path string) (stem, extension string) {
	rest := strings.TrimSuffix(path, PartialSuffix)
	extension = filepath.Ext(rest)
	return strings.TrimSuffix(rest, extension), extension + path[len(rest):]
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// File is a file that is written under another name in the same directory and takes its real name when it is complete.
// It is not safe for concurrent use, and must end with one call of Commit or Discard.
type File struct {
	*os.File
	path string
	lock *flock.Flock // on the temporary file; nil where there are no locks
	sync func() error // syncs the file
}

// Create creates a file that takes its name with [File.Commit]. Until then an existing file of that name stays as it
// is. Create also removes the incomplete files that killed runs have left.
func Create(path string) (*File, error) {
	RemoveLeftovers(path)
	f, lock, err := temporary(path)
	if err != nil {
		return nil, err
	}
	return &File{File: f, path: path, lock: lock, sync: f.Sync}, nil
}

// Commit gives the file its real name, replacing the existing file. The content is on the disk before it has the name,
// so that a power cut leaves one file or the other. After an error the file is removed.
func (f *File) Commit() error {
	defer f.unlock()
	err := errors.Join(f.sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), f.path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	SyncDirectory(f.path)
	return nil
}

// SyncDirectory makes sure that the name of a new file survives a power cut. It ignores errors: nothing else would help
// on a system that can't do this.
func SyncDirectory(path string) {
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		_ = dir.Sync()
		_ = dir.Close()
	}
}

// Discard removes what was written, and leaves the file with the real name as it is.
func (f *File) Discard() {
	_ = f.Close()
	_ = os.Remove(f.Name())
	f.unlock()
}

func (f *File) unlock() {
	if f.lock != nil {
		_ = f.lock.Close()
	}
}

// Same reports whether two paths name the same file, even through links or in different spellings.
func Same(a, b string) bool {
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
