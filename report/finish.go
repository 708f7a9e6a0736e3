package report

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// Finish writes the results file, which by its name is a CSV file or a workbook, from its journal in this dialect: the
// latest line of each row, in the order of the input. A results file of an earlier run is set aside first, and its new
// name is returned. Again reports that this run was killed at its end: the results file may be its own, in which case
// it is replaced. The memory that Finish needs doesn't grow with the number of rows. The journal stays until [EndRun].
// It must have been begun or continued by this version. When ctx is done, Finish fails with its cause and changes
// nothing.
func Finish(ctx context.Context, results string, d Dialect, again bool) (setAside string, err error) {
	journal, err := files.OpenFile(JournalPath(results), os.O_RDONLY)
	if err != nil {
		return "", err
	}
	defer journal.Close()
	out, err := files.Create(results)
	if err != nil {
		return "", err
	}
	if err := sortInto(ctx, out, journal, d); err != nil {
		out.Discard()
		if ctx.Err() != nil {
			return "", context.Cause(ctx)
		}
		return "", reason.New("results_not_sorted").Because(err)
	}
	if IsBook(results) {
		if out, err = asBook(ctx, results, out, d); err != nil {
			return "", err
		}
	}
	return out.Replace(again)
}

// EndRun removes the journal and the record of a completed run.
func EndRun(results string) error {
	return errors.Join(os.Remove(JournalPath(results)), RemoveRunRecord(results))
}

func sortInto(ctx context.Context, out io.Writer, journal *os.File, d Dialect) error {
	x, err := newIndex(filepath.Dir(journal.Name()))
	if err != nil {
		return err
	}
	defer x.close()
	for o, err := range Outcomes(journal, d) {
		if err := cmp.Or(err, context.Cause(ctx)); err != nil {
			return err
		}
		if err := x.put(o.Row, o.place); err != nil {
			return err
		}
	}
	w := bufio.NewWriter(files.WriterUntil(ctx, out))
	if _, err := w.WriteString(d.headerLine(columns)); err != nil {
		return err
	}
	lines := window{file: journal}
	for e, err := range x.entries() {
		if err != nil {
			return err
		}
		text, err := lines.part(e)
		if err != nil {
			return err
		}
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	return w.Flush()
}
