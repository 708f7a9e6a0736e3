package batch_test

import (
	"strconv"
	"testing"

	"razebulk/batch/internal/contacts"
)

func TestTheLatestContactsAreKnownAndEarlyOnesForgotten(t *testing.T) {
	const minKept = 1 << 13
	const last = 10*minKept - 1
	kept := 0
	var c contacts.Contacts
	for n := range last + 1 {
		c.Learn("opportunity "+strconv.Itoa(n), "contact "+strconv.Itoa(n))
	}
	for n := range last + 1 {
		got, known := c.Of("opportunity "+strconv.Itoa(n)), "contact "+strconv.Itoa(n)
		if isLate := n > last-minKept; isLate && got != known || got != "" && got != known || n == 0 && got != "" {
			t.Fatalf("%d: got %q", n, got)
		}
		if got != "" {
			kept++
		}
	}
	if kept > 2*minKept {
		t.Errorf("%d are kept", kept)
	}
}

func TestTheContactThatCameLastCounts(t *testing.T) {
	var none *contacts.Contacts
	none.Learn("3de06b1a-0000-4000-8000-00000000000a", "x")
	var c contacts.Contacts
	c.Learn("3de06b1a-0000-4000-8000-00000000000a", "x")
	c.Learn("{3DE06B1A-0000-4000-8000-00000000000A}", "y")
	if got := none.Of("3de06b1a-0000-4000-8000-00000000000a") + c.Of("3DE06B1A-0000-4000-8000-00000000000A"); got != "y" {
		t.Errorf("got %q", got)
	}
}
