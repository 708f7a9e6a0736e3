package sandbox

import (
	"time"

	"razebulk/internal/sandbox/internal/postgres"
)

// Text is a string or, as its zero value, null. Its fields are String and Valid, which is true if it is not null.
type Text = postgres.Text

// Contact is a contact as the observed dialect stores it.
type Contact struct {
	ID                               string
	Name, Email, Phone, Company      Text
	Title                            Text // the job title
	Location, Headline, URL, Picture Text
	HasOtherID                       bool // something else identifies it, so e-mail and phone may both be null
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

// Stored returns a copy of the opportunity with this id, in any spelling, and whether there is one. There is none in
// the documented dialect.
func (s *Server) Stored(id string) (Stored, bool) {
	if s.observed == nil {
		return Stored{}, false
	}
	s.observed.mu.Lock()
	defer s.observed.mu.Unlock()
	o, ok := s.observed.find(id)
	if !ok {
		return Stored{}, false
	}
	return *o, true
}

// Contact returns a copy of the contact with this id, in any spelling, and whether there is one. There is none in the
// documented dialect.
func (s *Server) Contact(id string) (Contact, bool) {
	if s.observed == nil {
		return Contact{}, false
	}
	s.observed.mu.Lock()
	defer s.observed.mu.Unlock()
	contact, ok := s.observed.contacts[idOf("contact", id)]
	if !ok {
		return Contact{}, false
	}
	return *contact, true
}

// IDs returns the ids of all opportunities, in the order in which they were given.
func (s *Server) IDs() []string { return s.dialect.ids() }
