package batch

import (
	"context"
	"iter"
	"slices"

	"razebulk/csvmap"
	"razebulk/internal/getraze"
)

// Reading is how the opportunities of a sheet are read, and what it takes.
type Reading struct {
	// Pages of the list, and Gets of single opportunities, that were asked for.
	Pages, Gets int
	// Listed is how many opportunities the account has, as far as the list told.
	Listed int
}

// Requests is how many the reading took, if none had to be repeated.
func (r Reading) Requests() int { return r.Pages + r.Gets }

// wanted are the opportunities that a sheet would change, and which of their fields.
type wanted struct {
	fields []string // all that occur
	byID   map[string]uint64
	ids    []string // as the sheet spells them, in its order

	givenUp uint64 // fields that the service doesn't tell at all
}

func (w *wanted) bit(field string) uint64 {
	at := slices.Index(w.fields, field)
	if at < 0 {
		at = len(w.fields)
		w.fields = append(w.fields, field)
	}
	return 1 << min(at, 63) // more fields than that share a bit
}

// want finds out what is to be read: the rows that the ledger leaves something of.
func want(rows iter.Seq2[csvmap.Row, error], known *Known) (*wanted, error) {
	w := &wanted{byID: map[string]uint64{}}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		plan := PlanRow(row)
		known.shrink(&plan)
		for _, field := range plan.Fields() {
			id := IDKey(row.ID)
			if _, found := w.byID[id]; !found {
				w.ids = append(w.ids, row.ID)
			}
			w.byID[id] |= w.bit(field.Name)
		}
	}
	return w, nil
}

// giveUp wants no field any more that an opportunity which was read by itself doesn't tell.
func (w *wanted) giveUp(read getraze.Opportunity) {
	for at, field := range w.fields {
		if _, told := read.Value(field); !told {
			w.givenUp |= 1 << min(at, 63)
		}
	}
}

// lacking are the ids of which something is still to be read.
func (w *wanted) lacking(current *Current) []string {
	var ids []string
	for _, id := range w.ids {
		if held, failed := current.of(id); failed == nil && (held == nil || w.lacks(id, held)) {
			ids = append(ids, id)
		}
	}
	return ids
}

// lacks tells whether an opportunity leaves out a field that is wanted of it.
func (w *wanted) lacks(id string, o getraze.Opportunity) bool {
	for at, field := range w.fields {
		if w.byID[IDKey(id)]&^w.givenUp&(1<<min(at, 63)) == 0 {
			continue
		}
		if _, told := o.Value(field); !told {
			return true
		}
	}
	return false
}

// ReadCurrent reads what the opportunities of the rows hold now, as far as the ledger doesn't make it needless: from pages of the list,
// or one by one, whichever takes fewer requests, and one by one what the list leaves out. What it found goes into known. An
// opportunity that can't be read is no error: its row gets that result. Errors are those of [Run]. Nothing is changed.
func (job Job) ReadCurrent(ctx, inFlight context.Context, known *Known, began func(requests int)) (Reading, error) {
	w, err := want(job.Rows, &Known{Ledger: known.Ledger})
	if err != nil {
		return Reading{}, err
	}
	known.Current = newCurrent()
	var reading Reading
	if len(w.ids) > 1 {
		if reading, err = job.readList(ctx, inFlight, w, known.Current, began); err != nil {
			return reading, err
		}
	}
	err = job.readSingly(ctx, inFlight, w, known.Current, &reading, began)
	return reading, err
}

// readSingly reads what the list has left out. The first one shows what single opportunities don't tell either.
func (job Job) readSingly(ctx, inFlight context.Context, w *wanted, current *Current, reading *Reading, began func(requests int)) error {
	ids := w.lacking(current)
	if len(ids) > 1 {
		began(reading.Requests() + len(ids))
		if err := job.getInto(ctx, inFlight, current, w, ids[:1]); err != nil {
			return err
		}
		reading.Gets++
		if first, failed := current.of(ids[0]); failed == nil {
			w.giveUp(first)
		}
		ids = w.lacking(current)
	}
	if len(ids) == 0 {
		return nil
	}
	reading.Gets += len(ids)
	began(reading.Requests())
	return job.getInto(ctx, inFlight, current, w, ids)
}

func (job Job) getInto(ctx, inFlight context.Context, current *Current, w *wanted, ids []string) error {
	return job.Get(ctx, inFlight, slices.Values(ids), func(id string, o getraze.Opportunity, failed *Result) error {
		if failed != nil {
			current.fail(id, *failed)
		} else {
			current.put(id, o.Only(w.fields))
		}
		return nil
	})
}

// readList reads the first page, and the others if that takes fewer requests than reading the opportunities one by one.
func (job Job) readList(ctx, inFlight context.Context, w *wanted, current *Current, began func(requests int)) (Reading, error) {
	began(1)
	keep := func(page getraze.Page) error {
		for _, o := range page.Opportunities {
			if _, found := w.byID[IDKey(o.ID())]; found {
				current.put(o.ID(), o.Only(w.fields))
			}
		}
		return nil
	}
	var first getraze.Page
	err := job.pages(ctx, inFlight, getraze.ListQuery{}, 1, 1, func(page getraze.Page) error {
		first = page
		return keep(page)
	})
	reading := Reading{Pages: 1, Listed: first.Total}
	if err != nil || !first.HasNext {
		return reading, err
	}
	single := w.notTold(current, nil)
	rest := first.TotalPages - 1
	if first.TotalPages == 0 || rest+w.notTold(current, sample(first)) >= single {
		return reading, nil
	}
	reading.Pages = first.TotalPages
	began(reading.Pages)
	return reading, job.pages(ctx, inFlight, getraze.ListQuery{}, 2, first.TotalPages, keep)
}

// sample is an opportunity as the list has them.
func sample(page getraze.Page) getraze.Opportunity {
	if len(page.Opportunities) == 0 {
		return nil
	}
	return page.Opportunities[0]
}

// notTold counts the opportunities of which something would have to be read one by one, if the list had those that it hasn't
// shown yet in the form of listed; nil is not at all.
func (w *wanted) notTold(current *Current, listed getraze.Opportunity) int {
	n := 0
	for _, id := range w.ids {
		held, _ := current.of(id)
		if held == nil {
			held = listed
		}
		if held == nil || w.lacks(id, held) {
			n++
		}
	}
	return n
}
