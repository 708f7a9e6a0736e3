package cli

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"razebulk/batch"
	"razebulk/internal/words"
	"razebulk/report"
)

// writeSummary writes the table of statuses, and below it what the service did not confirm.
func writeSummary(out io.Writer, tally *report.Tally) error {
	counts, byStatus, unverified := tally.Counts(), tally.ByStatus(), tally.Unverified()
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "status\trows")
	for _, status := range bySize(byStatus) {
		fmt.Fprintf(table, "%s\t%d\n", status, byStatus[status])
	}
	fmt.Fprintf(table, "all\t%d\n", counts.Done)
	err := table.Flush()
	fmt.Fprintf(out, "%s sent in %s\n", words.Plural(counts.Requests, "request"), words.Duration(counts.Elapsed))
	for _, field := range slices.Sorted(maps.Keys(unverified)) {
		fmt.Fprintf(out, "the service didn't say whether it stored %s: %s\n", field, words.Plural(unverified[field], "row"))
	}
	return err
}

// bySize lists success first and then the statuses that most rows have.
func bySize(rows map[batch.Status]int) []batch.Status {
	other := func(s batch.Status) int {
		if s == batch.Success {
			return 0
		}
		return 1
	}
	return slices.SortedFunc(maps.Keys(rows), func(a, b batch.Status) int {
		return cmp.Or(other(a)-other(b), rows[b]-rows[a], cmp.Compare(a, b))
	})
}
