package cli

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"razebulk/batch"
	"razebulk/internal/getraze"
	"razebulk/internal/words"
	"razebulk/report"
)

// item is an opportunity that is to be written, and what is known of it.
type item struct {
	id     string
	place  string              // where it is asked for, for a message
	listed getraze.Opportunity // as the list has it; nil if it wasn't found there
	got    getraze.Opportunity // as it is by itself; nil if it wasn't asked for
}

// fetch reads and writes all that was asked for.
func (e *exporting) fetch() error {
	if e.ids != nil {
		return e.fetchIDs()
	}
	e.showProgress(1)
	return e.reader().List(e.ctx, e.ctx, e.flags.query, e.writePage)
}

// writePage writes the opportunities of a page. No more than a page is held at a time.
func (e *exporting) writePage(page getraze.Page) error {
	if e.export == nil {
		gets := 0
		if err := e.begin(page); err != nil {
			return err
		}
		if e.lacksNotes(page.Opportunities) {
			gets = max(page.Total, len(page.Opportunities))
		}
		if err := e.announce(max(1, page.TotalPages), gets); err != nil {
			return err
		}
	}
	var items []item
	for _, o := range e.listed.news(page, e.flags.query) {
		items = append(items, item{id: o.ID(), listed: o})
	}
	return e.write(items)
}

// begin writes the header. Without --notes, the first page shows whether there is such a column.
func (e *exporting) begin(page getraze.Page) (err error) {
	told := false
	if len(page.Opportunities) > 0 {
		_, told = page.Opportunities[0].Value("notes")
	}
	e.onlyUUIDs = batch.OnlyUUIDs(page)
	e.columns = exportColumns(e.flags.notes || told)
	e.export, err = report.NewExport(e.to, e.columns, e.form)
	return err
}

// lacksNotes tells whether a list has opportunities, and these don't have the notes that are wanted of them.
func (e *exporting) lacksNotes(list []getraze.Opportunity) bool {
	return e.flags.notes && slices.ContainsFunc(list, func(o getraze.Opportunity) bool {
		_, told := o.Value("notes")
		return !told
	})
}

// announce tells what the whole export takes, of which one page has been read, and asks where it takes a request for each opportunity.
func (e *exporting) announce(pages, gets int) error {
	e.showProgress(0)
	text := words.Plural(pages, "page") + " of the list"
	if gets > 0 {
		text += " and " + words.Plural(gets, "opportunity") + " one by one"
	}
	text = fmt.Sprintf("%s at %s: %s", text, e.access.client.Host(), words.Plural(pages+gets, "request"))
	if left := pages + gets - 1; left > 0 {
		text += "; " + e.requester.flags.timeNeeded(e.pacer, left)
	}
	e.console.say("%s", text)
	if e.flags.notes && gets > 0 && e.console.canAsk && !e.flags.requests.yes && !e.flags.requests.sandbox {
		yes, err := e.console.confirm(e.ctx, "Make "+words.Plural(pages+gets, "request")+"?")
		if err == nil && !yes {
			err = errNotConfirmed
		}
		if err != nil {
			return err
		}
	}
	e.showProgress(pages + gets)
	return nil
}

// write reads what is not known yet of the items, and writes their rows in order.
func (e *exporting) write(items []item) error {
	if err := e.complete(items); err != nil {
		return err
	}
	for _, it := range items {
		if it.listed == nil && it.got == nil {
			continue
		}
		cells, untold := exportCells(e.columns, it.got, it.listed)
		for _, field := range untold {
			if field != "notes" || it.got != nil || !e.flags.notes { // else there was a warning
				e.untold[field]++
			}
		}
		if err := e.export.Add(cells); err != nil {
			return err
		}
		e.rows++
	}
	return e.export.Flush()
}

// complete reads one by one what the list didn't have. What can't be read is warned of.
func (e *exporting) complete(items []item) error {
	at := map[string]int{}
	var ids []string
	for i, it := range items {
		if it.listed == nil || e.lacksNotes([]getraze.Opportunity{it.listed}) {
			at[it.id] = i
			ids = append(ids, it.id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	failures := map[string]batch.Failure{}
	reader := e.reader()
	reader.OnlyUUIDs = e.onlyUUIDs
	err := reader.Get(e.ctx, e.ctx, slices.Values(ids), func(found batch.Found) error {
		if found.Failure != nil {
			failures[found.ID] = *found.Failure
		}
		items[at[found.ID]].got = found.Opportunity
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if failed, found := failures[id]; found {
			e.warnOf(items[at[id]], failed)
		}
	}
	return nil
}

func (e *exporting) warnOf(it item, failed batch.Failure) {
	e.lacking++
	what := it.place + fmt.Sprintf("%q could not be read and is left out", it.id)
	if it.listed != nil {
		what = it.place + fmt.Sprintf("the notes of %q could not be read and are left empty", it.id)
	}
	e.console.warn("%s: %s %s", what, failed.Status, inWords(failed.Reasons...))
}

// listed is what has come of a list.
type listed struct {
	seed     maphash.Seed
	seen     map[uint64]struct{} // hashes of the ids
	total    int                 // at the first page
	gone     int                 // by how many the list has become shorter since
	unwanted int                 // that the filter doesn't mean
}

// news are the opportunities of a page that no page before it had: they move from one to the next when others come or go.
func (l *listed) news(page getraze.Page, query getraze.ListQuery) []getraze.Opportunity {
	if l.seen == nil {
		l.seed, l.seen, l.total = maphash.MakeSeed(), map[uint64]struct{}{}, page.Total
	}
	l.gone = max(l.gone, l.total-page.Total)
	var news []getraze.Opportunity
	for _, o := range page.Opportunities {
		hash := maphash.String(l.seed, o.ID())
		if _, seen := l.seen[hash]; seen {
			continue
		}
		l.seen[hash] = struct{}{}
		if differs(o, "status", query.Status) || differs(o, "responsible_user_id", query.ResponsibleUserID) {
			l.unwanted++
			continue
		}
		news = append(news, o)
	}
	return news
}

// differs tells of an opportunity that a filter doesn't mean: what the service doesn't know it ignores in silence (api.md, part 2).
func differs(o getraze.Opportunity, field, wanted string) bool {
	held, told := o.Value(field)
	return wanted != "" && told && !strings.EqualFold(held.Text, wanted)
}

func (l *listed) warn(c console) {
	if l.gone > 0 {
		c.warn("the list became shorter by %d while it was read: as many opportunities may be missing; export again to have them", l.gone)
	}
	if l.unwanted > 0 {
		c.warn("the service sent %s that --status or --owner don't mean; they are left out", words.Plural(l.unwanted, "opportunity"))
	}
}
