package cli

import (
	"fmt"
	"io"
	"os"
)

// input is the sheet as a file that can be read several times.
type input struct {
	file *os.File
	name string // as messages call it
	temp bool
}

// openInput opens path, or standard input for "-". What can't be read twice, such as a pipe, is first copied to a
// temporary file that only its owner can read.
func openInput(path string, stdin io.Reader) (*input, error) {
	if path == "-" {
		return spool(stdin, "standard input")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = fmt.Errorf("%s: is a directory", path)
	case info.Mode().IsRegular():
		return &input{file: f, name: path}, nil
	}
	defer f.Close()
	if err != nil {
		return nil, err
	}
	return spool(f, path)
}

func spool(from io.Reader, name string) (*input, error) {
	f, err := os.CreateTemp("", "razebulk-input-*")
	if err != nil {
		return nil, err
	}
	in := &input{file: f, name: name, temp: true}
	if _, err := io.Copy(f, from); err != nil {
		in.close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return in, nil
}

// fromStart makes the input be read from its first byte again.
func (in *input) fromStart() (io.Reader, error) {
	_, err := in.file.Seek(0, io.SeekStart)
	return in.file, err
}

func (in *input) close() {
	_ = in.file.Close()
	if in.temp {
		_ = os.Remove(in.file.Name())
	}
}
