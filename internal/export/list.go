package export

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"razebulk/batch/coverage"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// furtherPasses is how many times the pages of one pass may be read again at most, to find what the first one lacks.
const furtherPasses = 2

var (
	errComplete = errors.New("the list is complete")
	errSpent    = errors.New("no more pages may be read")
)

// listing is a list that is read until it is complete.
type listing struct {
	*coverage.Coverage
	checks   []check
	parts    map[part]int            // how many opportunities were seen of each
	unwanted int                     // that a filter doesn't mean
	budget   int                     // how many pages may still be read beyond the first pass
	stages   map[string]bool         // the names that were seen
	owners   map[string]getraze.User // that were seen, by id
}

func newListing() *listing {
	return &listing{Coverage: coverage.New(), parts: map[part]int{}, stages: map[string]bool{}, owners: map[string]getraze.User{}}
}

// part is a part of a list that the service can be asked for: a stage of a pipeline, or a status.
type part struct{ pipeline, stage, status string }

func partOf(o getraze.Opportunity) part {
	if stage := o.Stage(); stage.ID != "" {
		return part{pipeline: stage.PipelineID, stage: stage.ID}
	}
	status, _ := o.Value("status")
	return part{status: status.Text}
}

// of limits a query to the part; false if the query is limited to another one, or by the same filter already.
func (p part) of(q getraze.ListQuery) (getraze.ListQuery, bool) {
	if p == (part{}) || q.Status != "" || q.StageID != "" || q.PipelineID != "" && q.PipelineID != p.pipeline {
		return q, false
	}
	q.PipelineID, q.StageID, q.Status = p.pipeline, p.stage, p.status
	return q, true
}

// news are the opportunities of a page that no page before it had, and that the filters mean.
func (l *listing) news(page []getraze.Opportunity) []getraze.Opportunity {
	var news []getraze.Opportunity
	for _, o := range page {
		if name := o.Stage().Name; name != "" {
			l.stages[name] = true
		}
		if user := o.Owner(); user.Name+user.Email != "" {
			l.owners[user.ID] = user
		}
		switch isNew := l.See(o.ID()); {
		case !isNew:
		case !holds(l.checks, o):
			l.parts[partOf(o)]++
			l.unwanted++
		default:
			l.parts[partOf(o)]++
			news = append(news, o)
		}
	}
	return news
}

// writeList writes the opportunities of a list, in the order of the list and behind them those that it had left out at
// first. It fails with the number that is missing if the list can't be read wholly.
func (r *Run) writeList(ctx context.Context, write func([]getraze.Opportunity) error) error {
	query := r.query
	if err := r.takePage(r.first, write); err != nil {
		return err
	}
	if r.pages > 1 {
		err := r.reader.Rest(ctx, ctx, query, r.first, func(page getraze.Page) error { return r.takePage(page, write) })
		if err != nil {
			return err
		}
	}
	r.list.budget = furtherPasses * r.pages
	err := r.readAgain(ctx, query, write)
	missing, mayBeGone := r.list.Missing()
	switch {
	case err != nil && !errors.Is(err, errComplete) && !errors.Is(err, errSpent):
		return err
	case missing > 0:
		return reason.New("list_incomplete", "missing", missing, "gone", mayBeGone, "length", r.list.Length())
	}
	return r.options.Filter.end(r.list.owners)
}

// takePage takes in a page of the whole list.
func (r *Run) takePage(page getraze.Page, write func([]getraze.Opportunity) error) error {
	r.list.LengthIs(page.Total)
	return write(r.list.news(page.Opportunities))
}

// readAgain reads the list in another order, and then its parts, until it is complete. Its error is errComplete,
// errSpent, or a failure.
func (r *Run) readAgain(ctx context.Context, query getraze.ListQuery, write func([]getraze.Opportunity) error) error {
	if r.list.IsComplete() {
		return nil
	}
	query = coverage.OtherOrder(query, r.first)
	err := r.readPages(ctx, query, func(getraze.Page) bool { return true }, func(page getraze.Page) error {
		err := r.takePage(page, write)
		if err == nil && r.list.IsComplete() {
			err = errComplete
		}
		return err
	})
	for _, p := range r.list.sortedParts() {
		limited, ok := p.of(query)
		if err != nil || !ok {
			continue
		}
		err = r.readPages(ctx, limited, func(first getraze.Page) bool { return first.Total > r.list.parts[p] }, func(page getraze.Page) error {
			err := write(r.list.news(page.Opportunities))
			if err == nil && r.list.IsComplete() {
				err = errComplete
			}
			return err
		})
	}
	return err
}

// sortedParts begins with those of which the fewest were seen: they take the fewest pages.
func (l *listing) sortedParts() []part {
	return slices.SortedFunc(maps.Keys(l.parts), func(a, b part) int {
		if l.parts[a] != l.parts[b] {
			return l.parts[a] - l.parts[b]
		}
		return strings.Compare(a.pipeline+a.stage+a.status, b.pipeline+b.stage+b.status)
	})
}

// readPages reads the first page of a query, and the others if that one makes them worth while, as far as the budget
// allows.
func (r *Run) readPages(ctx context.Context, query getraze.ListQuery, goesOn func(first getraze.Page) bool, take func(getraze.Page) error) error {
	if r.list.budget < 1 {
		return errSpent
	}
	r.plans(1)
	first, err := r.reader.First(ctx, ctx, query)
	if err != nil {
		return err
	}
	worth := goesOn(first)
	if err := take(first); err != nil || !worth {
		return err
	}
	rest := max(0, min(first.TotalPages-1, r.list.budget))
	short := rest < first.TotalPages-1
	first.TotalPages = rest + 1
	r.plans(rest)
	if err := r.reader.Rest(ctx, ctx, query, first, take); err != nil || !short {
		return err
	}
	return errSpent
}

// plans counts pages beyond the first pass.
func (r *Run) plans(pages int) {
	r.list.budget -= pages
	r.pages += pages
	r.reader.Began(r.Requests())
}

// warn says what the filters did.
func (l *listing) warn(r *Run) {
	if l.unwanted > 0 {
		r.events.Note(reason.New("filter_applied_here", "opportunities", l.unwanted, "filters", l.ignored()))
	}
	filter := r.options.Filter
	if filter.Status != "" && r.summary.Rows == 0 && len(l.stages) > 0 {
		r.events.Warn(reason.New("stage_not_seen", "status", filter.Status, "stages", slices.Sorted(maps.Keys(l.stages))))
	}
	if filter.namesOwner(r.dialect()) && r.summary.Rows == 0 {
		r.events.Warn(reason.New("owner_not_seen", "owner", filter.Owner, "users", l.users()))
	}
}

// ignored are the names of the filters that the service does not have, or if it has all, of all: it has ignored one.
func (l *listing) ignored() []string {
	var ignored, all []string
	for _, c := range l.checks {
		all = append(all, c.name)
		if !c.sent {
			ignored = append(ignored, c.name)
		}
	}
	if ignored == nil {
		return all
	}
	return ignored
}

func (l *listing) users() []string {
	var names []string
	for _, user := range l.owners {
		names = append(names, cmp.Or(user.Name, user.Email))
	}
	slices.Sort(names)
	return names
}
