package csvmap

import (
	"slices"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// stage reads a cell of the status, or returns why it can't.
func stage(text string) (status string, why error) {
	status = strings.ToLower(text)
	if !slices.Contains(crm.Statuses, status) {
		return "", reason.New("status_unknown", "statuses", crm.Statuses)
	}
	return status, nil
}
