package ui

import (
	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
	"razebulk/internal/review"
)

// kept is the status of a plan line whose field stays as it is.
const kept batch.Status = "kept"

// statusNames maps each status to the code of what people call it for a number of lines.
var statusNames = map[batch.Status]string{
	review.Planned:        "ui_status_planned",
	batch.ValidationError: "ui_status_refused",
	batch.Conflict:        "ui_status_conflict",
	kept:                  "ui_status_kept",
	batch.NotFound:        "ui_status_missing",
	batch.NotApplied:      "ui_status_unstored",
	batch.Success:         "ui_status_done",
	batch.Unchanged:       "ui_status_same",
	batch.Empty:           "ui_status_blank",
	batch.ServerError:     "ui_status_service",
	batch.NetworkError:    "ui_status_network",
	batch.NotAttempted:    "ui_status_later",

	"INSUFFICIENT_PERMISSIONS": "ui_status_denied", // the service's own
}

// fieldNames maps each field to what people call it.
var fieldNames = map[string]reason.Reason{
	crm.ID:        reason.New("ui_field_id"),
	crm.Name:      reason.New("page_field_name"),
	"email":       reason.New("page_field_email"),
	"phone":       reason.New("page_field_phone"),
	"company":     reason.New("page_field_company"),
	crm.Position:  reason.New("page_field_position"),
	crm.Amount:    reason.New("page_field_deal_value"),
	crm.Currency:  reason.New("page_field_deal_currency"),
	crm.Notes:     reason.New("page_field_notes"),
	crm.Owner:     reason.New("page_field_responsible_user_id"),
	crm.Status:    reason.New("page_field_status"),
	crm.Title:     reason.New("page_field_title"),
	crm.Pipeline:  reason.New("ui_field_pipeline"),
	crm.UpdatedAt: reason.New("ui_field_updated_at"),
}

// matchChoice is one way to match rows without an id.
type matchChoice struct {
	Value  string
	Fields string
}

var matches = []matchChoice{{"email", "email"}, {"phone", "phone"}, {"name+company", "name company"}, {crm.Title, crm.Title}}

// stepNames has the names of the steps, in their order.
var stepNames = []reason.Reason{
	reason.New("ui_step_1"),
	reason.New("ui_step_2"),
	reason.New("ui_step_3"),
	reason.New("ui_step_4"),
	reason.New("ui_step_5"),
}
