package batch

import (
	"strings"

	"razebulk/csvmap"
	"razebulk/internal/reason"
)

// Words puts words to a reason. It is set once, before anything is planned.
var Words = func(why reason.Reason) string { return why.Error() }

func joinProblems(problems []csvmap.Problem) string {
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = Words(p.Reason())
	}
	return strings.Join(texts, "; ")
}
