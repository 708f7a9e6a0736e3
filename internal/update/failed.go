package update

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

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
	last, isMarked, err := r.readBack()
	if err != nil {
		return err
	}
	file, err := files.Create(r.paths.Failed)
	if err != nil {
		return besideSheet(err)
	}
	if err := copyFailed(ctx, files.WriterUntil(ctx, file), opened, r.warned(outcomes, last), isMarked); err != nil {
		file.Discard()
		return fmt.Errorf("%s: %w", r.paths.Failed, err)
	}
	name, err := file.Replace(r.again)
	r.noteSetAside(r.paths.Failed, name)
	return err
}

// readBack reads the results once for what a failed row alone doesn't show: the row of each repeated id that was stored
// last (the rows of an undo file are sent backwards), and whether a failed row was refused for what the failed file no
// longer shows.
func (r *Run) readBack() (last map[string]int, isMarked bool, err error) {
	outcomes, closeResults, err := report.ReadResults(r.paths.Results, r.dialect())
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = closeResults() }() // only read
	last = map[string]int{}
	repeats := r.survey.Repeats.Rows > 0
	for o, err := range outcomes {
		if err != nil {
			return nil, false, err
		}
		isMarked = isMarked || o.Status.NeedsAttention() && csvmap.NeedsMark(o.Reasons)
		if isMarked && !repeats {
			break
		}
		isStored := o.Status == batch.Success || o.Status == batch.Unchanged || o.Status == batch.NotApplied
		if !isStored || !repeats || !r.survey.Repeats.Has(o.ID) {
			continue
		}
		id := crm.IDKey(o.ID)
		if _, found := last[id]; !found || !r.reading.Undoes() {
			last[strings.Clone(id)] = o.Row // the id is a part of the whole line
		}
	}
	return last, isMarked, nil
}

// warned adds to the message of a failed row that sending it may replace what a row that was sent after it has stored.
func (r *Run) warned(outcomes iter.Seq2[report.Outcome, error], last map[string]int) iter.Seq2[report.Outcome, error] {
	return func(yield func(report.Outcome, error) bool) {
		for o, err := range outcomes {
			row, found := last[crm.IDKey(o.ID)]
			if found && row != o.Row && (row > o.Row) != r.reading.Undoes() {
				o.Message += "; " + r.options.Words(reason.New("row_stored_after", "row", row))
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

func copyFailed(ctx context.Context, to io.Writer, sheet *csvmap.Sheet, outcomes iter.Seq2[report.Outcome, error], isMarked bool) (err error) {
	buffered := bufio.NewWriter(to)
	names := []string{crm.StatusColumn, crm.MessageColumn}
	if isMarked {
		names = append(names, crm.RefusedColumn)
	}
	rows, err := sheet.NewCopy(buffered, names...)
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
			return reason.New("sheet_row_gone", "row", outcome.Row)
		}
		cells := outcome.Cells()
		if isMarked {
			cells = append(cells, rows.Mark(row, outcome.Reasons))
		}
		if err := rows.Add(row, cells...); err != nil {
			return err
		}
	}
	return nil
}
