package sandbox

import (
	"bytes"
	"encoding/json"
	"time"
)

// Text is a text or, at its zero value, null.
type Text struct {
	String string
	Valid  bool // not null
}

// MarshalJSON gives a JSON string or null.
func (t Text) MarshalJSON() ([]byte, error) {
	if !t.Valid {
		return []byte("null"), nil
	}
	return marshalText(t.String)
}

// marshalText leaves <, > and & as they are.
func marshalText(s string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(s)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

func nonEmpty(s string) Text { return Text{s, s != ""} }

// Contact is a contact as the observed dialect stores it.
type Contact struct {
	ID                               string
	Name, Email, Phone, Company      Text
	Title                            Text // the job title
	Location, Headline, URL, Picture Text
	HasOtherID                       bool // something else identifies it, so that both e-mail and phone may be null
}

// Stored is an opportunity as the observed dialect stores it, without its contact's fields.
type Stored struct {
	ID, ContactID, Title                                 string
	Notes, Value, Currency, Source                       Text
	PipelineID, StageID                                  string
	OwnerUserID, CampaignID                              Text
	Score                                                int
	CreatedAt, UpdatedAt                                 time.Time
	SentAt, AcceptedAt, QualifyingStartedAt, QualifiedAt time.Time // zero is null, here and below
	ScheduledAt, WonAt, LostAt                           time.Time
}

// Stored is a copy of the opportunity with this id, in any spelling, and whether there is one.
// There is none in the documented dialect.
func (s *Server) Stored(id string) (Stored, bool) {
	if s.observed == nil {
		return Stored{}, false
	}
	d := s.observed
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.find(id)
	if !ok {
		return Stored{}, false
	}
	return *o, true
}

// Contact is a copy of the contact with this id, in any spelling, and whether there is one.
// There is none in the documented dialect.
func (s *Server) Contact(id string) (Contact, bool) {
	if s.observed == nil {
		return Contact{}, false
	}
	d := s.observed
	d.mu.Lock()
	defer d.mu.Unlock()
	contact, ok := d.contacts[idOf("contact", id)]
	if !ok {
		return Contact{}, false
	}
	return *contact, true
}

// IDs are the ids of all opportunities, in the order in which they were given.
func (s *Server) IDs() []string { return s.dialect.ids() }
