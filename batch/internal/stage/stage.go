// Package stage defines how the stage of an opportunity is sent and compared. Decisions and results call it the field
// [crm.Status], whose value is the id of a stage if the service has its own stages.
package stage

import (
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Is reports whether the fields of a request are the stage.
func Is(fields []getraze.Field) bool { return len(fields) == 1 && fields[0].Name == crm.Status }

// Sent returns the stage as it is sent. While nothing is known about the service, a UUID is sent as the id of a stage.
// A word is never sent as an id: the service would fail without giving a reason.
func Sent(status getraze.Field, d getraze.Dialect) getraze.Field {
	status.Name = d.StageField()
	switch isID := crm.IsUUID(status.Text); {
	case isID && !d.Known():
		status.Name = getraze.StageID
	case !isID:
		status.Name = crm.Status
	}
	return status
}

// Show sets the opportunity's status to the id of its stage, if it has one, so that it is compared as a field.
func Show(o getraze.Opportunity, d getraze.Dialect) {
	if raw, found := o[getraze.StageID]; found && (d.StageField() == getraze.StageID || !d.Known()) {
		o[crm.Status] = raw
	}
}
