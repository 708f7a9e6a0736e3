package report

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"razebulk/internal/crm"
	"razebulk/internal/files"
)

// FindUndo looks for the undo file of the run that began at this time: it is at the path, or was set aside from there
// by a later run. It returns "" if there is none.
func FindUndo(path string, began time.Time) (string, error) {
	extension := filepath.Ext(path)
	stem := strings.TrimSuffix(filepath.Base(path), extension) + "."
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	names := []string{path}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), stem) && strings.HasSuffix(entry.Name(), extension) {
			names = append(names, filepath.Join(filepath.Dir(path), entry.Name()))
		}
	}
	for _, name := range names {
		if undoes(name, began) {
			return name, nil
		}
	}
	return "", nil
}

// markWithin is how much of an undo file is searched for the mark of its run, which is in each line.
const markWithin = 4 << 20

// undoes reports whether the file is the undo file of the run. A spreadsheet may have saved it with another delimiter.
func undoes(name string, began time.Time) bool {
	f, err := files.OpenFile(name, os.O_RDONLY)
	if err != nil {
		return false
	}
	defer f.Close()
	start, err := io.ReadAll(io.LimitReader(f, markWithin))
	mark := `""` + crm.UndoRun + `"":""` + began.UTC().Format(time.RFC3339Nano) + `""`
	return err == nil && bytes.Contains(start, []byte(mark))
}
