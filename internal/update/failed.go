package update

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/files"
	"razebulk/report"
)

// writeFailed writes the rows that failed as they stand in the sheet: it goes through the sheet and the results side by
// side.
func (r *Run) writeFailed() error {
	opened, err := r.open()
	if err != nil {
		return err
	}
	defer opened.Close()
	results, err := files.OpenFile(r.paths.Results, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer results.Close()
	file, err := files.Create(r.paths.Failed)
	if err != nil {
		return err
	}
	if err := copyFailed(file, opened, report.Outcomes(results, r.dialect())); err != nil {
		file.Discard()
		return fmt.Errorf("%s: %w", r.paths.Failed, err)
	}
	return file.Commit()
}

func copyFailed(to io.Writer, sheet *csvmap.Sheet, outcomes iter.Seq2[report.Outcome, error]) (err error) {
	buffered := bufio.NewWriter(to)
	rows, err := sheet.NewCopy(buffered, crm.StatusColumn, crm.MessageColumn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close(), buffered.Flush()) }()
	nextRow, stop := iter.Pull2(sheet.Originals())
	defer stop()
	for outcome, err := range outcomes {
		if err != nil {
			return err
		}
		if !outcome.Status.NeedsAttention() {
			continue
		}
		row, err, ok := nextRow()
		for ; ok && err == nil && row.Number < outcome.Row; row, err, ok = nextRow() {
		}
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("row %d is no longer in the sheet", outcome.Row)
		}
		if err := rows.Add(row, outcome.Cells()...); err != nil {
			return err
		}
	}
	return nil
}
