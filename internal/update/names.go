package update

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/directory"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
)

// names holds the stages and users that a sheet may name, and what is known about them.
type names struct {
	directory *directory.Directory
	needs     map[directory.Need]bool // the owners that may be names; the stages are those of watched opportunities
	placed    bool                    // everything that can be known about these pipelines is known
	unread    map[string]bool         // opportunities that are there and could not be read, by the keys of their ids
	given     bool                    // a row, or the options, give an id that the service may not know
	pages     int                     // pages of the list that were read, from its beginning
	total     int                     // pages of the list
	resolver  *directory.Resolver
	resolving bool // rows get what is sent for their stage and owner: the sheet has one of them
	complete  bool // everything that can be known is known: what the resolver refuses is refused for good
}

func newNames(o Options) names {
	d := directory.New()
	return names{directory: d, resolver: &directory.Resolver{Names: d, StageMap: foldedKeys(o.StageMap), OwnerMap: foldedKeys(o.OwnerMap)}}
}

// reader returns a reader that learns from everything it reads.
func (r *Run) reader() *run.Reader {
	reader := r.requests.Reader()
	reader.See = r.names.directory.See
	return reader
}

// add adds what a cell of the row names.
func (n *names) add(row csvmap.Row, cell csvmap.Cell) {
	switch {
	case cell.Clear, cell.Field == crm.Owner && cell.Restored:
	case cell.Field == crm.Owner && n.resolver.IsMapped(cell.Text):
		n.given = true
	case cell.Field == crm.Owner:
		n.needOwner(cell.Text)
	case n.resolver.IsStageID(cell.Text):
		n.given = true
		n.directory.WatchID(row.ID)
	default:
		n.directory.Watch(row.ID, cell.Text, row.Pipeline)
	}
}

// reset forgets what rows name.
func (n *names) reset() {
	n.needs, n.unread, n.given = map[directory.Need]bool{}, map[string]bool{}, false
	n.directory.WatchNone()
}

// all yields the needs of all rows.
func (n *names) all(yield func(directory.Need, directory.Place) bool) {
	for need := range n.needs {
		if !yield(need, directory.Place{}) {
			return
		}
	}
	for place := range n.directory.Places() {
		if !yield(directory.Need{Stage: place.Stage, Pipeline: place.Given, Own: place.Pipeline}, place) {
			return
		}
	}
}

// isNone reports whether no row names anything.
func (n *names) isNone() bool {
	for range n.all {
		return false
	}
	return true
}

func (n *names) needOwner(text string) {
	one := directory.Need{Owner: text}
	if isID := crm.IsUUID(crm.CanonicalID(text)); !isID && !n.needs[one] { // the text is a part of the whole row
		n.needs[directory.Need{Owner: strings.Clone(text)}] = true
	}
}

// resolve reads what the sheet's names mean. From then on rows get what is sent for their names. It surveys the rows
// again if some of them can't be sent.
func (r *Run) resolve(ctx context.Context) error {
	n := &r.names
	if !n.resolving {
		return nil
	}
	n.resolver.Dialect = r.requests.Dialect.Now()
	if n.resolver.Dialect.Known() {
		if err := r.readNames(ctx); err != nil {
			return &ReadingError{err}
		}
	}
	met := n.areMet()
	n.needs, n.complete = nil, true
	if !n.resolver.HasStages() {
		n.directory.WatchNone()
	}
	if met {
		return nil
	}
	return r.surveyAgain(ctx)
}

// areMet reports whether everything that the rows name is certain to be sent.
func (n *names) areMet() bool {
	if n.given || len(n.unread) > 0 {
		return false
	}
	for need := range n.all {
		if !n.resolver.Meets(need) {
			return false
		}
	}
	return true
}

func foldedKeys(meanings map[string]string) map[string]string {
	folded := make(map[string]string, len(meanings))
	for name, meant := range meanings {
		folded[crm.Fold(name)] = meant
	}
	return folded
}

// readNames reads only as many pages as it takes to show everything that the sheet names. Opportunities of which only
// the pipeline is unknown are read one by one, if they are fewer than the remaining pages.
func (r *Run) readNames(ctx context.Context) error {
	reader := r.reader()
	defer reader.Stop()
	n := &r.names
	for {
		unnamed, unplaced := n.missing()
		remaining := n.total - n.pages
		if n.pages == 0 {
			remaining = 1 // at least
		}
		switch {
		case remaining > 0 && (unnamed || len(unplaced) > remaining):
			reader.Began(reader.Requests() + 1)
			page, err := reader.Page(ctx, r.abort(), getraze.ListQuery{}, n.pages+1)
			if err != nil {
				return err
			}
			n.pages, n.total = n.pages+1, page.TotalPages
		case len(unplaced) > 0:
			reader.Began(reader.Requests() + len(unplaced))
			if err := reader.Get(ctx, r.abort(), slices.Values(unplaced), r.noteUnread); err != nil {
				return err
			}
			n.placed = true // what could not be read, or shows none, stays unknown
		default:
			return nil
		}
	}
}

