package export

import (
	"context"
	"errors"
	"iter"
	"strings"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
)

// item is an opportunity to be written, and what is known of it.
type item struct {
	id     string
	row    int                 // in the sheet of ids; 0 if none
	listed getraze.Opportunity // as the list shows it; nil if not found there
	got    getraze.Opportunity // as read singly; nil if not read
}

// idList holds the ids of a sheet in sheet order, each once.
type idList struct {
	name    string // the sheet's
	items   []item
	at      map[string]int // of an item, by the key of its id
	refused []refusedID
}

// place returns the position of an id in the sheet; false if it isn't there.
func (l *idList) place(id string) (int, bool) {
	i, wanted := l.at[crm.IDKey(id)]
	return i, wanted
}

// all returns the ids.
func (l *idList) all() []string {
	ids := make([]string, len(l.items))
	for i, it := range l.items {
		ids[i] = it.id
	}
	return ids
}

// refusedID is a row without a usable id.
type refusedID struct {
	row    int
	reason reason.Reason
}

// IDsError is the reason why the sheet of ids can't be used; it names the sheet.
type IDsError struct {
	Name  string
	Cause error
}

func (e *IDsError) Error() string { return e.Name + ": " + e.Cause.Error() }

// Unwrap returns the cause.
func (e *IDsError) Unwrap() error { return e.Cause }

// readIDs reads the whole sheet.
func readIDs(ctx context.Context, o Options, events *run.Events) (*idList, error) {
	if run.IsAddress(o.IDsFrom) {
		return nil, reason.New("file_is_address", "file", o.IDsFrom)
	}
	opened, stop := events.FollowInput(event.Checking, files.NameOf(o.IDsFrom))
	defer stop()
	input, err := files.OpenInput(ctx, o.IDsFrom, o.Stdin)
	if err != nil {
		return nil, &IDsError{o.IDsFrom, err}
	}
	defer input.Close()
	opened(input)
	input.Until(ctx)
	var list *idList
	reading, err := csvmap.Inspect(input, input.Size(), csvmap.Options{OnlyID: true}, func(rows iter.Seq2[csvmap.Row, error]) (err error) {
		list, err = collectIDs(ctx, rows)
		return err
	})
	if cause := context.Cause(ctx); err != nil && cause != nil {
		return nil, cause
	}
	if err != nil {
		return nil, &IDsError{input.Name(), err}
	}
	defer reading.Close()
	list.name = input.Name()
	if len(list.refused) > 0 && len(list.items) == 0 {
		return nil, &IDsError{input.Name(), reason.New("no_usable_id")}
	}
	return list, nil
}

func collectIDs(ctx context.Context, rows iter.Seq2[csvmap.Row, error]) (*idList, error) {
	list := &idList{at: map[string]int{}}
	for row, err := range rows {
		if err = errors.Join(err, context.Cause(ctx)); err != nil {
			return nil, err
		}
		if len(row.Problems) > 0 {
			list.refused = append(list.refused, refusedID{row.Number, row.Problems[0].Reason()})
			continue
		}
		id := strings.Clone(row.ID) // part of the whole row
		if _, known := list.place(id); !known {
			list.at[crm.IDKey(id)] = len(list.items)
			list.items = append(list.items, item{id: id, row: row.Number})
		}
	}
	return list, nil
}
