package coverage

import (
	"strconv"
	"strings"
	"testing"
)

func TestCoverage(t *testing.T) {
	for _, c := range []struct {
		name          string
		pages         string // each is the length of the list, and the ids of the page
		complete      bool
		missing, gone int
	}{
		{"nothing", "0:", true, 0, 0},
		{"all at once", "2:ab", true, 0, 0},
		{"page by page", "5:ab 5:cd 5:e", true, 0, 0},
		{"one lost between two pages", "5:ab 5:bd 5:e", false, 1, 0},
		{"and found in another order", "5:ab 5:bd 5:e 5:ca", true, 0, 0},
		{"lost for ever", "5:ab 5:bd 5:e 5:ab 5:bd 5:e", false, 1, 0},
		{"one came, and was seen", "4:ab 4:cd 5:e", true, 0, 0},
		{"one came, and was not seen", "4:ab 5:cd", false, 1, 0},
		{"but all are seen in another order", "4:ab 5:cd 5:ea 5:bc 5:d", true, 0, 0},
		{"one that was seen went, and another one was lost by that", "4:ab 3:d", false, 1, 1},
		{"it is found", "4:ab 3:d 3:bc", true, 0, 0},
		{"one that was not seen went: that has to be proved", "4:ab 3:d", false, 1, 1},
		{"and is", "4:ab 3:d 3:da 3:b", true, 0, 0},
		{"one went and nothing was lost, as it was seen last", "4:abc 3:d", true, 0, 0},
		{"one went and one came", "4:ab 3:d 4:ec", true, 0, 0},
		{"two went, and three are lost", "6:ab 4:f", false, 3, 2},
	} {
		seen := New()
		for _, page := range strings.Fields(c.pages) {
			length, ids, _ := strings.Cut(page, ":")
			n, err := strconv.Atoi(length)
			if err != nil {
				t.Fatal(err)
			}
			seen.LengthIs(n)
			for _, id := range ids {
				seen.See(string(id))
			}
		}
		missing, gone := seen.Missing()
		if seen.IsComplete() != c.complete || missing != c.missing || gone != c.gone {
			t.Errorf("%s: complete %t, %d missing, %d gone", c.name, seen.IsComplete(), missing, gone)
		}
	}
}
