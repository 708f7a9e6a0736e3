package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"razebulk/internal/files"
)

// paths are the files that a command leaves.
type paths struct {
	results string
	failed  string
	plan    string
	undo    string
}

// pathsFor names the files after the input, unless the user names the results.
func pathsFor(file, results, backup string) (paths, error) {
	stem := trimSheet(file)
	if file == "-" {
		if results == "" {
			return paths{}, errors.New("standard input has no name to call the results after: give --results FILE")
		}
		stem = strings.TrimSuffix(trimSheet(results), ".results")
	}
	p := paths{results: stem + ".results.csv", failed: stem + ".failed.csv", plan: stem + ".plan.csv", undo: stem + ".undo.csv"}
	if results != "" {
		p.results, p.plan = results, results
	}
	if backup != "" {
		p.undo = backup
	}
	for _, path := range []string{p.results, p.plan} {
		if sameFile(path, file) || sameFile(path, p.failed) {
			return paths{}, fmt.Errorf("--results %s: this file is the input or the file of failed rows; name another", path)
		}
	}
	if sameFile(p.undo, file) || sameFile(p.undo, p.failed) || sameFile(p.undo, p.results) {
		return paths{}, fmt.Errorf("--backup %s: this file is the input, the results or the file of failed rows; name another", p.undo)
	}
	return p, errors.Join(files.CheckReplaceable(p.results), files.CheckReplaceable(p.undo), files.CheckReplaceable(p.failed), files.CheckReplaceable(p.plan))
}

// failedAs gives the file of failed rows the input's own kind, once that is known.
func (p *paths) failedAs(extension string) error {
	p.failed = trimSheet(p.failed) + extension
	return files.CheckReplaceable(p.failed)
}

func trimSheet(path string) string {
	switch extension := filepath.Ext(path); strings.ToLower(extension) {
	case ".csv", ".xlsx":
		return strings.TrimSuffix(path, extension)
	}
	return path
}

// sameFile also sees through links and different spellings of one path.
func sameFile(a, b string) bool {
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
