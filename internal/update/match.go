package update

import (
	"context"
	"iter"
	"slices"

	"razebulk/batch"
	"razebulk/batch/coverage"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/match"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/wholelist"
)

// matching finds the opportunities of rows without an id.
type matching struct {
	finder    *match.Finder // nil while nothing is to be found
	found     bool          // it has seen everything there is
	onlyUUIDs bool          // see [batch.Reader]
	pages     int           // pages of the list that were read
	searches  int
}

// match finds the opportunities of the remaining rows without an id. From then on these rows get their ids. It
// surveys the rows again.
func (r *Run) match(ctx context.Context) error {
	m := &r.matching
	if r.reading.Match() == nil {
		return nil
	}
	finder := match.New(r.reading.Match(), r.fieldsToKeep(), r.options.MatchOpen)
	if err := r.collectValues(ctx, finder); err != nil {
		return r.named(err)
	}
	if finder.Remaining() == 0 {
		return nil
	}
	m.finder = finder
	if err := r.findMatches(ctx); err != nil {
		return &ReadingError{err}
	}
	if fields := finder.Unreported(); fields != nil {
		return r.named(reason.New("match_field_unreported", "fields", fields))
	}
	m.found = true
	return r.surveyMatched(ctx)
}

// fieldsToKeep returns the fields of an opportunity that are compared, and its stage, in whose pipeline names are
// looked up.
func (r *Run) fieldsToKeep() []string {
	fields := []string{crm.Status}
	if r.options.Compare {
		fields = append(fields, r.given...)
	}
	return fields
}

// collectValues adds all rows that could be sent. Those that an earlier run has finished show which ids repeat.
func (r *Run) collectValues(ctx context.Context, finder *match.Finder) error {
	return r.pass(ctx, all, func(rows iter.Seq2[csvmap.Row, error]) error {
		for row, err := range rows {
			if err != nil {
				return err
			}
			if isSent(row) {
				finder.Want(row, r.remains(row.Number))
			}
		}
		return nil
	})
}

func all(int) bool { return true }

// isSent reports whether a row has something to send, so that its opportunity matters.
func isSent(row csvmap.Row) bool { return len(row.Problems) == 0 && len(row.Cells) > 0 }

// findMatches reads the whole list, or searches for the values one by one, whichever takes fewer requests. It also
// reads what is compared with the sheet later.
func (r *Run) findMatches(ctx context.Context) error {
	m, reader := &r.matching, r.reader()
	defer reader.Stop()
	if done, err := r.searchOnly(ctx, reader); done || err != nil {
		return err
	}
	reader.Began(1)
	first, err := reader.First(ctx, r.abort(), getraze.ListQuery{})
	if err != nil {
		return err
	}
	m.pages, r.names.pages, r.names.total = 1, 1, first.TotalPages
	m.onlyUUIDs = coverage.OnlyUUIDs(first)
	m.finder.See(first.Opportunities...)
	if done, err := r.search(ctx, reader, first.TotalPages-1); done || err != nil {
		return err
	}
	m.pages = max(1, first.TotalPages)
	reader.Began(m.pages + m.searches)
	list := wholelist.New(reader, func(pages int) {
		m.pages += pages
		reader.Began(m.pages + m.searches)
	})
	err = list.Read(ctx, r.abort(), getraze.ListQuery{}, first, func(news []getraze.Opportunity) error {
		m.finder.See(news...)
		return nil
	})
	if err == nil {
		m.finder.SeenAll()
		r.names.pages = first.TotalPages
	}
	return err
}

// searchOnly searches without reading the list if a single value is all that is to be read.
func (r *Run) searchOnly(ctx context.Context, reader *run.Reader) (done bool, err error) {
	if r.matching.finder.Remaining() > 1 {
		return false, nil
	}
	return r.search(ctx, reader, 2)
}

// search searches for all values, if that takes fewer requests than pages. It gives up if a search shows only part of
// the matches.
func (r *Run) search(ctx context.Context, reader *run.Reader, pages int) (done bool, err error) {
	m := &r.matching
	searches, ok := m.finder.Searches(r.requests.Dialect.Now())
	others := 0
	if r.options.Compare { // they are read one by one
		others = m.finder.UnseenIDs()
	}
	if !ok || len(searches)+others >= pages {
		return false, nil
	}
	for _, s := range searches {
		m.searches++
		reader.Began(m.pages + m.searches)
		page, err := reader.First(ctx, r.abort(), getraze.ListQuery{Search: s.Text})
		if err != nil || !m.finder.Searched(s, page) {
			return false, err
		}
	}
	return true, nil
}

// surveyMatched surveys the rows with the ids that were found. Repeated ids are those of the whole sheet.
func (r *Run) surveyMatched(ctx context.Context) error {
	rows, found := 0, 0
	count := func(row csvmap.Row) {
		if len(row.Match) > 0 && r.remains(row.Number) {
			rows++
			if row.ID != "" {
				found++
			}
		}
	}
	err := r.pass(ctx, all, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
		r.survey, err = batch.SurveyRows(seen(rows, count), "")
		return err
	})
	if err != nil {
		return r.named(err)
	}
	m := &r.matching
	r.events.Note(reason.New("rows_matched", "rows", rows, "found", found, "fields", r.reading.Match(), "pages", m.pages, "searches", m.searches))
	return r.surveyRemaining(ctx)
}

// seen calls show with each row before it passes it on.
func seen(rows iter.Seq2[csvmap.Row, error], show func(csvmap.Row)) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				show(row)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// matched returns the rows with the ids of the opportunities that were found.
func (s *sheet) matched(rows iter.Seq2[csvmap.Row, error]) iter.Seq2[csvmap.Row, error] {
	if !s.matching.found {
		return rows
	}
	return func(yield func(csvmap.Row, error) bool) {
		for row, err := range rows {
			if err == nil && len(row.Match) > 0 && isSent(row) {
				row = s.matchRow(row)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// matchRow adds a problem to a row if no opportunity, or more than one, has its values.
func (s *sheet) matchRow(row csvmap.Row) csvmap.Row {
	id, err := s.matching.finder.Find(row.Match)
	if row.ID = id; err != nil {
		why := err.(reason.Reason) //nolint:errorlint,forcetypeassert // it says so
		row.Problems = slices.Clone(row.Problems)
		row.Problems = append(row.Problems, csvmap.Problem{Code: why.Code, Params: why.Params, Absent: why.Code == "match_none"})
	}
	return row
}

// showMatched shows the directory again what was read of the opportunities: only now is it known which names and
// pipelines are of interest.
func (r *Run) showMatched() {
	if r.matching.finder == nil {
		return
	}
	for _, o := range r.matching.finder.HeldAll() {
		r.names.directory.See(o)
	}
}
