package report

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/words"
)

const fuzzLastRow = 1000

// FuzzJournal reads any bytes as a journal, and continues it.
func FuzzJournal(f *testing.F) {
	for _, d := range damages {
		f.Add([]byte(d.text))
	}
	for n := 0; n < len(twoLines); n += 9 {
		f.Add([]byte(twoLines[:n]))
	}
	f.Add([]byte(begin + lineFor("2", "a", "NETWORK_ERROR", "5") + lineFor("3", "a", "SUCCESS", "1") + lineFor("2", "a", "SERVER_ERROR", "1")))
	f.Add([]byte(begin + lineFor("2", "a", "NETWORK_ERROR", "5") + lineFor("2", "a", "SUCCESS", "1") + lineFor("9999", "b", "SUCCESS", "1")))
	f.Add([]byte(strings.ReplaceAll(twoLines, "\n", "\r\n")))
	f.Add([]byte(begin + lineFor("2", "a", "NETWORK_ERROR", "5") + lineFor("3", "a", "SUCCESS", "1") + lineFor("2", "b", "SERVER_ERROR", "1")))
	path := resultsPath(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		write(t, JournalPath(path), string(text))
		p, err := ReadPreviousRun(context.Background(), path, Dialect{}, fuzzLastRow, false)
		if got := read(t, JournalPath(path)); got != string(text) {
			t.Fatalf("reading made it %q", got)
		}
		if err != nil {
			return
		}
		want := doneBy(t, string(text))
		wantDone(t, p, want)
		resumeWith(t, p, result(fuzzLastRow, "an id that no other row has", batch.Success, 1))
		want[fuzzLastRow] = true
		if p, err = ReadPreviousRun(context.Background(), path, Dialect{}, fuzzLastRow, false); err != nil {
			t.Fatalf("after continuing: %v", err)
		}
		wantDone(t, p, want)
	})
}

// doneBy finds the done rows of an undamaged journal in the simplest way: all lines in memory, one line at a time.
func doneBy(t *testing.T, text string) map[int]bool {
	t.Helper()
	whole := text[:strings.LastIndex(text, "\n")+1]
	lines := strings.Count(whole, "\n") - 1
	all, err := outcomesOf(whole)
	if whole != "" && (err != nil || len(all) != lines) {
		t.Fatalf("%d of %d lines were read: %v", len(all), lines, err)
	}
	key := func(o Outcome) string { return crm.IDKey(words.VisibleCell(unbroken(o.ID))) } // as ids are written
	latest, tried, done := map[int]Outcome{}, map[string]bool{}, map[int]bool{}
	for _, o := range all {
		latest[o.Row] = o // earlier lines of the row don't count, not even with another id
		tried[key(o)] = tried[key(o)] || o.Attempts > 0 && !o.Status.Terminal()
	}
	for row, o := range latest {
		overtaken := false
		for _, later := range latest {
			stored := later.Status == batch.Success || later.Status == batch.NotApplied
			overtaken = overtaken || key(later) == key(o) && later.Row > row && stored && tried[key(o)]
		}
		if overtaken || o.Status.Terminal() {
			done[row] = true
		}
	}
	return done
}

// wantDone checks that exactly these rows are done, and that each is counted once.
func wantDone(t *testing.T, p *PreviousRun, want map[int]bool) {
	t.Helper()
	got := map[int]bool{}
	for _, row := range doneRows(p, 2*fuzzLastRow) {
		got[row] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	if done := p.Tally.Counts().Done; done != len(want) {
		t.Fatalf("counted %d rows of %d", done, len(want))
	}
}
