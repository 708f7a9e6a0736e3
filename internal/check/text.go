package check

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"razebulk/internal/words"
)

// Text is the report for people: of which host, and where the key came from.
func (r Report) Text(host, keyFrom string) string {
	reading, writing, quota, dialect := "allowed", "not shown before an update", "not reported", "not shown by the answers"
	if !r.MayRead {
		reading = "not allowed: comparing, exports and the names of stages and owners need it"
	}
	if r.Permissions != nil {
		writing = "the key's permissions: " + strings.Join(r.Permissions, ", ")
	}
	if !r.Reset.IsZero() {
		quota = fmt.Sprintf("%s requests an hour, %s left until %s", words.Thousands(r.Quota.Limit), words.Thousands(r.Quota.Remaining), words.Clock(r.Reset))
	}
	if r.Dialect.Known() {
		dialect = r.Dialect.Name()
	}
	var out strings.Builder
	fmt.Fprintln(&out, "the key works")
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for _, line := range [][2]string{
		{"service", host}, {"key", "from " + keyFrom}, {"reading", reading}, {"writing", writing}, {"quota", quota}, {"dialect", dialect},
		{"requests made", words.Thousands(r.Requests)},
	} {
		fmt.Fprintf(table, "%s:\t%s\n", line[0], line[1])
	}
	_ = table.Flush() // it goes to memory
	return out.String()
}
