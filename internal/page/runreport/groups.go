package runreport

import (
	"slices"
	"strings"

	"razebulk/batch"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// failedRow is a row that needs attention.
type failedRow struct {
	row      int
	id, text string
}

// group has the failed rows with one reason.
type group struct {
	why, do string // codes of texts
	status  string
	count   int
	rows    []failedRow
}

// fail puts a row that needs attention into the group of its reason.
func (c *Collector) fail(row int, id string, status batch.Status, reasons reason.Reasons) {
	g := c.groupOf(status, reasons)
	g.count++
	if len(g.rows) >= maxGroupRows || c.failuresLeft == 0 {
		return
	}
	texts := make([]string, len(reasons))
	for i, r := range reasons {
		texts[i] = c.text(r)
	}
	f := failedRow{row, shownText(id, maxID), shownText(strings.Join(texts, "; "), maxMessage)}
	if c.failuresLeft -= rowSize + htmlSize(f.id) + htmlSize(f.text); c.failuresLeft >= 0 {
		g.rows = append(g.rows, f)
	} else {
		c.failuresLeft = 0
	}
}

// companions are reasons that only supplement another reason of the row.
var companions = []string{
	"not_sent", "maybe_stored", "fields_stored", "half_stored", "read_again", "never_answered", "status_not_sent", "other_names_not_sent", "not_read",
	"other_maybe_changed",
}

// groupOf returns the group of a row's first reason that is not a companion. What the service refuses is grouped by
// its code.
func (c *Collector) groupOf(status batch.Status, reasons reason.Reasons) *group {
	code := ""
	for _, r := range slices.Backward(reasons) {
		if code == "" || !slices.Contains(companions, r.Code) {
			code = r.Code
		}
	}
	made := group{why: "why_" + code, do: words.Advice(code)}
	if code == "" || code == "service_refused" {
		made = answered(status)
	}
	key := made.why + " " + made.status
	if known, found := c.byReason[key]; found {
		return known
	}
	if len(c.groups) >= maxGroups {
		made, key = group{why: "why_other", do: "do_refused"}, ""
		if known, found := c.byReason[key]; found {
			return known
		}
	}
	c.groups = append(c.groups, &made)
	c.byReason[key] = &made
	return &made
}

// answered returns the group of a status for which the service's own words are all that is known.
func answered(status batch.Status) group {
	switch status {
	case batch.NotFound:
		return group{why: "why_answered_not_found", do: "do_not_found"}
	case batch.ValidationError:
		return group{why: "why_answered_validation_error", do: "do_refused"}
	case "INVALID_EMAIL":
		return group{why: "why_answered_invalid_email", do: "do_email"}
	case batch.Conflict:
		return group{why: "why_answered_conflict", do: "do_look"}
	case batch.ServerError:
		return group{why: "why_answered_server_error", do: "do_again"}
	case batch.NetworkError:
		return group{why: "why_answered_network_error", do: "do_again"}
	case batch.NotAttempted:
		return group{why: "why_answered_not_attempted", do: "do_resume"}
	}
	return group{why: "why_answered_other", do: "do_refused", status: shownText(string(status), maxID)}
}
