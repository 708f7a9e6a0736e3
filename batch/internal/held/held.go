// Package held remembers what the service was seen to hold, and what a run has stored since.
package held

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Store is what the service was seen to hold, by opportunity, or why that could not be read. It is safe for concurrent
// use.
type Store[Failure any] struct {
	mu       sync.Mutex
	packer   getraze.Packer
	byID     map[string]getraze.Packed
	latest   string // the one that was asked for last, and what it holds: a row asks several times
	unpacked getraze.Opportunity
	failed   map[string]Failure         // opportunities that could not be read
	doubts   map[string]map[string]bool // fields that were sent, and may hold that or still the value before
	seed     maphash.Seed
	owners   map[uint64]string   // the first opportunity of each contact, by a hash of that
	sharers  map[uint64][]string // and the others: few contacts have any
}

// New returns an empty store.
func New[Failure any]() *Store[Failure] {
	return &Store[Failure]{
		byID: map[string]getraze.Packed{}, failed: map[string]Failure{}, doubts: map[string]map[string]bool{},
		seed: maphash.MakeSeed(), owners: map[uint64]string{}, sharers: map[uint64][]string{},
	}
}

// Of is what an opportunity holds, or why it could not be read; nil for one that was not read.
func (s *Store[Failure]) Of(id string) (getraze.Opportunity, *Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if failure, found := s.failed[crm.IDKey(id)]; found {
		return nil, &failure
	}
	return s.of(crm.IDKey(id)), nil
}

func (s *Store[Failure]) of(id string) getraze.Opportunity {
	packed, found := s.byID[id]
	if !found {
		return nil
	}
	if id != s.latest || s.unpacked == nil {
		s.latest, s.unpacked = id, s.packer.Unpack(packed)
	}
	return s.unpacked
}

func (s *Store[Failure]) put(id string, o getraze.Opportunity) {
	s.byID[id], s.unpacked = s.packer.Pack(o), nil
}

// Put records what an opportunity holds.
func (s *Store[Failure]) Put(id string, o getraze.Opportunity) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = crm.IDKey(id)
	if contact := o.ContactID(); contact != "" {
		s.share(s.hash(contact), id)
	}
	s.put(id, o)
}

func (s *Store[Failure]) hash(contact string) uint64 {
	return maphash.String(s.seed, crm.IDKey(contact))
}

func (s *Store[Failure]) share(contact uint64, id string) {
	switch owner, found := s.owners[contact]; {
	case !found:
		s.owners[contact] = id
	case owner != id && !slices.Contains(s.sharers[contact], id):
		s.sharers[contact] = append(s.sharers[contact], id)
	}
}

// othersOf are the other opportunities of the contact that an opportunity has.
func (s *Store[Failure]) othersOf(id string) []string {
	contact := s.of(id).ContactID()
	if contact == "" {
		return nil
	}
	hash := s.hash(contact)
	if len(s.sharers[hash]) == 0 {
		return nil
	}
	var others []string
	for _, other := range append([]string{s.owners[hash]}, s.sharers[hash]...) {
		if other != id && crm.SameID(s.of(other).ContactID(), contact) { // two contacts may have one hash
			others = append(others, other)
		}
	}
	return others
}

// HasContacts reports whether the contact of any opportunity was seen. The nil store has seen none.
func (s *Store[Failure]) HasContacts() bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.owners) > 0
}

// Fail records why an opportunity could not be read.
func (s *Store[Failure]) Fail(id string, f Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed[crm.IDKey(id)] = f
}

// Note records what was stored in an opportunity, and which fields may have been: of these, what they held before stays
// known, for undoing. Fields of the contact are noted for all of its opportunities.
func (s *Store[Failure]) Note(id string, stored, doubtful []getraze.Field) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = crm.IDKey(id)
	others := s.othersOf(id)
	s.note(id, stored, doubtful, true)
	stored, doubtful = ofContact(stored), ofContact(doubtful)
	for _, other := range others {
		s.note(other, stored, doubtful, false)
	}
}

func ofContact(fields []getraze.Field) []getraze.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f getraze.Field) bool { return !crm.IsContact(f.Name) })
}

// note is for one opportunity. The name that was stored through another one leaves its title alone.
func (s *Store[Failure]) note(id string, stored, doubtful []getraze.Field, withTitle bool) {
	if s.doubts[id] == nil && len(doubtful) > 0 {
		s.doubts[id] = map[string]bool{}
	}
	for _, f := range doubtful {
		s.doubts[id][f.Name] = true
	}
	for _, f := range stored {
		delete(s.doubts[id], f.Name)
	}
	before := s.of(id)
	if before == nil || len(stored) == 0 {
		return
	}
	after := before.With(stored)
	if title, has := before["title"]; has && !withTitle {
		after["title"] = title
	}
	s.put(strings.Clone(id), after) // it is a part of a whole row
}

// IsDoubtful reports whether the field was sent, and may hold that or still the value before.
func (s *Store[Failure]) IsDoubtful(id, field string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.doubts[crm.IDKey(id)][field]
}
