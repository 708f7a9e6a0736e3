package update

import (
	"context"
	"iter"
	"slices"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/run"
)

// sheet is the input of a run, read and checked.
type sheet struct {
	input   *files.Input
	reading *csvmap.Reading
	survey  batch.Survey // of the rows that remain
	rows    int          // including those that an earlier run has finished
	given   []string     // the fields that rows give
	names   names

	matching matching
}

// readSheet reads the whole sheet. It must be closed.
func readSheet(ctx context.Context, o Options, events *run.Events) (*sheet, error) {
	opened, stop := events.FollowInput(event.Checking, files.NameOf(o.File))
	defer stop()
	input, err := o.input(ctx)
	if err != nil {
		return nil, err
	}
	opened(input)
	s := &sheet{input: input, names: newNames(o)}
	input.Until(ctx)
	s.reading, err = csvmap.Inspect(input, input.Size(), o.Sheet, func(rows iter.Seq2[csvmap.Row, error]) error {
		return s.surveyRows(until(ctx, rows))
	})
	if digest, err := input.SHA256(); err == nil {
		events.Emit(event.Opened{Name: input.Name(), SHA256: digest})
	}
	if cause := context.Cause(ctx); cause != nil {
		s.close()
		return nil, cause
	}
	if err != nil {
		s.close()
		return nil, &SheetError{Name: input.Name(), Cause: err}
	}
	s.rows = s.survey.Rows
	return s, nil
}

func (o Options) input(ctx context.Context) (*files.Input, error) {
	if o.Content != nil {
		return files.Spool(o.Content, o.File)
	}
	return files.OpenInput(ctx, o.File, o.Stdin)
}

// surveyRows surveys rows that have not been compared with anything yet, and notes what they give and name.
func (s *sheet) surveyRows(rows iter.Seq2[csvmap.Row, error]) (err error) {
	s.given = nil
	s.names.reset()
	s.survey, err = batch.SurveyRows(s.noting(rows), "")
	return err
}

// noting notes which fields the rows give, and what they name.
func (s *sheet) noting(rows iter.Seq2[csvmap.Row, error]) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for row, err := range rows {
			for _, cell := range row.Cells {
				if !slices.Contains(s.given, cell.Field) {
					s.given = append(s.given, cell.Field)
				}
				if (cell.Field == crm.Owner || cell.Field == crm.Status) && len(row.Problems) == 0 {
					s.names.add(row, cell)
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// gives reports whether a row of the sheet gives one of the fields.
func (s *sheet) gives(fields ...string) bool {
	return slices.ContainsFunc(fields, func(field string) bool { return slices.Contains(s.given, field) })
}

func (s *sheet) close() {
	if s.reading != nil {
		_ = s.reading.Close()
	}
	s.input.Close()
}

func (s *sheet) open() (*csvmap.Sheet, error) {
	opened, err := s.reading.Open()
	if err != nil {
		return nil, &SheetError{Name: s.input.Name(), Cause: err}
	}
	return opened, nil
}

// each calls do with the wanted rows of the sheet, until ctx ends. Rows of an undo file come from last to first: if a
// run has changed an opportunity twice, it is undone step by step.
func (s *sheet) each(ctx context.Context, wanted func(row int) bool, do func(iter.Seq2[csvmap.Row, error]) error) error {
	opened, err := s.open()
	if err != nil {
		return err
	}
	defer opened.Close()
	rows := until(ctx, opened.Rows())
	if s.reading.Undoes() {
		rows = backward(rows)
	}
	return do(s.resolved(s.matched(only(wanted, rows))))
}

// plan calls do with the rows that remain, before anything is sent. do must read all of them; plan emits the progress.
func (r *Run) plan(ctx context.Context, do func(iter.Seq2[csvmap.Row, error]) error) error {
	return r.pass(ctx, r.remains, do)
}

// pass does the same with the rows that are wanted.
func (r *Run) pass(ctx context.Context, wanted func(row int) bool, do func(iter.Seq2[csvmap.Row, error]) error) error {
	return r.each(ctx, wanted, func(rows iter.Seq2[csvmap.Row, error]) error {
		return do(func(yield func(csvmap.Row, error) bool) {
			defer r.events.Follow(func() event.Progress { return run.ProgressIn(r.input, event.Planning, r.input.Name()) })()
			rows(yield)
		})
	})
}

// until yields the rows until ctx ends; then it yields the cause as the last error.
func until(ctx context.Context, rows iter.Seq2[csvmap.Row, error]) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				err = context.Cause(ctx)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// only yields the rows whose numbers are wanted.
func only(wanted func(row int) bool, rows iter.Seq2[csvmap.Row, error]) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for row, err := range rows {
			if (err != nil || wanted(row.Number)) && !yield(row, err) {
				return
			}
		}
	}
}

// backward reads all rows of an undo file and yields them from last to first. Each undoes everything that the run has
// sent to its opportunity.
func backward(rows iter.Seq2[csvmap.Row, error]) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		var all []csvmap.Row
		sent := map[string][]csvmap.Cell{} // by id
		for row, err := range rows {
			if err != nil {
				yield(csvmap.Row{}, err)
				return
			}
			row.Cells = slices.Clone(row.Cells)
			all = append(all, row)
			sent[crm.IDKey(row.ID)] = append(sent[crm.IDKey(row.ID)], row.Undoes...)
		}
		for _, row := range slices.Backward(all) {
			row.Undoes = sent[crm.IDKey(row.ID)]
			if !yield(row, nil) {
				return
			}
		}
	}
}
