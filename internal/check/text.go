package check

import (
	"strings"
	"text/tabwriter"

	"razebulk/internal/words"
)

// Text returns the report as text for the user, with the host and where the key came from.
func (r Report) Text(w *words.Words, host, keyFrom string) string {
	var out strings.Builder
	out.WriteString(w.Say("check_head") + "\n")
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	_, _ = table.Write([]byte(w.Say("check_lines", "host", host, "from", keyFrom, "reads", r.MayRead, "known", r.Permissions != nil,
		"permissions", r.Permissions, "limit", r.Quota.Limit, "remaining", r.Quota.Remaining,
		"dated", !r.Reset.IsZero(), "reset", r.Reset, "dialect", r.Dialect.Name(), "requests", r.Requests)))
	_ = table.Flush() // writing to memory can't fail
	return out.String()
}
