package sandbox

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// Opportunity is what the service stores. It does not tell an empty text from none:
// both are answered as null, but for the name.
type Opportunity struct {
	ID                string      `csv:"id"`
	Name              string      `csv:"name"`
	Email             string      `csv:"email"`
	Phone             string      `csv:"phone"`
	Company           string      `csv:"company"`
	Position          string      `csv:"position"`
	DealValue         json.Number `csv:"deal_value"` // a JSON number, digit for digit as it was sent; empty for none
	DealCurrency      string      `csv:"deal_currency"`
	Notes             string      `csv:"notes"`
	ResponsibleUserID string      `csv:"responsible_user_id"`
	Status            string      `csv:"status"`
	Source            string      `csv:"source"`
	CampaignID        string      `csv:"campaign_id"`
	CreatedAt         time.Time   `csv:"-"`
	UpdatedAt         time.Time   `csv:"-"`
}

var statuses = []string{"new", "contacted", "qualified", "proposal", "negotiation", "won", "lost"}

// field is where the PUT field called name is kept, or nil if PUT takes no such field.
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

// get answers GET /opportunities/{id}.
func (s *Server) get(c call) answer {
	return s.change(c.id, func(*Opportunity) {}, s.one)
}

// change lets edit change the opportunity in place, and answers with what shape makes of it.
func (s *Server) change(id string, edit func(*Opportunity), shape func(Opportunity) any) answer {
	if s.options.Seen && !isUUID(id) {
		return internalError()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.opportunities[id]
	if !ok {
		return notFound()
	}
	edit(&o)
	s.opportunities[id] = o
	return success(shape(o))
}

func (s *Server) all() []Opportunity {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Values(s.opportunities))
}

func isUUID(id string) bool {
	if len(id) != len("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") {
		return false
	}
	for i, c := range []byte(id) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (c == '-') || !dash && !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
			return false
		}
	}
	return true
}
