package export

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/report"
)

// writeAtOnce is how many opportunities of a list of ids are read before they are written.
const writeAtOnce = getraze.PageSize

// Write reads what remains, and writes the sheet. A file takes its name when it is whole. Its error is ctx's cause, a
// [*StoppedError], or [ErrIncomplete] beside a sheet that was written.
func (r *Run) Write(ctx context.Context) (Summary, error) {
	sheet, err := report.NewExport(r.to, r.columns, r.options.Form)
	if err == nil {
		r.reader.Began(r.Requests())
		err = r.writeAll(ctx, sheet)
		r.reader.Stop()
	}
	if err == nil {
		err = r.commit(sheet)
	}
	if err != nil {
		return r.summary, stopped(ctx, err)
	}
	r.events.Emit(event.Exported{To: r.options.Out, Rows: r.summary.Rows, Requests: r.reader.Requests(), Unreported: r.unreported})
	r.list.warn(r)
	if r.summary.Missing > 0 {
		return r.summary, ErrIncomplete
	}
	return r.summary, nil
}

func (r *Run) commit(sheet *report.Export) error {
	if err := sheet.Flush(); err != nil || r.file == nil {
		return err
	}
	file := r.file
	r.file = nil
	return file.Commit()
}

func (r *Run) writeAll(ctx context.Context, sheet *report.Export) error {
	if r.ids != nil {
		return r.writeIDs(ctx, sheet)
	}
	page := func(page getraze.Page) error {
		var items []item
		for _, o := range r.list.news(page, r.options.Query) {
			items = append(items, item{id: o.ID(), listed: o})
		}
		return r.write(ctx, sheet, items)
	}
	if err := page(r.first); err != nil || r.pages < 2 {
		return err
	}
	return r.reader.Rest(ctx, ctx, r.options.Query, r.first, page)
}

func (r *Run) writeIDs(ctx context.Context, sheet *report.Export) error {
	if r.pages > 1 {
		err := r.reader.Rest(ctx, ctx, getraze.ListQuery{}, r.first, func(page getraze.Page) error { r.take(page); return nil })
		if err != nil {
			return err
		}
	}
	for items := range slices.Chunk(r.ids.items, writeAtOnce) {
		if err := r.write(ctx, sheet, items); err != nil {
			return err
		}
	}
	return nil
}

// write reads what is not known yet of the items, and writes their rows in order.
func (r *Run) write(ctx context.Context, sheet *report.Export, items []item) error {
	if err := r.complete(ctx, items); err != nil {
		return err
	}
	for _, it := range items {
		if it.listed == nil && it.got == nil {
			continue
		}
		cells, unreported := cellsOf(r.columns, it.got, it.listed)
		for _, field := range unreported {
			if field != crm.Notes || it.got != nil || !r.options.Notes { // else there was a warning
				r.unreported[field]++
			}
		}
		if err := sheet.Add(cells); err != nil {
			return err
		}
		r.summary.Rows++
	}
	return sheet.Flush()
}

// complete reads one by one what the list didn't have. What can't be read is warned of.
func (r *Run) complete(ctx context.Context, items []item) error {
	at := map[string]int{}
	var ids []string
	for i, it := range items {
		if it.listed == nil || r.lacksNotes(it.listed) {
			at[it.id] = i
			ids = append(ids, it.id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	failures := map[string]*batch.Failure{}
	err := r.reader.Get(ctx, ctx, slices.Values(ids), func(found batch.Found) error {
		if found.Failure != nil {
			failures[found.ID] = found.Failure
		} else {
			items[at[found.ID]].got = found.Opportunity
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if failure := failures[id]; failure != nil {
			r.warnOf(items[at[id]], failure)
		}
	}
	return nil
}

func (r *Run) warnOf(it item, failure *batch.Failure) {
	r.summary.Missing++
	file := ""
	if r.ids != nil {
		file = r.ids.name
	}
	why := reason.New("opportunity_unread", "row", it.row, "file", file, "id", it.id,
		"status", string(failure.Status), "why", reason.Reasons(failure.Reasons))
	if it.listed != nil {
		why = reason.Reason{Code: "notes_unread", Params: why.Params}
	}
	r.events.Warn(why)
}

// listed is what has come of a list.
type listed struct {
	seed     maphash.Seed
	seen     map[uint64]struct{} // hashes of the ids
	total    int                 // at the first page
	gone     int                 // by how many the list has become shorter since
	unwanted int                 // that the filter doesn't mean
}

// news are the opportunities of a page that no page before it had: they move from one to the next when others come or
// go.
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
		if differs(o, crm.Status, query.Status) || differs(o, crm.Owner, query.ResponsibleUserID) {
			l.unwanted++
			continue
		}
		news = append(news, o)
	}
	return news
}

// differs tells of an opportunity that a filter doesn't mean: the service ignores in silence what it doesn't know
// (docs/api.md).
func differs(o getraze.Opportunity, field, wanted string) bool {
	held, reported := o.Value(field)
	return wanted != "" && reported && !strings.EqualFold(held.Text, wanted)
}

func (l *listed) warn(r *Run) {
	if l.gone > 0 {
		r.events.Warn(reason.New("list_shrank", "by", l.gone))
	}
	if l.unwanted > 0 {
		r.events.Warn(reason.New("filter_ignored", "opportunities", l.unwanted))
	}
}
