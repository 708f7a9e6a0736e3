// Package stage has how the stage of an opportunity is sent and compared. Decisions and results call it the field
// [crm.Status], whose value is the id of a stage where the service has stages of its own.
package stage

import (
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// idField is the field of a stage where the service has stages of its own.
const idField = "stage_id"

// Is reports whether the fields of a request are the stage.
func Is(fields []getraze.Field) bool { return len(fields) == 1 && fields[0].Name == crm.Status }

// Sent is the stage as it is sent. Where nothing is known of the service, an id is none of the documented words. A word
// is never sent as an id: the service would fail without a reason.
func Sent(status getraze.Field, d getraze.Dialect) getraze.Field {
	status.Name = d.StageField()
	switch isID := crm.IsUUID(status.Text); {
	case isID && !d.Known():
		status.Name = idField
	case !isID:
		status.Name = crm.Status
	}
	return status
}

// Show gives the opportunity the id of its stage as its status, where it has one, so that it is compared as a field.
func Show(o getraze.Opportunity, d getraze.Dialect) {
	if raw, found := o[idField]; found && (d.StageField() == idField || !d.Known()) {
		o[crm.Status] = raw
	}
}
