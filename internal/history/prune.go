package history

import (
	"errors"
	"io/fs"
	"os"
)

// Prune removes files that runs have set aside from these paths. It keeps the given number of newest ones for each
// path. It touches no file that is not in the history.
func (rs Runs) Prune(keep int, paths ...string) error {
	var failed []error
	for _, path := range paths {
		var there []string
		for _, name := range rs.AsideOf(path) {
			if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() {
				there = append(there, name)
			}
		}
		for _, name := range there[:max(0, len(there)-keep)] {
			if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
				failed = append(failed, err)
			}
		}
	}
	return errors.Join(failed...)
}
