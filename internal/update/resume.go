package update

import (
	"context"
	"errors"
	"iter"
	"os"
	"time"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/report"
)

// record returns the record of this run.
func (r *Run) record() (report.RunRecord, error) {
	digest, err := r.input.SHA256()
	return report.RunRecord{
		ID: r.options.ID, Version: r.options.Version, Started: time.Now().UTC(), BaseURL: r.options.Address,
		Input: report.InputFile{Path: r.input.Name(), Size: r.input.Size(), SHA256: digest},
		Options: report.RunOptions{
			Reading: r.reading.String(), Columns: r.reading.Columns(), ClearMarker: r.options.Sheet.ClearMarker,
			EmptyWords: r.options.Sheet.EmptyWords,
			HeaderRow:  r.reading.HeaderRow(),
			State:      r.options.State != "", Compare: r.options.Compare, Force: r.options.Force, IgnoreUnstored: r.options.IgnoreUnstored,
			StageMap: r.options.StageMap, OwnerMap: r.options.OwnerMap,
			OnlyBlank: r.options.Rules.OnlyBlank, Append: r.options.Rules.Append,
			Match: r.reading.Match(), MatchOpen: r.options.MatchOpen},
		Dialect: r.requests.Dialect.Now().Name(),
	}, err
}

// lookBack looks for an earlier run that was not completed, and decides whether this run resumes it. It changes
// nothing yet.
func (r *Run) lookBack(ctx context.Context) error {
	journal := report.JournalPath(r.paths.Results)
	if _, err := os.Stat(journal); errors.Is(err, os.ErrNotExist) || r.options.DryRun {
		return nil
	}
	of, err := report.ReadRunRecord(r.paths.Results)
	if err != nil {
		return err
	}
	mine, err := r.record()
	switch {
	case err != nil:
		return r.named(err)
	case of.Input.SHA256 == "":
		r.events.Warn(reason.New("journal_unrecorded", "file", journal))
		return nil
	case !of.SameRun(mine):
		r.events.Warn(reason.New("journal_of_another", "file", journal))
		return nil
	case r.options.Restart, of.Withheld:
		return nil
	}
	earlier, err := r.readEarlier(ctx, of)
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if err != nil {
		return &JournalError{err}
	}
	if !r.options.Resume {
		return &UnfinishedError{Done: earlier.Tally.Counts().Done, Rows: r.survey.Rows}
	}
	if may := r.options.MayResume; may != nil {
		if err := may(of.ID); err != nil {
			return err
		}
	}
	if d, known := getraze.NewDialect(of.Dialect, false); known {
		r.requests.Dialect.Recall(d)
	}
	r.resumeWindow(of)
	r.again = of.Ended
	r.run.continues(r.paths.Results, r.options.ID, of)
	return r.resume(ctx, earlier)
}

func (r *Run) readEarlier(ctx context.Context, of report.RunRecord) (*report.PreviousRun, error) {
	if of.Ended {
		return report.ReadEndedRun(ctx, r.paths.Results, r.dialect(), r.survey.LastRow)
	}
	return report.ReadPreviousRun(ctx, r.paths.Results, r.dialect(), r.survey.LastRow, r.reading.Undoes())
}

// resume skips the rows that are finished, and surveys those that remain.
func (r *Run) resume(ctx context.Context, earlier *report.PreviousRun) error {
	r.earlier = earlier
	counts := earlier.Tally.Counts()
	r.events.Emit(event.Resumed{
		Done: counts.Done, Rows: r.survey.Rows, ByStatus: counts.ByStatus, ByReason: earlier.ByReason, Requests: earlier.Requests,
	})
	return r.surveyRemaining(ctx)
}

// surveyRemaining is [Run.surveyAgain] for rows that have changed since, or have ids now: it also notes again what
// they name.
func (r *Run) surveyRemaining(ctx context.Context) error {
	repeats := r.survey.Repeats
	err := r.plan(ctx, r.surveyRows)
	r.survey.Repeats = repeats
	return r.named(err)
}

// surveyAgain surveys the rows that remain. Repeated ids are still those of the whole sheet.
func (r *Run) surveyAgain(ctx context.Context) error {
	repeats := r.survey.Repeats
	err := r.plan(ctx, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
		r.survey, err = batch.SurveyRows(rows, "")
		return err
	})
	r.survey.Repeats = repeats
	return r.named(err)
}

// openJournal begins the journal, or continues that of an earlier run. The run's record is on the disk first.
func (r *Run) openJournal() (*report.Journal, *batch.Tally, error) {
	if r.earlier != nil {
		journal, err := r.earlier.Continue(r.options.Words)
		return journal, r.earlier.Tally, err
	}
	name, err := report.SetAsideRun(r.paths.Results)
	if err != nil {
		return nil, nil, err
	}
	if name != "" {
		r.events.Warn(reason.New("set_aside", "file", report.JournalPath(r.paths.Results), "name", name))
	}
	if err := r.run.begin(r.paths.Results); err != nil {
		return nil, nil, err
	}
	journal, err := report.CreateJournal(r.paths.Results, r.dialect(), r.options.Words)
	if err != nil {
		return nil, nil, errors.Join(err, report.RemoveRunRecord(r.paths.Results))
	}
	return journal, batch.NewTally(), nil
}
