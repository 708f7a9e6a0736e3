package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"razebulk/internal/reason"
)

// OpenFile is [os.OpenFile] for a file next to the sheet, where others may have planted something under its name. It
// opens only regular files, follows no link, and never waits for the other end of a pipe. Only the owner can read a
// file that it creates.
func OpenFile(path string, flag int) (*os.File, error) {
	if err := checkRegular(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, flag|noFollow, 0o600)
	if err != nil && flag&os.O_CREATE != 0 {
		err = notCreated(path, err)
	}
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, f.Close(), notAFile(path))
	}
	return f, nil
}

// checkRegular fails if the path is a link, a directory, a pipe or a device.
func checkRegular(path string) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return notAFile(path)
	}
	return nil
}

func notAFile(path string) error { return reason.New("not_a_file", "file", path) }

// notCreated returns why a file can't be created. If the folder is the cause, the error names the folder.
func notCreated(path string, err error) error {
	folder := filepath.Dir(path)
	if absolute, err := filepath.Abs(folder); err == nil {
		folder = absolute
	}
	switch {
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return reason.New("folder_not_writable", "file", path, "folder", folder).Because(CauseOf(err))
	case errors.Is(err, fs.ErrNotExist):
		return reason.New("folder_missing", "file", path, "folder", folder).Because(CauseOf(err))
	}
	return err
}

// CauseOf returns the error without the name of the file, which may be a name that only this program knows, or one that
// the message already has.
func CauseOf(err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}
