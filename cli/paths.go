package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"razebulk/report"
)

// paths are the files that a command leaves.
type paths struct {
	results string
	failed  string
	plan    string
}

// pathsFor names the files after the input, unless the user names the results.
func pathsFor(file, results string) (paths, error) {
	stem := trimCSV(file)
	if file == "-" {
		if results == "" {
			return paths{}, errors.New("standard input has no name to call the results after: give --results FILE")
		}
		stem = strings.TrimSuffix(trimCSV(results), ".results")
	}
	p := paths{results: stem + ".results.csv", failed: stem + ".failed.csv", plan: stem + ".plan.csv"}
	if results != "" {
		p.results, p.plan = results, results
	}
	for _, path := range []string{p.results, p.plan} {
		if sameFile(path, file) || sameFile(path, p.failed) {
			return paths{}, fmt.Errorf("--results %s: this file is the input or the file of failed rows; name another", path)
		}
	}
	return p, errors.Join(report.MustBeFile(p.results), report.MustBeFile(p.failed), report.MustBeFile(p.plan))
}

func trimCSV(path string) string {
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		return path[:len(path)-len(".csv")]
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
