package ledger

import (
	"encoding/hex"
	"time"

	bolt "go.etcd.io/bbolt"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Several opportunities may share a contact, and a contact field that is stored through one of them changes for all.
// Therefore, if the contact of an opportunity is known, the fields of [crm.IsContact] are kept once, in a separate
// record of the contact: what is noted or forgotten through one opportunity applies to all.

// contactEntry is the entry of an opportunity's record whose hash identifies the record of its contact. No field has
// this name. Files of earlier versions don't have the entry, and earlier versions ignore it.
const contactEntry = "\x00contact"

func (s *secret) contact(id string) opportunity {
	sum := s.mac('c', crm.IDKey(id))
	return opportunity(sum[:])
}

// ContactKey returns the key of a contact, the same that [Ledger.Contact] returns.
func (l *Ledger) ContactKey(contact string) string {
	o := l.secret.contact(contact)
	return hex.EncodeToString(o[:])
}

// Contact returns the key of the opportunity's contact; "" if it is not known.
func (l *Ledger) Contact(id string) string {
	entry, _, known := l.storedIn(l.secret.opportunity(id), contactEntry)
	if !known {
		return ""
	}
	return hex.EncodeToString(entry.Hash[:])
}

// NoteContact records which contact an opportunity has. Earlier notes of the contact's fields are forgotten: another
// opportunity may have changed the fields since. Errors are as for [Ledger.Note].
func (l *Ledger) NoteContact(id, contact string) error {
	o, c := l.secret.opportunity(id), l.secret.contact(contact)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.unusable(); err != nil {
		return err
	}
	if known := l.entry(o, contactEntry); known != nil && known.Hash == Hash(c) {
		return nil
	}
	l.change(o, contactEntry, &Entry{Hash(c), time.Unix(time.Now().Unix(), 0), true})
	for _, field := range crm.Fields {
		if crm.IsContact(field) && l.entry(o, field) != nil {
			l.change(o, field, nil)
		}
	}
	return l.unusable()
}

// ForgetContacts forgets these fields of every contact: one of them may have been changed, and it is not known which.
// The change reaches the file like a note. Errors are as for [Ledger.Note].
func (l *Ledger) ForgetContacts(fields ...string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.unusable(); err != nil {
		return err
	}
	for contact := range l.contacts() {
		for _, field := range fields {
			if crm.IsContact(field) && l.entry(contact, field) != nil {
				l.change(contact, field, nil)
			}
		}
	}
	return l.unusable()
}

// contacts returns the records of all contacts. The caller must hold mu.
func (l *Ledger) contacts() map[opportunity]bool {
	found := map[opportunity]bool{}
	add := func(entry *Entry) {
		if entry != nil {
			found[opportunity(entry.Hash)] = true
		}
	}
	for _, b := range []*batch{l.next, l.writing} {
		if b == nil {
			continue
		}
		for _, changes := range b.changes {
			add(changes[contactEntry])
		}
	}
	err := guard(func() error {
		return l.db.View(func(tx *bolt.Tx) error {
			return tx.Bucket(storedBucket).ForEach(func(_, raw []byte) error {
				entry, err := find(raw, contactEntry)
				add(entry)
				return err
			})
		})
	})
	if err != nil {
		_ = l.fail(reason.New("state_damaged", "path", l.path).Because(err))
	}
	return found
}

// place returns the record that holds the field: the contact's, or the opportunity's own. The caller must hold mu.
func (l *Ledger) place(o opportunity, field string) opportunity {
	if !crm.IsContact(field) {
		return o
	}
	if contact := l.entry(o, contactEntry); contact != nil {
		return opportunity(contact.Hash)
	}
	return o
}
