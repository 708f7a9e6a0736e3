package export

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/wholelist"
)

// listing records what was seen of a list.
type listing struct {
	checks   []check
	unwanted int                     // not selected by the filters
	stages   map[string]bool         // the names seen
	owners   map[string]getraze.User // those seen, by id
}

func newListing() *listing {
	return &listing{stages: map[string]bool{}, owners: map[string]getraze.User{}}
}

// wanted returns the opportunities that the filters select.
func (l *listing) wanted(news []getraze.Opportunity) []getraze.Opportunity {
	var wanted []getraze.Opportunity
	for _, o := range news {
		if name := o.Stage().Name; name != "" {
			l.stages[name] = true
		}
		if user := o.Owner(); user.Name+user.Email != "" {
			l.owners[user.ID] = user
		}
		if holds(l.checks, o) {
			wanted = append(wanted, o)
		} else {
			l.unwanted++
		}
	}
	return wanted
}

// writeList writes the opportunities of a list, in the order of the list and after them those that the list omitted at
// first. If the list can't be read completely, it fails with the number of those missing.
func (r *Run) writeList(ctx context.Context, write func([]getraze.Opportunity) error) error {
	list := wholelist.New(r.reader, func(pages int) {
		r.pages += pages
		r.reader.Began(r.Requests())
	})
	err := list.Read(ctx, ctx, r.query, r.first, func(news []getraze.Opportunity) error { return write(r.list.wanted(news)) })
	if err != nil {
		return err
	}
	return r.options.Filter.end(r.list.owners)
}

// warn reports what the filters did.
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

// ignored returns the names of the filters that the service does not have. If it has all of them, it returns all: the
// service has ignored one.
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
