package report

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"strings"
	"unique"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// PreviousRun holds what the journal of a run that ended early says. It needs memory for each row of that run: 32
// bytes, and as much again for the ids. It is safe for concurrent use only after Continue is called.
type PreviousRun struct {
	// Tally counts the rows that are done, and ByReason those of them that need attention, by each of their reason codes.
	Tally    *batch.Tally
	ByReason map[string]int
	// Requests counts those made for rows with a line.
	Requests int

	journal string
	dialect Dialect
	whole   int64 // length of the journal without an incomplete last line
	older   bool  // the journal has the columns of an earlier version
	seed    maphash.Seed
	latest  []latestLine    // indexed by row
	tried   map[uint64]bool // ids for which requests were made; true if one of their rows may have to be sent again
}

// latestLine is what the latest line of a row says; earlier lines of the row don't count.
type latestLine struct {
	id     uint64
	status unique.Handle[batch.Status] // zero if the row has no line
	codes  unique.Handle[string]       // as in the line; zero if none
	done   bool
	sent   bool
}

// ReadPreviousRun reads the journal of a results file whose input has no row after lastRow, and changes nothing.
// Backwards reports that rows are sent from the last to the first. An incomplete last line is ignored; any other damage
// is an error, as for [Outcomes]. When ctx is done, it fails with its cause.
func ReadPreviousRun(ctx context.Context, results string, d Dialect, lastRow int, backwards bool) (*PreviousRun, error) {
	return readRun(ctx, results, d, lastRow, func(p *PreviousRun) { p.finishOvertaken(backwards) })
}

// ReadEndedRun is [ReadPreviousRun] for a run that was completed ([RunRecord.Ended]): no row of it is sent again.
func ReadEndedRun(ctx context.Context, results string, d Dialect, lastRow int) (*PreviousRun, error) {
	return readRun(ctx, results, d, lastRow, (*PreviousRun).finishAll)
}

func readRun(ctx context.Context, results string, d Dialect, lastRow int, finish func(*PreviousRun)) (*PreviousRun, error) {
	p := &PreviousRun{
		Tally: batch.NewTally(), ByReason: map[string]int{}, journal: JournalPath(results), dialect: d, seed: maphash.MakeSeed(),
		latest: make([]latestLine, lastRow+1), tried: map[uint64]bool{},
	}
	if err := p.read(ctx); err != nil {
		return nil, err
	}
	finish(p)
	for _, l := range p.latest {
		if l.done {
			p.count(l)
		}
	}
	return p, nil
}

func (p *PreviousRun) count(l latestLine) {
	p.Tally.CountEarlier(l.status.Value(), l.sent)
	if l.codes == (unique.Handle[string]{}) {
		return
	}
	for _, code := range strings.Fields(l.codes.Value()) {
		p.ByReason[code]++
	}
}

// finishAll finishes every row that has a line.
func (p *PreviousRun) finishAll() {
	for row := range p.latest {
		l := &p.latest[row]
		l.done = l.status != (unique.Handle[batch.Status]{})
	}
}

func (p *PreviousRun) read(ctx context.Context) error {
	f, err := files.OpenFile(p.journal, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	lines := newLineReader(f, info.Size(), p.journal, p.dialect)
	for o, err := range lines.outcomes {
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, errTorn):
		case err != nil:
			return err
		case o.Row >= len(p.latest):
			return lines.at(reason.New("results_row_unknown", "row", o.Row))
		default:
			p.note(o)
		}
	}
	p.whole, p.older = lines.whole, len(lines.columns) == len(olderColumns)
	return nil
}

func (p *PreviousRun) note(o Outcome) {
	id := p.hash(o.ID)
	p.Requests += o.Attempts
	latest := latestLine{id: id, status: unique.Make(o.Status), done: o.Status.Terminal(), sent: o.Attempts > 0}
	if len(o.Reasons) > 0 {
		latest.codes = unique.Make(strings.Join(o.Reasons, " "))
	}
	p.latest[o.Row] = latest
	if o.Attempts > 0 {
		p.tried[id] = p.tried[id] || !o.Status.Terminal()
	}
}

