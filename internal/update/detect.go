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

// namedByDialect are the fields whose names or values differ between the dialects.
var namedByDialect = []string{crm.Position, crm.Owner, crm.Status}

// detect reads a page of one item, unless something was read already or the sheet gives no field that needs to know the
// dialect. A page of full size is read where the sheet names stages or users, as these are looked up in it. A key that
// may not read leaves the dialect unknown. Its error is a [*ReadingError].
func (r *Run) detect(ctx context.Context) error {
	if r.requests.Dialect.Now().Known() || r.survey.Requests == 0 || !r.gives(namedByDialect...) {
		return nil
	}
	query := getraze.ListQuery{Limit: 1}
	if r.names.needed {
		query.Limit = 0
	}
	reader := r.reader()
	reader.Began(1)
	defer reader.Stop()
	first, err := reader.First(ctx, r.abort(), query)
	switch {
	case isForbidden(err), err != nil && ctx.Err() == nil && !r.names.needed: // if it goes on, the first row says so
		return nil
	case err != nil:
		return &ReadingError{err}
	case r.names.needed:
		r.names.pages, r.names.total = 1, first.TotalPages
	}
	return nil
}

// isForbidden reports whether the service knows the key, and the key may not read.
func isForbidden(err error) bool {
	var why reason.Reason
	return errors.Is(err, batch.ErrKeyRejected) && errors.As(err, &why) && why.Params["http"] == http.StatusForbidden
}
