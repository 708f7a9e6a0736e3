package files

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// temporary creates the file that becomes path when it is complete. The file stays locked until its process ends, so
// that [RemoveLeftovers] knows which files nobody will complete. The lock is nil where there are no locks.
func temporary(path string) (*os.File, *flock.Flock, error) {
	for {
		f, err := os.CreateTemp(filepath.Dir(path), temporaryPrefix(path)+"*")
		if err != nil {
			return nil, nil, notCreated(path, err)
		}
		if !locksWhatIsRenamed {
			return f, nil, nil
		}
		lock := flock.New(f.Name(), flock.SetFlag(os.O_RDONLY|noFollow))
		got, err := lock.TryLock()
		switch {
		case got && stillNamed(lock, f.Name()):
			return f, lock, nil
		case err != nil && exists(f.Name()): // the file system has no locks
			return f, nil, nil
		}
		_ = lock.Close() // another run took it for a leftover before it was locked
		_ = f.Close()
	}
}

func temporaryPrefix(path string) string { return "." + filepath.Base(path) + "-" }

// RemoveLeftovers removes the temporary files of runs that were killed before the files at these paths were complete.
// It skips what it can't remove: a later run may remove it.
func RemoveLeftovers(paths ...string) {
	for _, path := range paths {
		entries, err := os.ReadDir(filepath.Dir(path))
		if err != nil {
			continue
		}
		for _, entry := range entries {
			number, ours := strings.CutPrefix(entry.Name(), temporaryPrefix(path))
			if ours && isDigits(number) && entry.Type().IsRegular() {
				removeLeftover(filepath.Join(filepath.Dir(path), entry.Name()))
			}
		}
	}
}

// removeLeftover removes a temporary file unless a process is still writing it.
func removeLeftover(name string) {
	if !locksWhatIsRenamed {
		_ = os.Remove(name) // fails while it is open
		return
	}
	lock := flock.New(name, flock.SetFlag(os.O_RDONLY|noFollow))
	if got, err := lock.TryLock(); err == nil && got && stillNamed(lock, name) {
		_ = os.Remove(name)
	}
	_ = lock.Close()
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
