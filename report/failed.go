package report

import (
	"encoding/csv"
	"slices"
)

// Dialect is how the input was written, so that its failed rows can be written the same way.
type Dialect struct {
	Delimiter rune
	BOM       bool
}

// FailedFile is the input again, only with the rows that failed, and two more columns that say why. Its cells are the
// input's own, untouched, so that it can be mended and used as input.
type FailedFile struct {
	file    *beside
	writer  *csv.Writer
	columns int
}

// CreateFailed begins the file: the input's header, and the names of the two columns. It takes its name with
// [FailedFile.Commit].
func CreateFailed(path string, dialect Dialect, header []string, statusColumn, messageColumn string) (*FailedFile, error) {
	file, err := createBeside(path)
	if err != nil {
		return nil, err
	}
	f := &FailedFile{file: file, writer: csv.NewWriter(file), columns: len(header)}
	f.writer.Comma = dialect.Delimiter
	if dialect.BOM {
		if _, err := file.WriteString(utf8BOM); err != nil {
			f.Discard()
			return nil, err
		}
	}
	if err := f.writer.Write(slices.Concat(header, []string{statusColumn, messageColumn})); err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

// Add writes a row: its own cells, filled up to the header's width if it has fewer, then the outcome.
func (f *FailedFile) Add(cells []string, o Outcome) error {
	missing := max(0, f.columns-len(cells))
	status, _ := cell(o.Status).MarshalCSV()
	message, _ := cell(o.Message).MarshalCSV()
	return f.writer.Write(slices.Concat(cells, make([]string, missing), []string{status, message}))
}

// Commit puts the file in place.
func (f *FailedFile) Commit() error {
	f.writer.Flush()
	if err := f.writer.Error(); err != nil {
		f.file.discard()
		return err
	}
	return f.file.commit()
}

// Discard removes what was written.
func (f *FailedFile) Discard() { f.file.discard() }
