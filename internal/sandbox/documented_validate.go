package sandbox

import (
	"encoding/json"
	"net/mail"
	"strings"
)

// field returns where the PUT field called name is stored, or nil if PUT has no such field.
func (o *Opportunity) field(name string) *string {
	switch name {
	case "name":
		return &o.Name
	case "email":
		return &o.Email
	case "phone":
		return &o.Phone
	case "company":
		return &o.Company
	case "position":
		return &o.Position
	case "deal_value":
		return (*string)(&o.DealValue)
	case "deal_currency":
		return &o.DealCurrency
	case "notes":
		return &o.Notes
	case "responsible_user_id":
		return &o.ResponsibleUserID
	}
	return nil
}

// complaint returns what is wrong with the value of a PUT field, or "" if nothing is. An empty string clears a field;
// a number is only cleared by null.
func complaint(name string, value any) string {
	if value == nil && (name == "notes" || name == "deal_value") {
		return ""
	}
	if name == "deal_value" {
		if _, ok := value.(json.Number); !ok {
			return "must be a number"
		}
		return ""
	}
	text, ok := value.(string)
	switch {
	case !ok:
		return "must be a string"
	case name == "name" && strings.TrimSpace(text) == "":
		return "must not be empty"
	case text == "":
		return ""
	case name == "email" && !isEmail(text):
		return "must be a valid email address"
	case name == "deal_currency" && !isCurrency(text):
		return "must be a three-letter currency code"
	}
	return ""
}

func isEmail(text string) bool {
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text { // not "Maria <maria@example.com>"
		return false
	}
	_, domain, _ := strings.Cut(text, "@")
	return strings.Contains(domain, ".")
}

func isCurrency(text string) bool {
	letters := strings.Trim(strings.ToUpper(text), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	return letters && len(text) == 3
}
