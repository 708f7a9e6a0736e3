package update

import (
	"context"
	"errors"
	"iter"
	"os"

	"razebulk/batch"
	"razebulk/batch/dialect"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/ledger"
	"razebulk/internal/reason"
)

// learn reads what is already stored and what names in the sheet mean, and plans again what remains to be sent.
func (r *Run) learn(ctx context.Context) error {
	r.known = &batch.Known{Force: r.options.Force, Dialect: r.requests.Dialect, IgnoreUnstored: r.options.IgnoreUnstored, Rules: r.options.Rules}
	if r.earlier != nil {
		r.known.Tried = r.earlier.Tried
	}
	if r.Withheld() { // reading would be pointless
		return nil
	}
	if err := r.openLedger(); err != nil {
		return err
	}
	if err := r.match(ctx); err != nil || r.Withheld() {
		return err
	}
	if r.gives(crm.Status, crm.Owner) {
		r.names.resolving, r.names.resolver.Dialect, r.names.resolver.OwnerIDs = true, r.requests.Dialect.Now(), r.reading.HasOwnerIDs()
	}
	r.known.Misplaced = r.names.misplaced
	r.showMatched()
	for _, step := range []func(context.Context) error{r.readCurrent, r.detect, r.refuseTitles, r.resolve} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if r.Withheld() {
		return nil
	}
	if r.isSurveyed() {
		return r.takeFirst(ctx)
	}
	return r.applyKnown(ctx)
}

// isSurveyed reports whether the survey is still valid: nothing that is known about the opportunities or the service
// shrinks or refuses a row.
func (r *Run) isSurveyed() bool {
	if r.known.Ledger != nil || r.known.Current != nil {
		return false
	}
	now, isPlain := r.requests.Dialect.Now(), r.survey.Repeats.Rows == 0 && !r.reading.Undoes()
	return !now.Known() || isPlain && dialect.StoresAll(now, r.given)
}

// applyKnown surveys the rows as shrunk by what is known.
func (r *Run) applyKnown(ctx context.Context) error {
	if r.known.Ledger != nil || r.known.Current.HasContacts() { // otherwise no contact is known
		err := r.plan(ctx, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
			r.survey.Contacts, err = r.known.SharedContacts(rows, "")
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := r.takeFirst(ctx); err != nil {
		return err
	}
	err := r.plan(ctx, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
		r.survey, err = r.survey.Against(rows, r.known)
		return err
	})
	r.warn(r.survey)
	return err
}

// warn reports what a run does besides what the sheet says.
func (r *Run) warn(s batch.Survey) {
	if s.Titles > 0 {
		r.events.Warn(reason.New("titles_overwritten", "rows", s.Titles))
	}
	if c := s.Clashes; c.Rows > 0 && !r.reading.Undoes() { // a run is undone step by step
		r.events.Warn(reason.New("contact_rows_differ", "rows", c.Rows, "first", c.First, "second", c.Second, "field", c.Field))
	}
}

// openLedger opens the state file. A dry run does not create one.
func (r *Run) openLedger() (err error) {
	if r.options.State == "" {
		return nil
	}
	if _, err := os.Stat(r.options.State); r.options.DryRun && errors.Is(err, os.ErrNotExist) {
		return nil
	}
	r.known.Ledger, err = ledger.Open(r.options.State, ledger.Binding{BaseURL: r.options.Address, Key: r.options.Requests.API.Key})
	return err
}

// readCurrent reads what the opportunities of the sheet hold, if this is to be compared.
func (r *Run) readCurrent(ctx context.Context) error {
	if !r.options.Compare {
		return nil
	}
	reader := r.reader()
	if m := r.matching; m.found {
		reader.Seen, reader.OnlyUUIDs = m.finder.Held, m.onlyUUIDs
	}
	defer reader.Stop()
	var reading batch.Reading
	err := r.plan(ctx, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
		reading, err = reader.ReadCurrent(ctx, r.abort(), rows, r.known, reader.Began)
		return err
	})
	if err != nil {
		return &ReadingError{err}
	}
	reader.Stop()
	if !r.matching.found {
		r.names.pages, r.names.total = reading.Pages, reading.ListPages
	}
	r.events.Emit(event.Compared{Reading: reading})
	return nil
}

// closeLedger closes the state file. Closing it again does nothing.
func (r *Run) closeLedger() error {
	if r.known == nil || r.known.Ledger == nil {
		return nil
	}
	err := r.known.Ledger.Close()
	r.known.Ledger = nil
	return err
}
