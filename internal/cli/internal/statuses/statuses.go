// Package statuses shows how many rows of a run have which status.
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

// Write writes the table of statuses, and below it what the service didn't confirm.
func Write(w io.Writer, c batch.Counts) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "status\trows")
	for _, status := range slices.SortedFunc(maps.Keys(c.ByStatus), byConcern(c)) {
		fmt.Fprintf(table, "%s\t%d\n", status, c.ByStatus[status])
	}
	fmt.Fprintf(table, "all\t%d\n", c.Done)
	err := table.Flush()
	fmt.Fprintf(w, "%s sent in %s\n", words.Plural(c.Requests, "request"), words.Duration(c.Elapsed))
	for _, field := range slices.Sorted(maps.Keys(c.Unverified)) {
		fmt.Fprintf(w, "the service didn't say whether it stored %s: %s\n", field, words.Plural(c.Unverified[field], "row"))
	}
	for _, field := range slices.Sorted(maps.Keys(c.NotStored)) {
		fmt.Fprintf(w, "this service does not store %s: %s not applied (--ignore-unstored leaves such cells out)\n",
			field, words.Plural(c.NotStored[field], "row"))
	}
	return err
}

// byConcern puts success first and then what concerns most rows.
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
