package update

import (
	"context"
	"errors"
	"net/http"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// namedByDialect lists the fields whose names or values differ between the dialects.
var namedByDialect = []string{crm.Position, crm.Owner, crm.Status}

// detect learns the service's dialect if the sheet gives a field that needs it, or titles as names, and the form of its
// ids if the sheet spells them differently, unless something was read already. It reads one opportunity, or, if the
// sheet gives stages or names users, the first of the pages in which these are looked up. Both stay unknown if the key
// may not read or, before an update, if a page can't be read. Its error is a [*ReadingError].
func (r *Run) detect(ctx context.Context) error {
	now := r.requests.Dialect.Now()
	fieldsKnown, idsKnown := now.Known() || !r.gives(namedByDialect...) && !r.givesTitles(), now.Spells(r.survey.Respelled)
	if r.survey.Requests == 0 || fieldsKnown && idsKnown {
		return nil
	}
	reader := r.reader()
	reader.Began(1)
	defer reader.Stop()
	if r.names.isNone() {
		limit := 1
		if r.gives(crm.Status) { // a whole page shows more pipelines, and costs the same
			limit = 0
		}
		err := reader.Detect(ctx, r.abort(), limit)
		if err == nil || isUnread(err) && !r.options.DryRun { // an update of the first row will show it
			return nil
		}
		return &ReadingError{err}
	}
	first, err := reader.First(ctx, r.abort(), getraze.ListQuery{})
	switch {
	case isForbidden(err):
		return nil
	case err != nil:
		return &ReadingError{err}
	}
	r.names.pages, r.names.total = 1, first.TotalPages
	return nil
}

// givesTitles reports whether rows give names that are, by their column's header, titles of opportunities.
func (r *Run) givesTitles() bool { return r.gives(crm.Name) && r.reading.NameIsTitle() }

// refuseTitles refuses a sheet whose titles the service would store as the names of persons. An update is also refused
// if the dialect could not be detected, because the persons' names would be lost.
func (r *Run) refuseTitles(context.Context) error {
	now := r.requests.Dialect.Now()
	isHarmless := now.Name() == "documented" || r.options.DryRun && !now.Known()
	if isHarmless || r.survey.Requests == 0 || !r.givesTitles() {
		return nil
	}
	header := r.reading.Header(crm.Name)
	return &SheetError{Name: r.input.Name(), Cause: reason.New("name_is_title",
		"header", header, "mapping", header+"="+crm.Name, "detected", now.Known())}
}

// isUnread reports whether something answers, but shows no page of the list.
func isUnread(err error) bool {
	var why reason.Reason
	return errors.As(err, &why) && why.Code == "page_unread"
}

// isForbidden reports whether the service knows the key, but the key may not read.
func isForbidden(err error) bool {
	var why reason.Reason
	return errors.Is(err, batch.ErrKeyRejected) && errors.As(err, &why) && why.Params["http"] == http.StatusForbidden
}
