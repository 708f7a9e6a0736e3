package work

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// Drop takes a sheet with this name, as a browser gives it, and reads its columns. A sheet that was dropped before
// gets the same folder again, so that its run can be resumed.
func (w *Work) Drop(name string, content io.Reader) error {
	w.mu.Lock()
	serial, step := w.view.Serial, w.view.Step
	w.mu.Unlock()
	if step == Preparing || step == Sending {
		return reason.New("ui_busy")
	}
	path, err := w.keep(SheetName(name), content)
	if err != nil {
		return err
	}
	return w.open(serial, path)
}

// keep writes the sheet to its folder.
func (w *Work) keep(name string, content io.Reader) (string, error) {
	if err := os.MkdirAll(w.o.Folder, 0o700); err != nil {
		return "", err
	}
	file, err := os.CreateTemp(w.o.Folder, uploadPrefix+"*")
	if err != nil {
		return "", err
	}
	defer os.Remove(file.Name()) // does nothing once the file has its name
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, sum), content)
	if err = errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	if size == 0 {
		return "", reason.New("ui_no_file")
	}
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	code := hex.EncodeToString(sum.Sum(nil))
	folder := filepath.Join(w.o.Folder, stem+"-"+code[:8])
	path := filepath.Join(folder, name)
	if isSame(path, code) {
		now := time.Now()
		return path, os.Chtimes(folder, now, now) // the same sheet, in use again
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	return path, os.Rename(file.Name(), path)
}

// isSame reports whether the file has the content with this SHA-256.
func isSame(path, sum string) bool {
	file, err := files.OpenInput(context.Background(), path, nil)
	if err != nil {
		return false
	}
	defer file.Close()
	held, err := file.SHA256()
	return err == nil && held == sum
}

const maxName = 80

// SheetName turns a browser's name for a file into one that every system accepts.
func SheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(baseName(name), "_"))
	extension := strings.ToLower(filepath.Ext(name))
	stem := []rune(strings.Trim(strings.TrimSuffix(name, filepath.Ext(name)), ". "))
	switch extension {
	case ".csv", ".xlsx", ".xlsm", ".txt", ".tsv":
	default:
		stem, extension = append(stem, []rune(strings.ReplaceAll(extension, ".", "_"))...), ".csv"
	}
	if len(stem) > maxName {
		stem = stem[:maxName]
	}
	if text := string(stem); text != "" && !isDevice(text) {
		return text + extension
	}
	return "sheet" + extension
}

// isDevice reports whether Windows reserves the name for a device.
func isDevice(stem string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(stem), ".")
	switch base {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(base) == 4 && (strings.HasPrefix(base, "COM") || strings.HasPrefix(base, "LPT"))
}
