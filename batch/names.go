package batch

import (
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// reasonsOf returns the problems of cells as reasons.
func reasonsOf(problems []csvmap.Problem) []reason.Reason {
	var reasons []reason.Reason
	for _, p := range problems {
		reasons = append(reasons, p.Reason())
	}
	return reasons
}

// namesOf returns the names of fields.
func namesOf(fields []getraze.Field) []string {
	if len(fields) == 0 {
		return nil
	}
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].Name
	}
	return names
}
