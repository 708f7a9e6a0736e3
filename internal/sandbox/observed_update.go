package sandbox

import (
	"slices"
	"strings"
	"unicode"

	"razebulk/internal/sandbox/internal/postgres"
)

// contactColumn is where PUT stores a field of the contact.
type contactColumn struct {
	limit int // in characters; 0 means none
	of    func(*Contact) *Text
}

var contactColumns = map[string]contactColumn{
	"name":            {500, func(c *Contact) *Text { return &c.Name }},
	"email":           {255, func(c *Contact) *Text { return &c.Email }},
	"phone":           {50, func(c *Contact) *Text { return &c.Phone }},
	"company":         {500, func(c *Contact) *Text { return &c.Company }},
	"title":           {255, func(c *Contact) *Text { return &c.Title }},
	"location":        {0, func(c *Contact) *Text { return &c.Location }},
	"headline":        {0, func(c *Contact) *Text { return &c.Headline }},
	"profile_url":     {0, func(c *Contact) *Text { return &c.URL }},
	"profile_picture": {0, func(c *Contact) *Text { return &c.Picture }},
}

const maxTitle = 255

// opportunityFields are the fields that PUT stores in the opportunity; name is stored there as the title.
var opportunityFields = []string{"name", "notes", "score", "owner_user_id", "pipeline_id", "stage_id"}

// alsoNames maps the documented fields that AlsoStores can add to their columns.
var alsoNames = map[string]string{
	"position": "title", "responsible_user_id": "owner_user_id", "deal_value": "value", "deal_currency": "currency",
}

// put answers PUT /opportunities/{id}. The contact is written first, then the opportunity: if the second write fails,
// the first remains.
func (d *observed) put(c call) answer {
	body := looseObject(c.body)
	if name, given := body["name"]; given {
		text, ok := name.(string)
		if !ok {
			return internalError(putFailed)
		}
		body["name"] = strings.TrimFunc(text, isJavaScriptSpace)
	}
	contact, opportunity, known := d.split(body)
	if !known {
		return invalid("No fields to update")
	}
	return d.withOpportunity(c, putFailed, func(o *Stored) answer {
		if !d.writeContact(o.ContactID, contact) || !d.writeOpportunity(o, opportunity) {
			return internalError(putFailed)
		}
		return success(d.columnsOf(o))
	})
}

// looseObject treats an array, or no body, as an object without fields.
func looseObject(body []byte) map[string]any {
	object, ok := objectOf(body)
	if !ok {
		return map[string]any{}
	}
	return object
}

// isJavaScriptSpace reports whether JavaScript's trim removes r.
func isJavaScriptSpace(r rune) bool {
	return r == '\uFEFF' || r != '\u0085' && unicode.IsSpace(r)
}

// split returns the columns to write in each table, and whether the body has any known field.
func (d *observed) split(body map[string]any) (contact, opportunity map[string]any, known bool) {
	contact, opportunity = map[string]any{}, map[string]any{}
	columns := map[string]any{}
	for name, value := range body {
		if column := alsoNames[name]; column != "" && d.also[name] {
			columns[column] = value
		}
	}
	for name, value := range body {
		if d.ignored[name] {
			known = true
		} else if _, ok := contactColumns[name]; ok || slices.Contains(opportunityFields, name) {
			columns[name] = value
		}
	}
	for name, value := range columns {
		if _, ok := contactColumns[name]; ok {
			contact[name] = value
		}
		if _, only := contactColumns[name]; !only || name == "name" {
			opportunity[name] = value
		}
	}
	return contact, opportunity, known || len(columns) > 0
}

// writeContact stores all of the columns, or stores none and returns false.
func (d *observed) writeContact(id string, columns map[string]any) bool {
	changed := *d.contacts[id]
	for name, value := range columns {
		column := contactColumns[name]
		text, ok := postgres.Varchar(value, column.limit)
		if !ok {
			return false
		}
		*column.of(&changed) = text
	}
	if !changed.Email.Valid && !changed.Phone.Valid && !changed.HasOtherID {
		return false
	}
	*d.contacts[id] = changed
	return true
}

// writeOpportunity stores all of the columns, or stores none and returns false. Without columns it does not move
// updated_at.
func (d *observed) writeOpportunity(o *Stored, columns map[string]any) bool {
	if len(columns) == 0 {
		return true
	}
	changed := *o
	for name, value := range columns {
		if !d.setColumn(&changed, name, value) {
			return false
		}
	}
	changed.UpdatedAt = d.timestamp()
	*o = changed
	return true
}

func (d *observed) setColumn(o *Stored, name string, value any) (ok bool) {
	var title Text
	switch name {
	case "name":
		title, ok = postgres.Varchar(value, maxTitle)
		o.Title = title.String
	case "notes":
		o.Notes, ok = postgres.Varchar(value, 0)
	case "score":
		o.Score, ok = postgres.Integer(value)
	case "owner_user_id":
		o.OwnerUserID, ok = d.ownerColumn(value)
	case "pipeline_id":
		o.PipelineID, ok = uuidColumn(value)
	case "stage_id":
		o.StageID, ok = uuidColumn(value)
	case "value":
		o.Value, ok = postgres.Cents(value)
	case "currency":
		o.Currency, ok = postgres.Varchar(value, 0)
	}
	return ok
}

func uuidColumn(value any) (string, bool) {
	text, _ := value.(string)
	return postgres.UUID(text)
}

// ownerColumn accepts any known user, and null.
func (d *observed) ownerColumn(value any) (Text, bool) {
	if value == nil {
		return Text{}, true
	}
	id, ok := uuidColumn(value)
	_, known := d.users[id]
	return postgres.TextOf(id), ok && known
}
