package sandbox

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// contactColumn is where PUT stores a field of the contact.
type contactColumn struct {
	limit int // in characters; 0 is none
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

// opportunityFields are those that PUT stores with the opportunity; name is stored there as the title.
var opportunityFields = []string{"name", "notes", "score", "owner_user_id", "pipeline_id", "stage_id"}

// alsoNames are the documented fields that AlsoStores can add, with the columns that they go to.
var alsoNames = map[string]string{
	"position": "title", "responsible_user_id": "owner_user_id", "deal_value": "value", "deal_currency": "currency",
}

// put answers PUT /opportunities/{id}. The contact is written first, then the opportunity: if the second fails,
// the first stays.
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

// looseObject takes an array, or no body, as an object without fields.
func looseObject(body []byte) map[string]any {
	object, ok := objectOf(body)
	if !ok {
		return map[string]any{}
	}
	return object
}

// isJavaScriptSpace says what JavaScript's trim removes.
func isJavaScriptSpace(r rune) bool {
	return r == '\uFEFF' || r != '\u0085' && unicode.IsSpace(r)
}

// split gives the columns to write in each table, and whether the body has any field that is known.
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
		} else if isObservedField(name) {
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

func isObservedField(name string) bool {
	_, ok := contactColumns[name]
	return ok || slices.Contains(opportunityFields, name)
}

// writeContact stores all of the columns, or none and is false.
func (d *observed) writeContact(id string, columns map[string]any) bool {
	changed := *d.contacts[id]
	for name, value := range columns {
		column := contactColumns[name]
		text, ok := textColumn(value, column.limit)
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

// writeOpportunity stores all of the columns, or none and is false. Without columns it does not move updated_at.
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
		title, ok = textColumn(value, maxTitle)
		o.Title = title.String
	case "notes":
		o.Notes, ok = textColumn(value, 0)
	case "score":
		o.Score, ok = intColumn(value)
	case "owner_user_id":
		o.OwnerUserID, ok = d.ownerColumn(value)
	case "pipeline_id":
		o.PipelineID, ok = uuidColumn(value)
	case "stage_id":
		o.StageID, ok = uuidColumn(value)
	case "value":
		o.Value, ok = amountColumn(value)
	case "currency":
		o.Currency, ok = textColumn(value, 0)
	}
	return ok
}

// textColumn is a value as PostgreSQL stores it in a column of text; false is what it refuses.
func textColumn(value any, limit int) (Text, bool) {
	if value == nil {
		return Text{}, true
	}
	text, ok := value.(string)
	if !ok {
		written, err := json.Marshal(value)
		if err != nil {
			return Text{}, false
		}
		text = string(written)
	}
	tooLong := limit > 0 && utf8.RuneCountInString(text) > limit
	return Text{text, true}, !tooLong && !strings.Contains(text, "\x00")
}

func uuidColumn(value any) (string, bool) {
	text, _ := value.(string)
	return canonicalUUID(text)
}

// ownerColumn takes any user that is known, and null.
func (d *observed) ownerColumn(value any) (Text, bool) {
	if value == nil {
		return Text{}, true
	}
	id, ok := uuidColumn(value)
	_, known := d.users[id]
	return Text{id, true}, ok && known
}

func intColumn(value any) (int, bool) {
	text, _ := textColumn(value, 0)
	n, err := strconv.Atoi(text.String)
	return n, err == nil || !text.Valid
}

func amountColumn(value any) (Text, bool) {
	text, _ := textColumn(value, 0)
	amount := cents(json.Number(text.String))
	return amount, amount.Valid || !text.Valid
}
