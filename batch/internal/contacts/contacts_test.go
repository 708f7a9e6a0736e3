package contacts

import (
	"strconv"
	"testing"
)

func TestTheLatestContactsAreKnownAndEarlyOnesForgotten(t *testing.T) {
	const last = 10*minKept - 1
	var c Contacts
	for n := range last + 1 {
		c.Learn("opportunity "+strconv.Itoa(n), "contact "+strconv.Itoa(n))
	}
	for n := range last + 1 {
		got, known := c.Of("opportunity "+strconv.Itoa(n)), "contact "+strconv.Itoa(n)
		if isLate := n > last-minKept; isLate && got != known || got != "" && got != known || n == 0 && got != "" {
			t.Fatalf("%d: got %q", n, got)
		}
	}
	if kept := len(c.latest) + len(c.before); kept > 2*minKept {
		t.Errorf("%d are kept", kept)
	}
}

func TestTheContactThatCameLastCounts(t *testing.T) {
	var none *Contacts
	none.Learn("3de06b1a-0000-4000-8000-00000000000a", "x")
	var c Contacts
	c.Learn("3de06b1a-0000-4000-8000-00000000000a", "x")
	c.Learn("{3DE06B1A-0000-4000-8000-00000000000A}", "y")
	if got := none.Of("3de06b1a-0000-4000-8000-00000000000a") + c.Of("3DE06B1A-0000-4000-8000-00000000000A"); got != "y" {
		t.Errorf("got %q", got)
	}
}
