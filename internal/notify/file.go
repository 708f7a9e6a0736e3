package notify

import (
	"bytes"
	"errors"
	"io"
	"os"

	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// Kind is a kind of file that this package writes.
type Kind struct {
	mark string      // text near the beginning of each such file
	mode os.FileMode // 0 is the default for our files
}

// The kinds of files. Metrics are read by another user, the one that node_exporter runs as.
var (
	SummaryFile = Kind{mark: `"schema_version":`}
	MetricsFile = Kind{mark: "# HELP razebulk_", mode: 0o644}
	PageFile    = Kind{mark: `content="razebulk report"`}
)

// Check fails if the file exists and is of another kind: it must not be replaced. Its error is a [reason.Reason], or
// that of reading the file.
func (k Kind) Check(path string) error {
	if err := files.CheckReplaceable(path); err != nil {
		return err
	}
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	start, err := io.ReadAll(io.LimitReader(f, 100))
	if err == nil && len(start) > 0 && !bytes.Contains(start, []byte(k.mark)) {
		err = reason.New("not_a_report", "file", path)
	}
	return err
}

// Write atomically replaces the file's content with the text.
func (k Kind) Write(path string, text []byte) error {
	f, err := files.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil && k.mode != 0 {
		err = f.Chmod(k.mode)
	}
	if err != nil {
		f.Discard()
		return err
	}
	return f.Commit()
}
