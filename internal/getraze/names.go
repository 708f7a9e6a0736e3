package getraze

import (
	"slices"

	"razebulk/internal/crm"
)

// form is one of the two dialects (docs/api.md).
type form uint8

const (
	unknown form = iota
	documented
	observed
)

// names are those of a field in either dialect: under which an update sends it, and under which answers show it.
type names struct {
	index       int       // of the field in crm.Fields
	sent, shown [2]string // documented, observed
}

// fieldNames has the fields of crm.Fields.
var fieldNames = func() map[string]*names {
	all := map[string]*names{
		crm.Name:     {sent: [2]string{crm.Name, crm.Name}, shown: [2]string{crm.Name, "contact_name"}},
		"email":      {sent: [2]string{"email", "email"}, shown: [2]string{"email", "contact_email"}},
		"phone":      {sent: [2]string{"phone", "phone"}, shown: [2]string{"phone", "contact_phone"}},
		"company":    {sent: [2]string{"company", "company"}, shown: [2]string{"company", "contact_company"}},
		crm.Position: {sent: [2]string{crm.Position, "title"}, shown: [2]string{crm.Position, "contact_title"}},
		crm.Amount:   {sent: [2]string{crm.Amount, crm.Amount}, shown: [2]string{crm.Amount, "value"}},
		crm.Currency: {sent: [2]string{crm.Currency, crm.Currency}, shown: [2]string{crm.Currency, "currency"}},
		crm.Notes:    {sent: [2]string{crm.Notes, crm.Notes}, shown: [2]string{crm.Notes, crm.Notes}},
		crm.Owner:    {sent: [2]string{crm.Owner, "owner_user_id"}, shown: [2]string{crm.Owner, "owner_user_id"}},
	}
	for i, field := range crm.Fields {
		all[field].index = i
	}
	return all
}()

// hasTwoNames reports whether the dialects send the field under different names.
func (n *names) hasTwoNames() bool { return n.sent[0] != n.sent[1] }

// contactMarks are keys that only the observed dialect's opportunities have.
var contactMarks = []string{"contact_id", "contact_name", "contact_email", "contact_title"}

// documentedMarks are keys that only the documented dialect's opportunities have.
var documentedMarks = []string{
	crm.Name, crm.Status, crm.Position, crm.Amount, crm.Currency, crm.Owner, responsibleUser,
}

const (
	stageID         = "stage_id"
	pipelineID      = "pipeline_id"
	ownTitle        = "title" // of the opportunity; in the body of an update, the contact's job title
	responsibleUser = "responsible_user"
)

// identity are the keys that are kept of every opportunity.
var identity = []string{crm.ID, crm.UpdatedAt, "contact_id"}

// landmarks are the keys that are kept of every answer: a dialect shows in them, and stages, users and contacts.
var landmarks = slices.Concat(identity, contactMarks, documentedMarks, []string{
	ownTitle, "contact_phone", "contact_company", "email", "phone", "company", "value", "currency", stageID, "stage_name", pipelineID, "pipeline_name",
	"owner_user_id", "owner_user_name", "owner_user_email",
})

// keysOf are all keys under which an answer may show the field.
func keysOf(field string) []string {
	if keys, several := severalKeys[field]; several {
		return keys
	}
	if n, known := fieldNames[field]; known {
		return n.shown[:]
	}
	return []string{field}
}

var severalKeys = func() map[string][]string {
	title := []string{crm.Position, "contact_title", ownTitle}
	// Each is needed to know whether the other may be null.
	reach := []string{"email", "contact_email", "phone", "contact_phone"}
	return map[string][]string{
		crm.Position: title,
		ownTitle:     title,
		crm.Owner:    {crm.Owner, "owner_user_id", responsibleUser},
		crm.Name:     {crm.Name, "contact_name", ownTitle},
		"email":      reach,
		"phone":      reach,
		crm.Status:   {crm.Status, stageID, "stage_name", pipelineID, "pipeline_name"},
	}
}()

// knownKeys are the keys that answers have as a rule, each by itself, so that their texts are made once.
var knownKeys = func() map[string]string {
	known := map[string]string{}
	for _, key := range slices.Concat(landmarks, []string{
		"success", "data", "error", "message", "opportunities", "pagination", "page", "limit", "total", "total_pages", crm.Notes, "source",
		"campaign_id", "created_at",
	}) {
		known[key] = key
	}
	return known
}()

// isLandmark has the keys of landmarks.
var isLandmark = func() map[string]bool {
	found := map[string]bool{}
	for _, key := range landmarks {
		found[key] = true
	}
	return found
}()

// wantedKeys reports whether a key is to be kept of an answer in which these fields are of interest; nil, for every
// key, if there are none.
func wantedKeys(fields []string) func(key string) bool {
	if len(fields) == 0 {
		return nil
	}
	var others []string
	for _, field := range fields {
		for _, key := range keysOf(field) {
			if !isLandmark[key] {
				others = append(others, key)
			}
		}
	}
	return func(key string) bool { return isLandmark[key] || slices.Contains(others, key) }
}
