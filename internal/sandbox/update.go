package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
)

// edits are what a PUT is to store: field name to text, which is the digits for a number.
type edits map[string]string

// put answers PUT /opportunities/{id}.
func (s *Server) put(c call) answer {
	body, refusal := s.object(c.body)
	if refusal != nil {
		return *refusal
	}
	e, refusal := s.readEdits(body)
	if refusal != nil {
		return *refusal
	}
	return s.change(c.id, func(o *Opportunity) { s.apply(e, o) }, s.echo)
}

// readEdits drops in silence the fields that the service does not know.
func (s *Server) readEdits(body map[string]any) (edits, *answer) {
	e, reasons := edits{}, map[string]string{}
	for name, value := range body {
		if !s.takes(name) {
			continue
		}
		if s.options.Seen && name == "name" && value == nil {
			a := internalError()
			return nil, &a
		}
		if reason := s.complaint(name, value); reason != "" {
			reasons[name] = reason
		}
		e[name] = text(value)
	}
	switch {
	case len(reasons) > 0:
		a := invalidFields(reasons)
		return nil, &a
	case len(e) == 0:
		a := invalid("No fields to update")
		return nil, &a
	}
	return e, nil
}

// unseen are documented fields that the deployment that was seen does not know.
var unseen = []string{"deal_value", "deal_currency", "position", "responsible_user_id"}

func (s *Server) takes(name string) bool {
	if s.options.Seen && slices.Contains(unseen, name) {
		return s.ignored[name]
	}
	return s.ignored[name] || new(Opportunity).field(name) != nil
}

// text is a value that was checked: a string, a number or null.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// apply stores the edits but for those that are to be ignored.
func (s *Server) apply(e edits, o *Opportunity) {
	moved := false
	for name, text := range e {
		if s.ignored[name] {
			continue
		}
		if s.options.Seen && name == "name" {
			text = strings.TrimSpace(text)
		}
		*o.field(name) = text
		moved = moved || !s.options.Seen || !isContact(name)
	}
	if moved {
		o.UpdatedAt = s.now()
	}
}

// isContact says whether a field belongs to the contact, whose changes were seen to leave
// the opportunity's updated_at as it was.
func isContact(name string) bool {
	return name == "email" || name == "phone" || name == "company"
}

// patchStage answers PATCH /opportunities/{id}/stage.
func (s *Server) patchStage(c call) answer {
	body, refusal := s.object(c.body)
	if refusal != nil {
		return *refusal
	}
	status, ok := body["status"]
	if !ok {
		return failure(http.StatusBadRequest, "MISSING_REQUIRED_FIELD", "status is required")
	}
	stage, _ := status.(string)
	if !slices.Contains(statuses, stage) {
		return failure(http.StatusBadRequest, "INVALID_STATUS", "status must be one of: "+strings.Join(statuses, ", "))
	}
	return s.change(c.id, func(o *Opportunity) { o.Status, o.UpdatedAt = stage, s.now() }, s.echo)
}

// object reads a body that must be a JSON object, with numbers as the text that was sent.
func (s *Server) object(body []byte) (map[string]any, *answer) {
	value, err := decode(body)
	if err != nil && s.options.Seen {
		a := badRequestPage()
		return nil, &a
	}
	object, ok := value.(map[string]any)
	if !ok {
		a := invalid("Request body must be a JSON object")
		return nil, &a
	}
	return object, nil
}

func decode(body []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("more than one JSON value")
	}
	return value, nil
}
