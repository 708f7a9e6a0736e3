package ledger

import "testing"

const (
	aContact     = "11111111-0000-4000-8000-000000000001"
	otherContact = "11111111-0000-4000-8000-000000000002"
)

// TestFieldsOfAContactAreKeptOnceForAll, whichever opportunity they were stored through, even for the next run.
func TestFieldsOfAContactAreKeptOnceForAll(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	must(t, l.NoteContact(anID, aContact))
	must(t, l.NoteContact(another, aContact))
	must(t, l.Note(anID, Noted{"email", text("a@b.c"), true}, Noted{"notes", text("n"), true}))
	for range 2 {
		if !l.Holds(another, "email", text("a@b.c")) || l.Holds(another, "notes", text("n")) {
			t.Error("the other opportunity has the e-mail, and not the notes")
		}
		if l.Contact(anID) != l.Contact(another) || l.Contact(anID) != l.ContactKey(aContact) {
			t.Error("both have the contact")
		}
		closed(t, l)
		l = open(t, path)
	}
	must(t, l.Begin(another, "email"))
	if l.Holds(anID, "email", text("a@b.c")) {
		t.Error("what a request is about to change is still believed")
	}
	closed(t, l)
}

// TestAContactThatBecomesKnown makes earlier notes doubtful, as in a file of an earlier version.
func TestAContactThatBecomesKnown(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	must(t, l.Note(anID, Noted{"email", text("a@b.c"), true}, Noted{"notes", text("n"), true}))
	closed(t, l)
	l = open(t, path)
	if l.Contact(anID) != "" || !l.Holds(anID, "email", text("a@b.c")) {
		t.Error("nothing is known of a contact")
	}
	must(t, l.NoteContact(anID, aContact))
	if l.Holds(anID, "email", text("a@b.c")) || !l.Holds(anID, "notes", text("n")) {
		t.Error("the e-mail may have changed since, the notes not")
	}
	must(t, l.Begin(anID, "email")) // on the disk, too: a crash may lose which contact it is
	if entry := l.read(l.secret.opportunity(anID), "email"); entry != nil {
		t.Error("the file still has the e-mail")
	}
	must(t, l.Note(anID, Noted{"email", text("a@b.c"), true}))
	must(t, l.NoteContact(anID, aContact))
	if !l.Holds(anID, "email", text("a@b.c")) {
		t.Error("the same contact again changes nothing")
	}
	must(t, l.NoteContact(anID, otherContact))
	if l.Holds(anID, "email", text("a@b.c")) {
		t.Error("another contact may have another e-mail")
	}
	closed(t, l)
}
