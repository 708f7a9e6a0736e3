package history

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// File is a history. Several processes may use it at the same time.
type File struct{ path string }

// Open returns the user's history. It creates and reads nothing. Its error, a [reason.Reason], means that the user has
// no folder for it.
func Open() (*File, error) {
	folder, err := stateFolder(runtime.GOOS, os.Getenv, os.UserHomeDir)
	if err != nil {
		return nil, reason.New("no_state_folder").Because(err)
	}
	return In(filepath.Join(folder, "razebulk")), nil
}

// In returns the history in a folder.
func In(folder string) *File { return &File{filepath.Join(folder, "runs.jsonl")} }

// stateFolder returns the folder where the user's programs keep their state (XDG Base Directory Specification).
func stateFolder(system string, env func(string) string, home func() (string, error)) (string, error) {
	if system == "windows" && env("LocalAppData") != "" {
		return env("LocalAppData"), nil
	}
	if folder := env("XDG_STATE_HOME"); filepath.IsAbs(folder) { // the specification says to ignore relative paths
		return folder, nil
	}
	folder, err := home()
	return filepath.Join(folder, ".local", "state"), err
}

// Path returns the path of the file.
func (f *File) Path() string { return f.path }

// Append adds a line for the run, with one write, so that lines of several processes don't mix. It creates the folder
// if it is missing. Only the user can read the file.
func (f *File) Append(r Run) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	file, err := files.OpenFile(f.path, os.O_RDWR|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return err
	}
	if !endsLine(file) { // left by a run that was killed while writing
		text = append([]byte{'\n'}, text...)
	}
	_, err = file.Write(append(text, '\n'))
	return errors.Join(err, file.Sync(), file.Close())
}

// endsLine reports whether the file is empty or its last line is complete.
func endsLine(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return true
	}
	var last [1]byte
	_, err = f.ReadAt(last[:], info.Size()-1)
	return err != nil || last[0] == '\n'
}

// Read returns all runs, in the order in which they began, and the number of lines that could not be parsed. A missing
// file has no runs.
func (f *File) Read() (runs Runs, damaged int, err error) {
	file, err := files.OpenFile(f.path, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	places := map[string]int{}
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 && !runs.take(line, places) {
			damaged++
		}
		if errors.Is(err, io.EOF) {
			return runs, damaged, nil
		}
		if err != nil {
			return runs, damaged, err
		}
	}
}

// take adds a line. It reports whether the line describes a run.
func (rs *Runs) take(line []byte, places map[string]int) bool {
	var r Run
	if json.Unmarshal(line, &r) != nil || r.ID == "" {
		return false
	}
	if place, known := places[r.ID]; known {
		(*rs)[place] = (*rs)[place].after(r)
		return true
	}
	places[r.ID] = len(*rs)
	*rs = append(*rs, r)
	return true
}
