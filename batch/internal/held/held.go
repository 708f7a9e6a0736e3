// Package held remembers what the service was seen to hold, and what a run has stored since.
package held

import (
	"hash/maphash"
	"slices"
	"sync"

	"razebulk/batch/internal/ids"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// Store records what the service was seen to hold, by opportunity, or why it could not be read. It is safe for
// concurrent use.
type Store[Failure any] struct {
	mu       sync.Mutex
	packer   getraze.Packer
	ids      *ids.Index
	packed   []getraze.Packed // without ids, by their places
	isRead   []bool           // whether one was put: an empty opportunity takes no bytes when packed
	latest   int              // the latest place that was asked for, and what it holds: a row asks several times
	unpacked getraze.Opportunity
	failed   map[int]Failure         // opportunities that could not be read
	doubts   map[int]map[string]bool // fields that were sent, and may hold the new value or still the previous one
	seed     maphash.Seed
	owners   map[uint64]uint32 // the first opportunity of each contact, by a hash of the contact
	sharers  map[uint64][]int  // and its other opportunities: few contacts have any
}

// New returns an empty store for the opportunities in an index, which must not change.
func New[Failure any](of *ids.Index) *Store[Failure] {
	return &Store[Failure]{
		ids: of, packed: make([]getraze.Packed, len(of.Spelled())), isRead: make([]bool, len(of.Spelled())),
		failed: map[int]Failure{}, doubts: map[int]map[string]bool{},
		seed: maphash.MakeSeed(), owners: map[uint64]uint32{}, sharers: map[uint64][]int{},
	}
}

// Of returns what an opportunity holds, except its id, or why it could not be read; nil for one that was not read.
func (s *Store[Failure]) Of(id string) (getraze.Opportunity, *Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	place, known := s.ids.Place(id)
	if !known {
		return nil, nil
	}
	if failure, found := s.failed[place]; found {
		return nil, &failure
	}
	return s.of(place), nil
}

func (s *Store[Failure]) of(place int) getraze.Opportunity {
	if !s.isRead[place] {
		return nil
	}
	if place != s.latest || s.unpacked == nil {
		s.latest, s.unpacked = place, s.packer.Unpack(s.packed[place])
	}
	return s.unpacked
}

func (s *Store[Failure]) put(place int, o getraze.Opportunity) {
	s.packed[place], s.isRead[place], s.unpacked = s.packer.Pack(o), true, nil
}

// Put records what an opportunity of the index holds, and takes ownership of it.
func (s *Store[Failure]) Put(id string, o getraze.Opportunity) {
	s.mu.Lock()
	defer s.mu.Unlock()
	place, known := s.ids.Place(id)
	if !known {
		return
	}
	if contact := o.ContactID(); contact != "" {
		s.share(s.hash(contact), place)
	}
	delete(o, crm.ID)
	s.put(place, o)
}

func (s *Store[Failure]) hash(contact string) uint64 {
	return maphash.String(s.seed, crm.IDKey(contact))
}

func (s *Store[Failure]) share(contact uint64, place int) {
	switch owner, found := s.owners[contact]; {
	case !found:
		s.owners[contact] = uint32(place)
	case int(owner) != place && !slices.Contains(s.sharers[contact], place):
		s.sharers[contact] = append(s.sharers[contact], place)
	}
}

// othersOf returns the other opportunities of an opportunity's contact.
func (s *Store[Failure]) othersOf(place int) []int {
	contact := s.of(place).ContactID()
	if contact == "" {
		return nil
	}
	hash := s.hash(contact)
	if len(s.sharers[hash]) == 0 {
		return nil
	}
	var others []int
	for _, other := range append([]int{int(s.owners[hash])}, s.sharers[hash]...) {
		if other != place && crm.SameID(s.of(other).ContactID(), contact) { // two contacts may have the same hash
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

// Fail records why an opportunity of the index could not be read.
func (s *Store[Failure]) Fail(id string, f Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if place, known := s.ids.Place(id); known {
		s.failed[place] = f
	}
}

// Note records what was stored in an opportunity, and which fields may have been: the previous values of the latter
// stay known, for undoing. Fields of the contact are noted for all of its opportunities.
func (s *Store[Failure]) Note(id string, stored, doubtful []getraze.Field) {
	s.mu.Lock()
	defer s.mu.Unlock()
	place, known := s.ids.Place(id)
	if !known {
		return
	}
	others := s.othersOf(place)
	s.note(place, stored, doubtful, true)
	stored, doubtful = ofContact(stored), ofContact(doubtful)
	for _, other := range others {
		s.note(other, stored, doubtful, false)
	}
}

func ofContact(fields []getraze.Field) []getraze.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f getraze.Field) bool { return !crm.IsContact(f.Name) })
}

// note notes one opportunity. A name that was stored through another opportunity doesn't change this one's title.
func (s *Store[Failure]) note(place int, stored, doubtful []getraze.Field, withTitle bool) {
	if s.doubts[place] == nil && len(doubtful) > 0 {
		s.doubts[place] = map[string]bool{}
	}
	for _, f := range doubtful {
		s.doubts[place][f.Name] = true
	}
	for _, f := range stored {
		delete(s.doubts[place], f.Name)
	}
	before := s.of(place)
	if before == nil || len(stored) == 0 {
		return
	}
	after := before.With(stored)
	if title, has := before[crm.Title]; has && !withTitle {
		after[crm.Title] = title
	}
	s.put(place, after)
}

// IsDoubtful reports whether the field was sent, and may hold the new value or still the previous one.
func (s *Store[Failure]) IsDoubtful(id, field string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	place, known := s.ids.Place(id)
	return known && s.doubts[place][field]
}
