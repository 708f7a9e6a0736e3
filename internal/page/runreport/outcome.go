package runreport

import (
	"slices"
	"strings"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/page"
	"razebulk/internal/review"
	"razebulk/internal/words"
)

// planned is the status of a row that a dry run would send.
const planned batch.Status = review.Planned

// outcome is the outcome of a change: the code of a text, or one of the service's own statuses.
type outcome struct {
	code   string
	status string
}

var (
	outcomePlanned     = outcome{code: "page_status_planned"}
	outcomeStored      = outcome{code: "page_status_success"}
	outcomeNotStored   = outcome{code: "page_status_not_applied"}
	outcomeUnconfirmed = outcome{code: "page_unconfirmed"}
	outcomeNotSent     = outcome{code: "page_not_sent"}
)

// outcomeOf returns the outcome of one field of a row. The title is stored with the name.
func outcomeOf(r batch.Result, field string) outcome {
	if field == review.TitleField {
		field = crm.Name
	}
	switch {
	case slices.Contains(r.NotApplied, field):
		return outcomeNotStored
	case r.Status != batch.Success && r.Status != batch.NotApplied && r.Status != batch.Conflict:
		return outcome{status: string(r.Status)}
	case slices.Contains(r.Unverified, field):
		return outcomeUnconfirmed
	case slices.Contains(r.Sent, field):
		return outcomeStored
	}
	return outcomeNotSent
}

// known lists the statuses that have a text, in the order of their figures.
var known = []struct {
	status batch.Status
	kind   page.Kind
}{
	{batch.Success, page.Good}, {planned, page.Good}, {batch.Unchanged, page.Same}, {batch.Empty, page.Same}, {batch.Conflict, page.Warn},
	{batch.ValidationError, page.Bad}, {batch.NotFound, page.Bad}, {batch.NotApplied, page.Bad}, {batch.ServerError, page.Bad}, {batch.NetworkError, page.Bad},
	{batch.NotAttempted, page.Wait},
}

// statusLabel returns the status of n rows in words; one of the service's own is kept.
func (v view) statusLabel(status batch.Status, n int) string {
	for _, k := range known {
		if k.status == status {
			return v.say("page_status_"+strings.ToLower(string(status)), "plan", v.dry(), "n", n)
		}
	}
	return shownText(string(status), maxID)
}

func (v view) outcomeLabel(o outcome) string {
	switch {
	case o.status != "" && !isKnown(batch.Status(o.status)):
		return v.say("page_status_validation_error", "plan", false, "n", 1) // the heading of its group has the service's word
	case o.status != "":
		return v.statusLabel(batch.Status(o.status), 1)
	case o == outcomePlanned && !v.dry():
		return v.say(outcomeNotSent.code)
	}
	return v.say(o.code, "n", 1)
}

func isKnown(status batch.Status) bool {
	for _, k := range known {
		if k.status == status {
			return true
		}
	}
	return false
}

// maxFigures is how many outcomes have their own figure.
const maxFigures = 8

// figures returns the number of rows by outcome: the known ones first, and last the rows that have none.
func (v view) figures() []page.Figure {
	left := v.counts()
	var figures []page.Figure
	add := func(status batch.Status, kind page.Kind) {
		if n := left[string(status)]; n > 0 {
			figures = append(figures, page.Figure{Count: n, Label: v.statusLabel(status, n), Kind: kind})
			delete(left, string(status))
		}
	}
	for _, k := range known {
		add(k.status, k.kind)
	}
	rest := 0
	for _, status := range words.MostFirst(left) {
		if len(figures) < maxFigures {
			add(batch.Status(status), page.Bad)
		} else {
			rest += left[status]
		}
	}
	if rest > 0 {
		figures = append(figures, page.Figure{Count: rest, Label: v.say("why_other"), Kind: page.Bad})
	}
	if n := v.remaining(); n > 0 {
		figures = append(figures, page.Figure{Count: n, Label: v.say("page_status_remaining", "n", n), Kind: page.Wait})
	}
	return figures
}
