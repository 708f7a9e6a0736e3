package csvmap

import (
	"iter"
	"maps"
	"slices"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/slips"
	"razebulk/internal/reason"
)

// judgement is what the rows of a sheet together show about how to read each of them. The rows are read again if all
// of them lead to a different judgement than the first ones.
type judgement struct {
	decimal  Decimal          // of all numbers; 0 if it makes no difference
	cents    []bool           // by column: all amounts have two decimals
	suspects []cell.Suspicion // by column
	cut      map[int]string   // rows that are too short, by number, with the code of the reason
}

func (j judgement) equal(other judgement) bool {
	return j.decimal == other.decimal && slices.Equal(j.cents, other.cents) && slices.Equal(j.suspects, other.suspects) && maps.Equal(j.cut, other.cut)
}

// evidence is what has been seen in a sheet's rows.
type evidence struct {
	votes    amount.SheetVotes
	suspects []cell.Suspicion
	lengths  slips.Lengths
	split    []slips.Split // by column
	footers  slips.Tally
	widths   slips.Widths
}

func newEvidence(h *header) *evidence {
	columns := len(h.columns)
	return &evidence{
		lengths:  slips.Lengths{Full: h.named, EndsInText: h.endsInText, HasIDs: h.id >= 0 && h.match == nil},
		votes:    amount.SheetVotes{Columns: make([]amount.Votes, columns)},
		suspects: make([]cell.Suspicion, columns),
		split:    make([]slips.Split, columns),
	}
}

// judge decides from all rows seen so far.
func (e *evidence) judge(r *Reading) (j judgement, err error) {
	j = judgement{decimal: r.options.Decimal, suspects: e.suspects, cut: e.cut(r.header.columns)}
	if r.options.Decimal == 0 {
		if j.decimal, err = e.votes.Decide(r.header.numbers()); err != nil {
			return j, err
		}
		j.cents = e.votes.OnlyCents(j.decimal)
	}
	return j, e.problem(r.header.columns)
}

// cut returns the rows that must not be sent, by number, with the code of the reason.
func (e *evidence) cut(columns []column) map[int]string {
	cut := e.lengths.Cut()
	if e.lengths.Short.Rows == 0 || e.lengths.Short.Keeps() {
		return cut // a comma too many would make a row too long
	}
	for i := range e.split {
		e.split[i].AddParted(cut, i+1 < len(columns) && columns[i+1].isField())
	}
	return cut
}

// rowsForJudgement is the number of rows from which the first judgement is made.
const rowsForJudgement = 100

// check passes the rows to f and decides from all of them how each is to be read. It starts with what the first rows
// show, which is nearly always the final decision.
func (r *Reading) check(f func(iter.Seq2[Row, error]) error) error {
	if err := r.assume(); err != nil {
		return err
	}
	for {
		assumed := r.judgement
		seen, err := r.gather(true, f)
		if err == nil {
			r.judgement, err = seen.judge(r)
		}
		if err != nil || assumed.equal(r.judgement) {
			return err
		}
	}
}

// assume makes a first judgement from the first rows, if there is anything to decide.
func (r *Reading) assume() error {
	r.judgement = judgement{decimal: r.options.Decimal, suspects: make([]cell.Suspicion, len(r.header.columns))}
	if r.options.Decimal != 0 || !r.header.hasNumbers() {
		return nil
	}
	seen, err := r.gather(false, func(rows iter.Seq2[Row, error]) error {
		n := 0
		for _, err := range rows {
			if n++; err != nil || n == rowsForJudgement {
				return err
			}
		}
		return nil
	})
	r.judgement.suspects, r.judgement.cut = seen.suspects, seen.cut(r.header.columns)
	r.decimal = seen.votes.Leading()
	r.cents = seen.votes.OnlyCents(r.decimal)
	return err
}

// gather passes the rows to f, which may read the whole sheet, and returns the evidence collected meanwhile.
func (r *Reading) gather(whole bool, f func(iter.Seq2[Row, error]) error) (*evidence, error) {
	seen := newEvidence(&r.header)
	sheet, err := r.Open()
	if err != nil {
		return seen, err
	}
	defer sheet.Close()
	sheet.seen = seen
	if err = f(sheet.Rows()); err == nil && whole {
		r.unseen, err = sheet.unseen()
	}
	r.notices, r.width = seen.notices(), seen.widths.Most
	return seen, err
}

// notices returns the notices about the sheet as a whole.
func (e *evidence) notices() []reason.Reason {
	return slices.Concat(e.lengths.Headers.Notice(reason.New("header_rows")), e.lengths.Totals.Notice(reason.New("total_rows")),
		e.footers.Notice(reason.New("footer_rows")), e.lengths.Short.Notice(reason.New("short_rows")))
}
