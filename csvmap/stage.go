package csvmap

import (
	"slices"
	"strings"
)

// StatusField is the field of an opportunity's stage. It is read where [Options] ask for it.
const StatusField = "status"

// stages are the values that a stage can have, in the order of a sale (api.md, part 1).
var stages = []string{"new", "contacted", "qualified", "proposal", "negotiation", "won", "lost"}

// stage reads a cell of the status, or returns why it can't.
func stage(text string) (status, reason string) {
	status = strings.ToLower(text)
	if !slices.Contains(stages, status) {
		return "", "not a status; write one of " + strings.Join(stages, ", ")
	}
	return status, ""
}
