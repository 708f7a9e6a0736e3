package getraze

import (
	"slices"

	"razebulk/internal/crm"
	"razebulk/internal/getraze/internal/reduce"
)

// form is one of the two dialects (docs/api.md).
type form uint8

const (
	unknown form = iota
	documented
	observed
)

// names holds a field's names in both dialects: the ones that updates send and the ones that answers show.
type names struct {
	index       int       // of the field in crm.Fields
	sent, shown [2]string // documented, observed
}

// fieldNames holds the names of crm.Fields, in the same order.
var fieldNames = [...]names{
	{0, [2]string{crm.Name, crm.Name}, [2]string{crm.Name, "contact_name"}},
	{1, [2]string{crm.Email, crm.Email}, [2]string{crm.Email, "contact_email"}},
	{2, [2]string{crm.Phone, crm.Phone}, [2]string{crm.Phone, "contact_phone"}},
	{3, [2]string{crm.Company, crm.Company}, [2]string{crm.Company, "contact_company"}},
	{4, [2]string{crm.Position, "title"}, [2]string{crm.Position, "contact_title"}},
	{5, [2]string{crm.Amount, crm.Amount}, [2]string{crm.Amount, "value"}},
	{6, [2]string{crm.Currency, crm.Currency}, [2]string{crm.Currency, "currency"}},
	{7, [2]string{crm.Notes, crm.Notes}, [2]string{crm.Notes, crm.Notes}},
	{8, [2]string{crm.Owner, "owner_user_id"}, [2]string{crm.Owner, "owner_user_id"}},
}

// namesOf returns the names of a field of crm.Fields, or nil for any other field. It is called some forty times per
// row, and a map would take five times as long.
func namesOf(field string) *names {
	switch field {
	case crm.Name:
		return &fieldNames[0]
	case crm.Email:
		return &fieldNames[1]
	case crm.Phone:
		return &fieldNames[2]
	case crm.Company:
		return &fieldNames[3]
	case crm.Position:
		return &fieldNames[4]
	case crm.Amount:
		return &fieldNames[5]
	case crm.Currency:
		return &fieldNames[6]
	case crm.Notes:
		return &fieldNames[7]
	case crm.Owner:
		return &fieldNames[8]
	}
	return nil
}

// hasTwoNames reports whether the dialects send the field under different names.
func (n *names) hasTwoNames() bool { return n.sent[0] != n.sent[1] }

// contactMarks are keys that only the observed dialect's opportunities have.
var contactMarks = []string{"contact_id", "contact_name", "contact_email", "contact_title"}

// documentedMarks are keys that only the documented dialect's opportunities have.
var documentedMarks = []string{
	crm.Name, crm.Status, crm.Position, crm.Amount, crm.Currency, crm.Owner, responsibleUser,
}

// Keys of the ids of a stage and its pipeline, in opportunities, updates and filters of the observed dialect.
const (
	StageID    = "stage_id"
	PipelineID = "pipeline_id"
)

const (
	ownTitle        = crm.Title // the opportunity's own title; in the body of an update, the contact's job title
	responsibleUser = "responsible_user"
)

// identity lists the keys that are kept for every opportunity.
var identity = []string{crm.ID, crm.UpdatedAt, "contact_id"}

// landmarks lists the keys that are kept for every answer: those that show a dialect, and those of stages, users and
// contacts.
var landmarks = slices.Concat(identity, contactMarks, documentedMarks, []string{
	ownTitle, "contact_phone", "contact_company", crm.Email, crm.Phone, crm.Company, "value", "currency", StageID, "stage_name", PipelineID, "pipeline_name",
	"owner_user_id", "owner_user_name", "owner_user_email",
})

// keysOf returns all keys under which an answer may show the field.
func keysOf(field string) []string {
	if keys, several := severalKeys[field]; several {
		return keys
	}
	if n := namesOf(field); n != nil {
		return n.shown[:]
	}
	return []string{field}
}

var severalKeys = func() map[string][]string {
	title := []string{crm.Position, "contact_title", ownTitle}
	// Each is needed to tell whether the other may be null.
	reach := []string{crm.Email, "contact_email", crm.Phone, "contact_phone"}
	return map[string][]string{
		crm.Position: title,
		ownTitle:     title,
		crm.Owner:    {crm.Owner, "owner_user_id", responsibleUser},
		crm.Name:     {crm.Name, "contact_name", ownTitle},
		crm.Email:    reach,
		crm.Phone:    reach,
		crm.Status:   {crm.Status, StageID, "stage_name", PipelineID, "pipeline_name"},
	}
}()

// knownKeys holds the keys that answers usually have, so that their strings are allocated once.
var knownKeys = func() reduce.Keys {
	known := reduce.Keys{}
	for _, text := range []string{
		"success", "data", "error", "message", "opportunities", "pagination", "page", "limit", "total", "total_pages", crm.Notes, "source",
		"campaign_id", "created_at",
	} {
		known[text] = reduce.Key{Text: text, Known: true}
	}
	for _, text := range landmarks {
		known[text] = reduce.Key{Text: text, Known: true, Landmark: true}
	}
	return known
}()

// wantedKeys returns a function that reports whether to keep a key, other than a landmark, of an answer in which
// these fields are of interest. Without fields it returns nil, which keeps every key.
func wantedKeys(fields []string) func(key string) bool {
	if len(fields) == 0 {
		return nil
	}
	var others []string
	for _, field := range fields {
		for _, key := range keysOf(field) {
			if !knownKeys[key].Landmark {
				others = append(others, key)
			}
		}
	}
	return func(key string) bool { return slices.Contains(others, key) }
}
