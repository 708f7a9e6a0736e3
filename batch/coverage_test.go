package batch_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"razebulk/batch/coverage"
	"razebulk/internal/getraze"
)

// pageAt returns the page that text describes: the length of the list, a colon and the ids. A lower-case letter is an
// opportunity that was created long ago, an upper-case one is created when its first page is read, and a digit is dated
// a year later.
func pageAt(t *testing.T, text string, date time.Time, made map[rune]time.Time) getraze.Page {
	t.Helper()
	length, ids, _ := strings.Cut(text, ":")
	n, err := strconv.Atoi(length)
	if err != nil {
		t.Fatal(err)
	}
	page := getraze.Page{Total: n, Answer: getraze.Answer{Date: date}}
	for _, id := range ids {
		if _, known := made[id]; !known {
			switch made[id] = date.AddDate(-1, 0, 0); {
			case unicode.IsUpper(id):
				made[id] = date.Add(1500 * time.Millisecond)
			case unicode.IsDigit(id):
				made[id] = date.AddDate(1, 0, 0)
			}
		}
		o := getraze.Opportunity{}
		for key, value := range map[string]any{"id": string(id), "created_at": made[id]} {
			o[key], _ = json.Marshal(value)
		}
		page.Opportunities = append(page.Opportunities, o)
	}
	return page
}

// TestCoverage covers pages that are read two seconds apart; | marks the next pass.
func TestCoverage(t *testing.T) {
	for _, c := range []struct {
		name          string
		pages         string // for each page, the length of the list and the ids
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
		{"one went as another one came, and a third was lost by that", "4:ab 4:dE", false, 1, 1},
		{"that is found in the next pass", "4:ab 4:dE | 4:bc 4:dE", true, 0, 0},
		{"which loses another one", "4:ab 4:dE | 4:bd 4:dE", false, 1, 1},
		{"one went that was seen as another one came, and nothing was lost", "4:abc 4:dE", true, 0, 0},
		{"the clock of the opportunities is ahead", "4:aB 4:cD", true, 0, 0},
		{"one is dated in the future", "4:ab 4:c9", true, 0, 0},
	} {
		seen, date, made := coverage.New(), time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC), map[rune]time.Time{}
		for _, text := range strings.Fields(c.pages) {
			if text == "|" {
				seen.NextPass()
				continue
			}
			page := pageAt(t, text, date, made)
			seen.Begin(page)
			for _, o := range page.Opportunities {
				seen.See(o, page)
			}
			date = date.Add(2 * time.Second)
		}
		missing, gone := seen.Missing()
		if seen.IsComplete() != c.complete || missing != c.missing || gone != c.gone {
			t.Errorf("%s: complete %t, %d missing, %d gone", c.name, seen.IsComplete(), missing, gone)
		}
	}
}
