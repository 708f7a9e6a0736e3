package export

import (
	"context"
	"slices"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/report"
)

// writeAtOnce is how many opportunities of a list of ids are read before they are written.
const writeAtOnce = getraze.PageSize

// Write reads what remains, and writes the sheet. A file takes its name when it is complete. Its error is ctx's cause,
// a [*StoppedError], or [ErrIncomplete] if the sheet was written.
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
	return r.writeList(ctx, func(list []getraze.Opportunity) error {
		var items []item
		for _, o := range list {
			items = append(items, item{id: o.ID(), listed: o})
		}
		return r.write(ctx, sheet, items)
	})
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

// write reads what is not yet known of the items, and writes their rows in order.
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
			if field != crm.Notes || it.got != nil || !r.options.Notes { // otherwise there was a warning
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

// complete reads what the list didn't have, one by one. It warns about what can't be read.
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