// finishOvertaken finishes rows that must not be sent again because a row with the same id that is sent after them was
// stored.
func (p *PreviousRun) finishOvertaken(backwards bool) {
	turn := func(row int) int {
		if backwards {
			return len(p.latest) - row
		}
		return row
	}
	stored := map[uint64]int{} // for ids with a row that failed, the last turn that was stored
	for row, l := range p.latest {
		if l.wasStored() && p.tried[l.id] {
			stored[l.id] = max(stored[l.id], turn(row))
		}
	}
	for row := range p.latest {
		l := &p.latest[row]
		l.done = l.done || l.status != (unique.Handle[batch.Status]{}) && stored[l.id] > turn(row)
	}
}

func (l latestLine) wasStored() bool {
	return l.done && (l.status.Value() == batch.Success || l.status.Value() == batch.NotApplied)
}

// hash returns the hash of an id in a journal.
func (p *PreviousRun) hash(id string) uint64 {
	return maphash.String(p.seed, crm.IDKey(words.VisibleCell(unbroken(id))))
}

// Done reports whether a row is not to be sent again: it has a status that another attempt would not change, or its
// values would overwrite those of a row with the same id that was sent after it.
func (p *PreviousRun) Done(row int) bool { return row < len(p.latest) && p.latest[row].done }

// Tried reports whether a request was made for the opportunity.
func (p *PreviousRun) Tried(id string) bool {
	_, tried := p.tried[p.hash(id)]
	return tried
}

// Continue removes an incomplete last line, and continues the journal; words and the error are as for [CreateJournal].
func (p *PreviousRun) Continue(words Words) (*Journal, error) {
	if p.older {
		if err := p.addReasonColumn(); err != nil {
			return nil, notWritable(err)
		}
	}
	f, err := files.OpenFile(p.journal, os.O_WRONLY|os.O_APPEND)
	if err != nil {
		return nil, notWritable(err)
	}
	return p.continueIn(f, words)
}

func (p *PreviousRun) continueIn(f *os.File, words Words) (*Journal, error) {
	if err := files.CutOff(f, p.whole); err != nil {
		_ = f.Close()
		return nil, notWritable(err)
	}
	if p.whole == 0 {
		return beginJournal(f, p.dialect, words)
	}
	return newJournal(f, p.dialect, words), nil
}

// addReasonColumn rewrites a journal of an earlier version, which lacks the last column. Each of its lines is one row.
func (p *PreviousRun) addReasonColumn() error {
	f, err := files.OpenFile(p.journal, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	out, err := files.Create(p.journal)
	if err != nil {
		return err
	}
	err = p.copyWithReasonColumn(out, io.NewSectionReader(f, 0, p.whole))
	info, failed := out.Stat()
	if err = errors.Join(err, failed); err != nil {
		out.Discard()
		return err
	}
	p.whole = info.Size()
	return out.Commit()
}

func (p *PreviousRun) copyWithReasonColumn(out io.Writer, journal io.Reader) error {
	w := bufio.NewWriter(struct{ io.Writer }{out}) // a file's own ReadFrom would bypass the buffer
	_, err := w.WriteString(p.dialect.headerLine(columns))
	lines := bufio.NewReader(journal)
	_, end := lines.ReadBytes('\n') // the header
	for err == nil && end == nil {
		var line []byte
		line, end = lines.ReadBytes('\n')
		text := bytes.TrimRight(line, "\r\n")
		if len(text) > 0 {
			_, err = fmt.Fprintf(w, "%s%c%s", text, p.dialect.delimiter(), line[len(text):])
		}
	}
	if !errors.Is(end, io.EOF) {
		err = errors.Join(err, end)
	}
	return errors.Join(err, w.Flush())
}
