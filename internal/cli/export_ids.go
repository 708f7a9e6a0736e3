package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/files"
	"razebulk/internal/getraze"
)

// idList are the ids of a sheet in its order, each once.
type idList struct {
	items   []item
	refused int // rows without an id that can be asked for
}

// readIDs reads the whole sheet. Rows whose id can't be one are warned of.
func readIDs(ctx context.Context, file string, console console) (*idList, error) {
	in, err := files.OpenInput(ctx, file, console.in)
	if err != nil {
		return nil, fmt.Errorf("--ids-from: %w", err)
	}
	defer in.Close()
	var list *idList
	var warnings []string
	_, err = csvmap.Inspect(fromStart(in), csvmap.Options{OnlyID: true}, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
		list, warnings, err = collectIDs(ctx, rows, in.Name())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("--ids-from %s: %w", in.Name(), err)
	}
	for _, warning := range warnings {
		console.warn("%s", warning)
	}
	if list.refused > 0 && len(list.items) == 0 {
		return nil, fmt.Errorf("--ids-from %s: no row has an id that can be asked for", in.Name())
	}
	return list, nil
}

func collectIDs(ctx context.Context, rows iter.Seq2[csvmap.Row, error], name string) (*idList, []string, error) {
	list := &idList{}
	var warnings []string
	known := map[string]bool{}
	for row, err := range rows {
		if err = errors.Join(err, context.Cause(ctx)); err != nil {
			return nil, nil, err
		}
		place := fmt.Sprintf("row %d of %s: ", row.Number, name)
		if len(row.Problems) > 0 {
			list.refused++
			warnings = append(warnings, place+row.Problems[0].String()+"; left out")
			continue
		}
		id := strings.Clone(row.ID) // a part of the whole row
		if !known[crm.IDKey(id)] {
			known[crm.IDKey(id)] = true
			list.items = append(list.items, item{id: id, place: place})
		}
	}
	return list, warnings, nil
}

// idsAtOnce is how many opportunities are read before they are written.
const idsAtOnce = getraze.PageSize

// fetchIDs reads the opportunities from pages of the list, or one by one, whichever takes fewer requests, and writes them in the
// sheet's order.
func (e *exporting) fetchIDs() error {
	if len(e.ids.items) == 0 {
		return e.begin(getraze.Page{})
	}
	at := make(map[string]int, len(e.ids.items))
	for i, it := range e.ids.items {
		at[crm.IDKey(it.id)] = i
	}
	e.showProgress(1)
	reader := e.reader()
	first, err := reader.First(e.ctx, e.ctx, getraze.ListQuery{})
	if err != nil {
		return err
	}
	note := func(page getraze.Page) error {
		for _, o := range page.Opportunities {
			if i, wanted := at[crm.IDKey(o.ID())]; wanted {
				e.ids.items[i].listed, e.ids.items[i].id = o, o.ID()
			}
		}
		return nil
	}
	_ = note(first)
	whole, err := e.choose(first)
	if err == nil && whole {
		err = reader.Rest(e.ctx, e.ctx, getraze.ListQuery{}, first, note)
	}
	if err != nil {
		return err
	}
	for items := range slices.Chunk(e.ids.items, idsAtOnce) {
		if err := e.write(items); err != nil {
			return err
		}
	}
	return nil
}

// choose decides by the first page of the list whether the others are read.
func (e *exporting) choose(first getraze.Page) (whole bool, err error) {
	if err := e.begin(first); err != nil {
		return false, err
	}
	ids := make([]string, len(e.ids.items))
	for i, it := range e.ids.items {
		ids[i] = it.id
	}
	whole, gets := batch.ReadWholeList(first, ids, func(_ string, listed getraze.Opportunity) bool {
		return listed == nil || e.lacksNotes([]getraze.Opportunity{listed})
	})
	pages := 1
	if whole {
		pages = first.TotalPages
	}
	return whole, e.announce(pages, gets)
}