// noteUnread notes an opportunity that could not be read. One that is not there gets that result when it is sent, and
// a comparison sends nothing that it could not read.
func (r *Run) noteUnread(found batch.Found) error {
	if found.Failure != nil && found.Failure.Status != batch.NotFound && !r.options.Compare {
		r.names.unread[crm.IDKey(found.ID)] = true
	}
	return nil
}

// statusOf returns what is sent for the stage of a row, or a [reason.Reason]. A name in a pipeline that could not be
// read is not sent unless the whole list was read: another pipeline may have a stage of that name.
func (n *names) statusOf(row *csvmap.Row, text string) (string, error) {
	sent, err := n.resolver.Status(text, row.Pipeline, row.ID)
	isGuess := row.Pipeline == "" && n.unread[crm.IDKey(row.ID)] && n.pages < n.total
	if err == nil && isGuess && n.resolver.HasStages() && !n.resolver.IsStageID(text) {
		return "", reason.New("pipeline_unread")
	}
	return sent, err
}

// missing reports whether a name was not seen, and returns the opportunities of which only the pipeline is unknown.
func (n *names) missing() (unnamed bool, unplaced []string) {
	only := map[string]bool{} // stages of which only the pipeline is unknown
	for need, place := range n.all {
		switch n.resolver.Lacks(need) {
		case directory.AName:
			unnamed = true
		case directory.ThePipeline:
			only[need.Stage] = only[need.Stage] || place.Stage != "" && !place.Seen
		}
	}
	if n.placed {
		return unnamed, nil
	}
	return unnamed, n.directory.Unseen(func(stage string) bool { return only[stage] })
}

// resolved returns the rows as they are sent: stages and users as the service calls them.
func (s *sheet) resolved(rows iter.Seq2[csvmap.Row, error]) iter.Seq2[csvmap.Row, error] {
	if !s.names.resolving {
		return rows
	}
	return func(yield func(csvmap.Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				s.resolveRow(&row)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// resolveRow turns a cell that names no stage or no user into a problem of its row, once all names that can be known
// are known. An owner of an undo file or a plan is an id unless somebody has edited it.
func (s *sheet) resolveRow(row *csvmap.Row) {
	resolver := s.names.resolver
	cells := row.Cells[:0]
	for _, cell := range row.Cells {
		text, err := cell.Text, error(nil)
		switch {
		case cell.Clear:
		case cell.Field == crm.Status:
			text, err = s.names.statusOf(row, text)
		case cell.Field == crm.Owner && !cell.Restored:
			text, err = resolver.Owner(text)
		}
		switch {
		case err == nil:
			cell.Text = text
		case s.names.complete:
			row.Problems = append(row.Problems, s.problemOf(cell, err))
			continue
		}
		cells = append(cells, cell)
	}
	row.Cells = cells
}

// misplaced returns why an opportunity in this pipeline is not to be in the stage that was found for its row; both are
// ids. Nothing is wrong with a stage in which it was before. See [batch.Known].
func (n *names) misplaced(row csvmap.Row, stage, pipeline string) (why reason.Reason) {
	if n.directory.IsIn(row.ID, stage) {
		return why
	}
	errors.As(n.directory.Fits(stage, row.Pipeline, pipeline), &why)
	return why
}

// problemOf returns the problem of a cell that names no stage or no user; err is a [reason.Reason].
func (s *sheet) problemOf(cell csvmap.Cell, err error) csvmap.Problem {
	var why reason.Reason
	errors.As(err, &why)
	return csvmap.Problem{
		Code: why.Code, Params: maps.Clone(why.Params), Field: cell.Field, Column: s.reading.Header(cell.Field), Value: cell.Text,
	}
}

// Named returns a plan to show to people: stages and users have their names instead of their ids, if the names were
// seen.
func (r *Run) Named(p batch.Plan) batch.Plan {
	if r.names.directory.IsEmpty() {
		return p
	}
	name := func(field, text string) string { return cmp.Or(r.names.directory.Label(field, text), text) }
	p.Decisions = slices.Clone(p.Decisions)
	for i := range p.Decisions {
		d := &p.Decisions[i]
		d.Field.Text, d.Before.Text = name(d.Field.Name, d.Field.Text), name(d.Field.Name, d.Before.Text)
	}
	return p
}
