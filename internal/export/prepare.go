package export

import (
	"context"
	"errors"
	"io"
	"slices"

	"razebulk/batch/coverage"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
)

// Run is a prepared export: the first page of the list was read, and nothing was written. It must be closed.
type Run struct {
	options  Options
	events   *run.Events
	requests *run.Requests
	reader   *run.Reader
	to       io.Writer
	file     *files.File // for Out, until it is in place
	ids      *idList     // nil if the filter selects

	query   getraze.ListQuery
	first   getraze.Page
	columns []string
	pages   int // of the list to read in all
	gets    int // single opportunities to read, as far as known

	list       *listing
	unreported map[string]int
	summary    Summary
}

// Prepare does what can fail before anything is written, and reads the first page of the list. Its error is ctx's
// cause, an error that says what is wrong with the options, or a [*StoppedError].
func Prepare(ctx context.Context, o Options) (*Run, error) {
	r := &Run{options: o, events: run.NewEvents(o.Handle), to: o.To, unreported: map[string]int{}, list: newListing()}
	for _, step := range []func(context.Context) error{r.open, r.readFirst} {
		if err := step(ctx); err != nil {
			r.Close()
			return nil, err
		}
	}
	cost := r.requests.Cost(max(0, r.Requests()-r.reader.Requests()))
	if r.pages > 0 {
		r.events.Emit(event.ExportPlanned{Host: r.requests.Client.Host(), Pages: r.pages, Gets: r.gets, Cost: cost})
	}
	return r, nil
}

// Close releases what Prepare has opened, and leaves Out as it was unless the export is complete.
func (r *Run) Close() {
	if r.reader != nil {
		r.reader.Stop()
		r.requests.Close()
	}
	if r.file != nil {
		r.file.Discard()
		r.file = nil
	}
}

// Requests returns how many requests the export takes if none has to be repeated, including those already made.
func (r *Run) Requests() int { return r.pages + r.gets }

// Host returns the name of the machine that the requests go to.
func (r *Run) Host() string { return r.requests.Client.Host() }

// OneByOne returns how many opportunities have to be read by a separate request.
func (r *Run) OneByOne() int { return r.gets }

func (r *Run) open(ctx context.Context) (err error) {
	if err := r.options.check(); err != nil {
		return err
	}
	if r.options.IDsFrom != "" {
		if r.ids, err = readIDs(ctx, r.options, r.events); err != nil {
			return err
		}
		for _, refused := range r.ids.refused {
			r.events.Warn(reason.New("id_left_out", "row", refused.row, "file", r.ids.name).Because(refused.reason))
		}
		r.summary.Missing = len(r.ids.refused)
	}
	if r.requests, err = run.Open(r.options.Requests, r.events); err != nil {
		return err
	}
	r.reader = r.requests.Reader()
	if r.options.Out != "" {
		if r.file, err = files.Create(r.options.Out); err != nil {
			return err
		}
		r.to = r.file
	}
	return nil
}

// readFirst reads the first page, and derives from it what the rest takes.
func (r *Run) readFirst(ctx context.Context) error {
	if r.ids != nil && len(r.ids.items) == 0 {
		r.columns = columns(r.options.Notes)
		return nil
	}
	r.reader.Began(1)
	err := r.readFirstPage(ctx)
	r.reader.Stop()
	if err != nil {
		return err
	}
	reported := false
	if len(r.first.Opportunities) > 0 {
		_, reported = r.first.Opportunities[0].Value(crm.Notes)
	}
	r.columns = columns(r.options.Notes || reported)
	r.plan()
	return nil
}

// readFirstPage reads the first page, and reads it again if it shows that the service has other names for the filters.
func (r *Run) readFirstPage(ctx context.Context) (err error) {
	filter := r.options.Filter
	for {
		then := r.dialect()
		r.query = filter.query(then)
		if r.first, err = r.reader.First(ctx, ctx, r.query); err != nil {
			return stopped(ctx, err)
		}
		now := r.dialect()
		if err := filter.refuse(now, r.first.Opportunities); err != nil {
			return err
		}
		if filter.isAskedAlike(then, now) {
			r.query, r.list.checks = filter.query(now), filter.checks(now)
			return nil
		}
	}
}

// dialect returns what is known of the service's dialect.
func (r *Run) dialect() getraze.Dialect { return r.reader.Dialect.Now() }

// plan decides what is read: for a list, all pages; for ids, the pages or the opportunities one by one, whichever takes
// fewer requests.
func (r *Run) plan() {
	r.pages = max(1, r.first.TotalPages)
	if r.ids == nil {
		if r.lacksNotes(r.first.Opportunities...) {
			r.gets = max(r.first.Total, len(r.first.Opportunities))
		}
		return
	}
	r.take(r.first)
	r.reader.OnlyUUIDs = coverage.OnlyUUIDs(r.first)
	whole, gets := coverage.ReadWholeList(r.first, r.ids.all(), func(_ string, listed getraze.Opportunity) bool {
		return listed == nil || r.lacksNotes(listed)
	})
	r.gets = gets
	if !whole {
		r.pages = 1
	}
}

// take keeps the opportunities of a page that the ids ask for.
func (r *Run) take(page getraze.Page) {
	for _, o := range page.Opportunities {
		if i, wanted := r.ids.place(o.ID()); wanted {
			r.ids.items[i].listed, r.ids.items[i].id = o, o.ID()
		}
	}
}

// lacksNotes reports whether notes are wanted and some of these opportunities don't report any.
func (r *Run) lacksNotes(list ...getraze.Opportunity) bool {
	return r.options.Notes && slices.ContainsFunc(list, func(o getraze.Opportunity) bool {
		_, reported := o.Value(crm.Notes)
		return !reported
	})
}

// stopped returns the error for a failure to read the CRM or to write the sheet.
func stopped(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && errors.Is(err, cause) {
		return cause
	}
	return &StoppedError{err}
}
