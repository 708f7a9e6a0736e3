package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"razebulk/internal/files"
)

// Finish puts the lines of a journal, which is of this dialect, in the order of the input and into place as the file results. A results file of an earlier
// run is set aside first; its new name is returned, or "". If a row was recorded more than once, its newest line counts. The
// memory that Finish takes doesn't grow with the number of rows. The journal stays until [EndRun].
func Finish(results string, d Dialect) (setAside string, err error) {
	journal, err := os.Open(JournalPath(results))
	if err != nil {
		return "", err
	}
	defer journal.Close()
	out, err := files.Create(results)
	if err != nil {
		return "", err
	}
	if err := sortInto(out, journal, d); err != nil {
		out.Discard()
		return "", fmt.Errorf("results can't be put in order: %w", err)
	}
	if setAside, err = files.SetAside(results); err != nil {
		out.Discard()
		return "", err
	}
	return setAside, out.Commit()
}

// EndRun removes the journal and the record of a run that has nothing left to do.
func EndRun(results string) error {
	return errors.Join(os.Remove(JournalPath(results)), RemoveRunRecord(results))
}

func sortInto(out io.Writer, journal *os.File, d Dialect) error {
	x, err := newIndex(filepath.Dir(journal.Name()))
	if err != nil {
		return err
	}
	defer x.close()
	for o, err := range Outcomes(journal, d) {
		if err != nil {
			return err
		}
		if err := x.put(o.Row, o.place); err != nil {
			return err
		}
	}
	header, err := newEncoder(d).header([]line{})
	if err != nil {
		return err
	}
	w := bufio.NewWriter(struct{ io.Writer }{out}) // a file's own ReadFrom would go around the buffer
	if _, err := w.Write(header); err != nil {
		return err
	}
	for e, err := range x.entries() {
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, io.NewSectionReader(journal, e.Offset, e.Length)); err != nil {
			return err
		}
	}
	return w.Flush()
}
