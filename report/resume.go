package report

import (
	"errors"
	"fmt"
	"hash/maphash"
	"os"

	"razebulk/batch"
	opportunities "razebulk/internal/crm"
)

// Earlier is what the journal of a run that ended before its time says.
type Earlier struct {
	// Tally has counted the rows that are settled.
	Tally *Tally

	journal string
	dialect Dialect
	whole   int64 // length of the journal without a last line that was not written to its end
	noted   rowSet
	settled rowSet
	counted rowSet
	again   map[int]batch.Status // of the rows that have several lines, what the newest says
	seed    maphash.Seed
	tried   map[uint64]bool // ids for which requests were made
	failed  map[uint64]bool // ids of rows that are to be tried again
	stored  map[uint64]int  // of these ids, the last row that was stored
}

// Settled tells whether a row is not to be sent again: it has a status that another try would not change, or a later row
// of its id has been stored, whose values it would overwrite.
func (e *Earlier) Settled(row int) bool { return e.settled.has(row) }

// ReadJournal reads the journal of a results file whose input has no row behind lastRow, and changes nothing. A last line
// that was not written to its end doesn't count; any other damage is an error that names the line.
func ReadJournal(results string, d Dialect, lastRow int) (*Earlier, error) {
	e := &Earlier{
		Tally: NewTally(), journal: JournalPath(results), dialect: d, seed: maphash.MakeSeed(),
		again: map[int]batch.Status{}, tried: map[uint64]bool{}, failed: map[uint64]bool{}, stored: map[uint64]int{},
	}
	for _, pass := range []func(Outcome){e.noteNewest, e.noteStored, e.settle} {
		if err := e.read(lastRow, pass); err != nil {
			return nil, fmt.Errorf("%s: %w", e.journal, err)
		}
	}
	return e, nil
}

func (e *Earlier) read(lastRow int, note func(Outcome)) error {
	f, err := os.Open(e.journal)
	if err != nil {
		return err
	}
	defer f.Close()
	e.whole = 0
	number := 1 // of the line; the header's is the first
	for o, err := range Outcomes(f, e.dialect) {
		number++
		switch {
		case errors.Is(err, errTorn):
			return nil
		case err != nil:
			return err
		case o.Row > lastRow:
			return fmt.Errorf("line %d: there is no row %d in the input", number, o.Row)
		}
		e.whole = o.place.Offset + o.place.Length
		note(o)
	}
	return nil
}

// noteNewest goes by the newest line of each row: an older one was tried again.
func (e *Earlier) noteNewest(o Outcome) {
	if e.noted.has(o.Row) {
		e.again[o.Row] = o.Status
	}
	e.noted.set(o.Row, true)
	e.settled.set(o.Row, o.Status.Terminal())
	if o.Attempts > 0 {
		e.tried[e.hash(o.ID)] = true
	}
	if !o.Status.Terminal() && o.Attempts > 0 {
		e.failed[e.hash(o.ID)] = true
	}
}

func (e *Earlier) noteStored(o Outcome) {
	if id := e.hash(o.ID); e.failed[id] && (o.Status == batch.Success || o.Status == batch.NotApplied) {
		e.stored[id] = max(e.stored[id], o.Row)
	}
}

// settle counts what is settled, and settles what must not be tried again since a later row of its id was stored.
func (e *Earlier) settle(o Outcome) {
	overtaken := e.stored[e.hash(o.ID)] > o.Row
	if e.counted.has(o.Row) || !e.settled.has(o.Row) && !overtaken {
		return
	}
	status := o.Status
	if newest, more := e.again[o.Row]; more {
		status = newest
	}
	e.settled.set(o.Row, true)
	e.counted.set(o.Row, true)
	e.Tally.Count(batch.Result{Status: status})
}

func (e *Earlier) hash(id string) uint64 { return maphash.String(e.seed, opportunities.IDKey(id)) }

// Tried tells whether a request was made for the opportunity.
func (e *Earlier) Tried(id string) bool { return e.tried[e.hash(id)] }

// Continue cuts off what was not written to its end, and goes on with the journal.
func (e *Earlier) Continue() (*Journal, error) {
	f, err := os.OpenFile(e.journal, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, fmt.Errorf("results can't be recorded: %w", err)
	}
	encoder := newEncoder(e.dialect)
	if err := errors.Join(f.Truncate(e.whole), hasRoom(f), f.Truncate(e.whole)); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("results can't be recorded: %w", err)
	}
	if e.whole > 0 {
		return newJournal(f, encoder), nil
	}
	return beginJournal(f, encoder)
}

// hasRoom finds out whether the disk that may have ended the earlier run is still full, before anything is sent.
func hasRoom(f *os.File) error {
	_, err := f.Write(make([]byte, 4096))
	return errors.Join(err, f.Sync())
}

// rowSet holds row numbers, a bit for each.
type rowSet []uint64

func (s rowSet) has(row int) bool {
	return row/64 < len(s) && s[row/64]&(1<<(row%64)) != 0
}

func (s *rowSet) set(row int, in bool) {
	for row/64 >= len(*s) {
		*s = append(*s, make(rowSet, len(*s)+1)...)
	}
	if in {
		(*s)[row/64] |= 1 << (row % 64)
	} else {
		(*s)[row/64] &^= 1 << (row % 64)
	}
}
