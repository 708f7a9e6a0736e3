package sandbox

import (
	"encoding/json"
	"net/mail"
	"strings"
)

// complaint says what is wrong with the value of a field that PUT takes, or "" if nothing is. The service that was seen
// checks types only, and lets null clear a field. An empty text clears one, too; of a number only null can.
func (s *Server) complaint(name string, value any) string {
	if value == nil && (s.options.Seen || name == "notes" || name == "deal_value") {
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
	case !ok && new(Opportunity).field(name) != nil:
		return "must be a string"
	case s.options.Seen:
		return ""
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
