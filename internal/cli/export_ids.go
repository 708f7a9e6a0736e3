package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

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
	reading, err := csvmap.Inspect(in, in.Size(), csvmap.Options{OnlyID: true}, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
		list, warnings, err = collectIDs(ctx, rows, in.Name())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("--ids-from %s: %w", in.Name(), worded(err))
	}
	if err := reading.Close(); err != nil {
		return nil, err
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
			warnings = append(warnings, place+inWords(row.Problems[0].Reason())+"; left out")
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

// errEnough ends a list of which the rest isn't needed.
var errEnough = errors.New("enough of the list")

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
	err := e.job().List(e.ctx, e.ctx, getraze.ListQuery{}, func(page getraze.Page) error {
		for _, o := range page.Opportunities {
			if i, wanted := at[crm.IDKey(o.ID())]; wanted {
				e.ids.items[i].listed, e.ids.items[i].id = o, o.ID()
			}
		}
		if e.export != nil {
			return nil
		}
		return e.choose(page)
	})
	if err != nil && !errors.Is(err, errEnough) {
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
func (e *exporting) choose(first getraze.Page) error {
	if err := e.begin(first); err != nil {
		return err
	}
	gets := 0
	for _, it := range e.ids.items {
		if it.listed == nil || e.lacksNotes([]getraze.Opportunity{it.listed}) {
			gets++
		}
	}
	rest := first.TotalPages - 1
	if !first.HasNext || first.TotalPages == 0 || rest >= gets || e.lacksNotes(first.Opportunities) {
		if err := e.announce(1, gets); err != nil {
			return err
		}
		return errEnough
	}
	return e.announce(first.TotalPages, 0)
}
