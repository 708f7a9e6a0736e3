package batch

import (
	"context"
	"iter"
	"slices"

	"razebulk/batch/coverage"
	"razebulk/batch/internal/fieldlist"
	"razebulk/batch/internal/stage"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Reading is what it took to read the opportunities of a sheet.
type Reading struct {
	// Pages is the number of pages requested, and Gets the number of single opportunities.
	Pages, Gets int
	// Listed is the number of opportunities in the account, and ListPages the number of pages, as reported by the list.
	Listed, ListPages int
}

// Requests returns how many requests the reading took, if none had to be repeated.
func (r Reading) Requests() int { return r.Pages + r.Gets }

// want collects what to read: the fields that the ledger does not already rule out.
func want(rows iter.Seq2[csvmap.Row, error], known *Known) (*fieldlist.Lists, error) {
	w := fieldlist.New()
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		plan := PlanRow(row)
		(&Known{Ledger: known.Ledger}).compare(&plan, nil)
		if fields := namesOf(plan.Fields()); len(fields) > 0 {
			w.Add(row.ID, fields)
		}
	}
	return w, nil
}

// comparison is one call of [Reader.ReadCurrent].
type comparison struct {
	Reader
	ctx, inFlight context.Context
	wanted        *fieldlist.Lists
	current       *Current
	seen          *coverage.Coverage // of the list
	reading       Reading
	began         func(requests int)
}

// ReadCurrent reads what the opportunities of the rows hold now, unless the ledger makes it unnecessary. It reads pages
// of the list, or opportunities one by one, whichever takes fewer requests, and then whatever the list omits, one by
// one. It stores the result in known. Began is called with the number of requests that the reading takes, as far as
// known, whenever that number changes.
//
// An opportunity that can't be read is not an error: its row gets that result. ReadCurrent returns the errors of rows
// and of [Reader.List], and fails if an updated_at has an unknown format.
func (r Reader) ReadCurrent(ctx, inFlight context.Context, rows iter.Seq2[csvmap.Row, error], known *Known, began func(requests int)) (Reading, error) {
	w, err := want(rows, &Known{Ledger: known.Ledger})
	if err != nil {
		return Reading{}, err
	}
	known.Current = newCurrent(w.IDs)
	r.showStages = true
	c := &comparison{Reader: r, ctx: ctx, inFlight: inFlight, wanted: w, current: known.Current, seen: coverage.New(), began: began}
	switch all := w.IDs.Spelled(); {
	case r.Seen != nil:
		err = c.keepSeen()
	case len(all) > 1, len(all) == 1 && !r.Dialect.Now().Spells(all[0]):
		err = c.readList()
	}
	if err == nil {
		err = c.readSingly()
	}
	return c.reading, err
}

// keepSeen keeps the opportunities that were already seen.
func (c *comparison) keepSeen() error {
	for _, id := range c.wanted.IDs.Spelled() {
		if o := c.Seen(id); o != nil {
			stage.Show(o, c.Dialect.Now())
			if err := c.put(id, o); err != nil {
				return err
			}
		}
	}
	return nil
}

// readList reads the first page, and the others if that takes fewer requests than reading the opportunities one by one.
// Pages may omit opportunities with equal times: if there are many, the list is read again in another order.
func (c *comparison) readList() error {
	c.began(1)
	first, err := c.First(c.ctx, c.inFlight, getraze.ListQuery{})
	c.reading = Reading{Pages: 1, Listed: first.Total, ListPages: first.TotalPages}
	if err != nil {
		return err
	}
	if err := c.keep(first); err != nil {
		return err
	}
	c.OnlyUUIDs = coverage.OnlyUUIDs(first)
	if whole, _ := coverage.ReadWholeList(first, c.wanted.IDs.Spelled(), c.wanted.Lacks); !whole {
		return nil
	}
	c.reading.Pages = first.TotalPages
	c.began(c.reading.Pages)
	err = c.Rest(c.ctx, c.inFlight, getraze.ListQuery{}, first, c.keep)
	if err != nil || c.seen.IsComplete() || c.wanted.Unread() <= first.TotalPages {
		return err
	}
	c.reading.Pages += first.TotalPages
	c.began(c.reading.Pages)
	c.seen.NextPass()
	return c.List(c.ctx, c.inFlight, coverage.OtherOrder(getraze.ListQuery{}, first), c.keep)
}

func (c *comparison) keep(page getraze.Page) error {
	c.seen.Begin(page)
	for _, o := range page.Opportunities {
		c.seen.See(o, page)
		if err := c.put(o.ID(), o); err != nil {
			return err
		}
	}
	return nil
}

// put keeps what an opportunity holds, if it is wanted. A time that can't be read is not treated as missing: otherwise
// a sheet older than the CRM would go unnoticed.
func (c *comparison) put(id string, o getraze.Opportunity) error {
	place, isWanted := c.wanted.IDs.Place(id)
	if !isWanted {
		return nil
	}
	if _, err := o.UpdatedAt(); err != nil {
		return reason.New("comparison_impossible", "id", c.wanted.IDs.Spelled()[place]).Because(err)
	}
	kept := o.Only(c.wanted.Fields)
	c.wanted.Read(place, kept)
	c.current.Put(id, kept)
	return nil
}

// readSingly reads what the list omitted. The first opportunity shows which fields single ones do not report either.
func (c *comparison) readSingly() error {
	ids := c.wanted.Missing()
	if len(ids) > 1 {
		c.began(c.reading.Requests() + len(ids))
		if err := c.get(ids[:1]); err != nil {
			return err
		}
		if first, failure := c.current.Of(ids[0]); failure == nil {
			c.wanted.Ignore(first)
		}
		ids = c.wanted.Missing()
	}
	if len(ids) == 0 {
		return nil
	}
	c.began(c.reading.Requests() + len(ids))
	return c.get(ids)
}

func (c *comparison) get(ids []string) error {
	c.reading.Gets += len(ids)
	return c.Get(c.ctx, c.inFlight, slices.Values(ids), func(found Found) error {
		if found.Failure != nil {
			c.fail(found.ID, *found.Failure)
			return nil
		}
		return c.put(found.ID, found.Opportunity)
	})
}

func (c *comparison) fail(id string, why Failure) {
	if place, isWanted := c.wanted.IDs.Place(id); isWanted {
		c.wanted.GiveUp(place)
	}
	c.current.Fail(id, why)
}
