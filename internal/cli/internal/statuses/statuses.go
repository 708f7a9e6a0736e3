// Package statuses shows how many rows of a run have each status.
package statuses

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"razebulk/batch"
	"razebulk/internal/words"
)

// Write writes the table of statuses, followed by what the service didn't confirm.
func Write(to io.Writer, w *words.Words, c batch.Counts) error {
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, w.Say("statuses_head"))
	for _, status := range slices.SortedFunc(maps.Keys(c.ByStatus), byConcern(c)) {
		fmt.Fprintf(table, "%s\t%d\n", status, c.ByStatus[status])
	}
	fmt.Fprintf(table, "%s\t%d\n", w.Say("statuses_all"), c.Done)
	err := table.Flush()
	fmt.Fprintln(to, w.Say("requests_sent", "requests", c.Requests, "elapsed", c.Elapsed))
	for _, field := range slices.Sorted(maps.Keys(c.Unverified)) {
		fmt.Fprintln(to, w.Say("stored_unconfirmed", "field", field, "rows", c.Unverified[field]))
	}
	for _, field := range slices.Sorted(maps.Keys(c.NotStored)) {
		fmt.Fprintln(to, w.Say("stored_not", "field", field, "rows", c.NotStored[field]))
	}
	return err
}

// byConcern sorts success first, then the most frequent statuses.
func byConcern(c batch.Counts) func(a, b batch.Status) int {
	success := func(s batch.Status) int {
		if s == batch.Success {
			return 0
		}
		return 1
	}
	return func(a, b batch.Status) int {
		return cmp.Or(success(a)-success(b), c.ByStatus[b]-c.ByStatus[a], cmp.Compare(a, b))
	}
}
