package work

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"razebulk/internal/lazyregexp"
)

// KeptDays is for how many days after its last use the folder of a sheet is kept.
const KeptDays = 90

const uploadPrefix = ".upload-"

// sheetFolder matches the names of folders that [Work.Drop] makes.
var sheetFolder = lazyregexp.New(`-[0-9a-f]{8}$`)

// RemoveOld removes the folders of sheets in which nothing has changed for [KeptDays], and sheets of which only a
// part has arrived. It leaves what it can't remove: the next start may succeed.
func RemoveOld(folder string, now time.Time) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		isOurs := entry.IsDir() && sheetFolder.MatchString(entry.Name()) || entry.Type().IsRegular() && strings.HasPrefix(entry.Name(), uploadPrefix)
		if isOurs && now.Sub(lastChange(path)) > KeptDays*24*time.Hour {
			_ = os.RemoveAll(path)
		}
	}
}

// lastChange returns when a file, or a folder or a file in it, last changed. What can't be read counts as new.
func lastChange(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Now()
	}
	last := info.ModTime()
	if !info.IsDir() {
		return last
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return time.Now()
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			return time.Now()
		}
		if info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	return last
}
