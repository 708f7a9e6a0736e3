package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"razebulk/batch"
	"razebulk/internal/words"
)

// Tally counts results as they come. It is safe for concurrent use.
type Tally struct {
	mu         sync.Mutex
	started    time.Time
	counts     Counts
	byStatus   map[batch.Status]int
	unverified map[string]int
}

// Counts are a tally at one moment.
type Counts struct {
	Done, Failed int // rows
	// Unsettled are those of the failed that another run may settle, and Sent are those that took a request.
	Unsettled, Sent int
	Requests        int
	Elapsed         time.Duration
}

// NewTally begins counting, and the time.
func NewTally() *Tally {
	return &Tally{started: time.Now(), byStatus: map[batch.Status]int{}, unverified: map[string]int{}}
}

// Count takes one result in.
func (t *Tally) Count(r batch.Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts.Done++
	t.counts.Requests += r.Attempts
	if r.Attempts > 0 {
		t.counts.Sent++
	}
	if r.Status.NeedsAttention() {
		t.counts.Failed++
	}
	if !r.Status.Terminal() {
		t.counts.Unsettled++
	}
	t.byStatus[r.Status]++
	for _, field := range r.Unverified {
		t.unverified[field]++
	}
}

// Counts returns what was counted so far.
func (t *Tally) Counts() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.counts
	c.Elapsed = time.Since(t.started)
	return c
}

// WriteSummary writes the table of statuses, and below it what the service didn't confirm.
func (t *Tally) WriteSummary(w io.Writer) error {
	counts := t.Counts()
	t.mu.Lock()
	defer t.mu.Unlock()
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "status\trows")
	for _, status := range slices.SortedFunc(maps.Keys(t.byStatus), t.compareStatus) {
		fmt.Fprintf(table, "%s\t%d\n", status, t.byStatus[status])
	}
	fmt.Fprintf(table, "all\t%d\n", counts.Done)
	err := table.Flush()
	fmt.Fprintf(w, "%s sent in %s\n", words.Plural(counts.Requests, "request"), words.Duration(counts.Elapsed))
	for _, field := range slices.Sorted(maps.Keys(t.unverified)) {
		fmt.Fprintf(w, "the service didn't say whether it stored %s: %s\n", field, words.Plural(t.unverified[field], "row"))
	}
	return err
}

// compareStatus puts success first and then what concerns most rows.
func (t *Tally) compareStatus(a, b batch.Status) int {
	success := func(s batch.Status) int {
		if s == batch.Success {
			return 0
		}
		return 1
	}
	return cmp.Or(success(a)-success(b), t.byStatus[b]-t.byStatus[a], cmp.Compare(a, b))
}
