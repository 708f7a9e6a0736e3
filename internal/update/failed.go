package update

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/report"
)

// writeFailed writes the failed rows as they are in the sheet. It reads the sheet and the results side by side.
func (r *Run) writeFailed(ctx context.Context) error {
	r.input.Until(ctx)
	opened, err := r.open()
	if err != nil {
		return err
	}
	defer opened.Close()
	outcomes, closeResults, err := report.ReadResults(r.paths.Results, r.dialect())
	if err != nil {
		return err
	}
	defer func() { _ = closeResults() }() // only read
	replacing, err := r.replacing()
	if err != nil {
		return err
	}
	file, err := files.Create(r.paths.Failed)
	if err != nil {
		return besideSheet(err)
	}
	if err := copyFailed(ctx, files.WriterUntil(ctx, file), opened, r.warned(outcomes, replacing)); err != nil {
		file.Discard()
		return fmt.Errorf("%s: %w", r.paths.Failed, err)
	}
	name, err := file.Replace(r.again)
	r.noteSetAside(r.paths.Failed, name)
	return err
}

// replacing returns the failed rows whose values would replace those of a later row of the same opportunity, with the
// number of the first such row that was stored.
func (r *Run) replacing() (map[int]int, error) {
	repeats := r.Repeats()
	if repeats.Rows == 0 {
		return nil, nil
	}
	outcomes, closeResults, err := report.ReadResults(r.paths.Results, r.dialect())
	if err != nil {
		return nil, err
	}
	defer func() { _ = closeResults() }() // only read
	failed, replacing := map[string][]int{}, map[int]int{}
	for o, err := range outcomes {
		if err != nil {
			return nil, err
		}
		if !repeats.Has(o.ID) {
			continue
		}
		id := crm.IDKey(o.ID)
		if o.Status == batch.Success || o.Status == batch.Unchanged || o.Status == batch.NotApplied {
			for _, row := range failed[id] {
				replacing[row] = o.Row
			}
			delete(failed, id)
		}
		if o.Status.NeedsAttention() {
			failed[id] = append(failed[id], o.Row)
		}
	}
	return replacing, nil
}

// warned adds to the message of each such row what sending it would replace.
func (r *Run) warned(outcomes iter.Seq2[report.Outcome, error], replacing map[int]int) iter.Seq2[report.Outcome, error] {
	return func(yield func(report.Outcome, error) bool) {
		for o, err := range outcomes {
			if later, replaces := replacing[o.Row]; replaces {
				o.Message += "; " + r.options.Words(reason.New("later_row_stored", "row", later))
			}
			if !yield(o, err) {
				return
			}
		}
	}
}

// besideSheet returns the error of a file that can't be created in the sheet's folder, which no option changes.
func besideSheet(err error) error {
	var why reason.Reason
	if errors.Is(err, reason.New("folder_not_writable")) && errors.As(err, &why) {
		return reason.New("sheet_folder_not_writable", "file", why.Params["file"], "folder", why.Params["folder"]).Because(why.Cause)
	}
	return err
}

func copyFailed(ctx context.Context, to io.Writer, sheet *csvmap.Sheet, outcomes iter.Seq2[report.Outcome, error]) (err error) {
	buffered := bufio.NewWriter(to)
	rows, err := sheet.NewCopy(buffered, crm.StatusColumn, crm.MessageColumn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close(), buffered.Flush()) }()
	nextRow, stop := iter.Pull2(sheet.Originals())
	defer stop()
	for outcome, err := range outcomes {
		if err := cmp.Or(err, context.Cause(ctx)); err != nil {
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
