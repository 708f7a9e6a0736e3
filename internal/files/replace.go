package files

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// Replace is like [File.Commit], but sets the existing file aside and returns its new name. Again reports that the
// existing file may be an earlier copy of this one: if it has the same content, it is replaced instead.
func (f *File) Replace(again bool) (setAside string, err error) {
	same := false
	if again {
		same, err = sameContent(f.Name(), f.path)
	}
	if err == nil && !same {
		setAside, err = SetAside(f.path)
	}
	if err != nil {
		f.Discard()
		return "", err
	}
	return setAside, f.Commit()
}

// sameContent reports whether two files have the same content; it returns false if b is missing.
func sameContent(a, b string) (bool, error) {
	infoA, err := os.Stat(a)
	if err != nil {
		return false, err
	}
	infoB, err := os.Stat(b)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !infoB.Mode().IsRegular() || infoA.Size() != infoB.Size():
		return false, nil
	}
	fileA, err := os.Open(a)
	if err != nil {
		return false, err
	}
	defer fileA.Close()
	fileB, err := os.Open(b)
	if err != nil {
		return false, err
	}
	defer fileB.Close()
	return sameText(fileA, fileB)
}

func sameText(a, b io.Reader) (bool, error) {
	blockA, blockB := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		nA, errA := io.ReadFull(a, blockA)
		nB, errB := io.ReadFull(b, blockB)
		ended := errors.Is(errA, io.EOF) || errors.Is(errA, io.ErrUnexpectedEOF)
		switch {
		case !bytes.Equal(blockA[:nA], blockB[:nB]):
			return false, nil
		case ended:
			return true, nil
		case errA != nil || errB != nil:
			return false, errors.Join(errA, errB)
		}
	}
}
