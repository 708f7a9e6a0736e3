package report

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"razebulk/batch"
)

// awkward texts are those that line readers, spreadsheets or careless CSV writers get wrong.
var awkward = rapid.OneOf(
	rapid.SampledFrom([]string{"", `"`, ",", "\n", "\r\n", "a\nb", `x,"y"`, "=1", "-5", "\\.", "é", " ", "7,a,b", "\xff", utf8BOM}),
	rapid.StringOfN(rapid.SampledFrom([]rune("ab,;\"'\n\r\t=+-@ é😀\\.#")), 0, 20, -1),
)

var anyResult = rapid.Custom(func(t *rapid.T) batch.Result {
	return batch.Result{
		Row: rapid.IntRange(2, 40).Draw(t, "row"), Line: rapid.IntRange(2, 99).Draw(t, "line"),
		ID: awkward.Draw(t, "id"), Reasons: said(awkward.Draw(t, "message")),
		Status:     rapid.SampledFrom([]batch.Status{batch.Success, batch.NotFound, "X_1"}).Draw(t, "status"),
		Sent:       rapid.SliceOfN(rapid.SampledFrom([]string{"name", "notes"}), 0, 2).Draw(t, "sent"),
		HTTPStatus: rapid.SampledFrom([]int{0, 200, 404}).Draw(t, "http"),
		FinishedAt: noon,
	}
})

func TestFinishGivesEachRowOnceInOrderWithItsLatestLine(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		rows := rapid.SliceOfN(anyResult, 0, 60).Draw(r, "rows")
		path := filepath.Join(directory, "deals.results.csv")
		record(t, path, rows...)
		if aside, err := finishRun(path); err != nil || aside != "" {
			r.Fatalf("got %q, %v", aside, err)
		}
		if diff := cmp.Diff(ordered(t, rows), read(t, path)); diff != "" {
			r.Fatal(diff)
		}
		if err := os.Remove(path); err != nil {
			r.Fatal(err)
		}
		if left := names(t, directory); len(left) > 0 {
			r.Fatalf("left behind: %v", left)
		}
	})
}

// ordered returns the expected results file of these results, byte for byte.
func ordered(t *testing.T, rows []batch.Result) string {
	t.Helper()
	latest := map[int]string{}
	for _, row := range rows {
		text, err := newEncoder(Dialect{}).lines([]line{lineOf(row, joined(row.Sent), inWords)})
		if err != nil {
			t.Fatal(err)
		}
		latest[row.Row] = string(text)
	}
	content := utf8BOM + header + "\n"
	for _, row := range slices.Sorted(maps.Keys(latest)) {
		content += latest[row]
	}
	return content
}

func TestFinishOrdersManyRowsWithLargeGaps(t *testing.T) {
	t.Parallel()
	path := resultsPath(t)
	many := 3000
	if testing.Short() {
		many = 1000
	}
	var rows []batch.Result
	for n := range many {
		rows = append(rows, batch.Result{Row: 2 + (n*7919)%many*1000, Status: batch.Success, Reasons: said(strings.Repeat("m", n%97))})
	}
	record(t, path, rows...)
	if _, err := finishRun(path); err != nil {
		t.Fatal(err)
	}
	for n, cells := range table(t, path)[1:] {
		if cells[0] != strconv.Itoa(2+n*1000) {
			t.Fatalf("line %d is of row %s", n, cells[0])
		}
	}
}

func TestFinishOfNoRowsLeavesAHeader(t *testing.T) {
	path := resultsPath(t)
	record(t, path)
	if _, err := finishRun(path); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(utf8BOM+header+"\n", read(t, path)); diff != "" {
		t.Error(diff)
	}
}

func TestFinishSetsEarlierResultsAside(t *testing.T) {
	path := resultsPath(t)
	write(t, path, "earlier")
	stamp(t, path)
	record(t, path, full)
	aside, err := finishRun(path)
	if want := filepath.Join(filepath.Dir(path), "deals.results.20261122T021500Z.csv"); aside != want || err != nil {
		t.Fatalf("got %s, %v", aside, err)
	}
	if got := read(t, aside); got != "earlier" {
		t.Errorf("set aside: %q", got)
	}
	if got := names(t, filepath.Dir(path)); len(got) != 2 {
		t.Errorf("left: %v", got)
	}
	if got := table(t, path); len(got) != 2 {
		t.Errorf("results: %q", got)
	}
}

// stamp sets the time of a file to 2026-11-22 02:15:00 UTC.
func stamp(t *testing.T, path string) {
	t.Helper()
	at := time.Date(2026, 11, 21, 23, 15, 0, 0, time.FixedZone("BRT", -3*60*60))
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

func TestFinishThatFailsLeavesEverythingWhereItWas(t *testing.T) {
	const begin = utf8BOM + header + "\n2,a,SUCCESS,,,,,200,1,2,2026-11-22T15:00:00Z,\n"
	for name, journal := range map[string]string{
		"empty":             "",
		"line cut short":    begin + "3,b,SUCC",
		"quote not closed":  begin + `3,"b`,
		"row not a number":  begin + "x,b,SUCCESS,,,,,200,1,2,2026-11-22T15:00:00Z,\n",
		"row below nothing": begin + "-1,b,SUCCESS,,,,,200,1,2,2026-11-22T15:00:00Z,\n",
	} {
		path := resultsPath(t)
		write(t, path, "earlier")
		write(t, JournalPath(path), journal)
		aside, err := finishRun(path)
		if err == nil || aside != "" {
			t.Errorf("%s: got %q, %v", name, aside, err)
		}
		if read(t, path) != "earlier" || read(t, JournalPath(path)) != journal || len(names(t, filepath.Dir(path))) != 2 {
			t.Errorf("%s: left %v", name, names(t, filepath.Dir(path)))
		}
	}
}

func TestFinishWithoutAJournalFails(t *testing.T) {
	path := resultsPath(t)
	if _, err := finishRun(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestFinishDoesNotMoveADirectoryOutOfTheWay(t *testing.T) {
	path := resultsPath(t)
	record(t, path, full)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(path, "precious"), "")
	if _, err := finishRun(path); err == nil {
		t.Error("no error")
	}
	if diff := cmp.Diff([]string{"deals.results.csv", "deals.results.csv.partial"}, names(t, filepath.Dir(path))); diff != "" {
		t.Error(diff)
	}
}

func TestOutcomesReadWhatFinishWrote(t *testing.T) {
	path := resultsPath(t)
	record(t, path, full, batch.Result{Row: 3, Status: batch.Success}, batch.Result{Row: 2, Status: "X", Reasons: said("m")})
	if _, err := finishRun(path); err != nil {
		t.Fatal(err)
	}
	var got []Outcome
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for o, err := range Outcomes(file, Dialect{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, o)
	}
	why := []string{"service_refused"}
	want := []Outcome{
		{Row: 2, Status: "X", Message: "m", Reasons: why}, {Row: 3, Status: batch.Success},
		{Row: 7, ID: `a,"b" c`, Status: batch.NotApplied, Message: "=not applied", Reasons: why, Attempts: full.Attempts},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Outcome{})); diff != "" {
		t.Error(diff)
	}
}

func TestOutcomesEndWithWhatIsWrongWithTheFile(t *testing.T) {
	for _, content := range []string{header + "\nx,a,S,,,,,,,,,\n", header + "\n2,a\n", header + "\n\"2"} {
		var errs []error
		for _, err := range readerOf(content).outcomes {
			errs = append(errs, err)
		}
		if len(errs) != 1 || errs[0] == nil {
			t.Errorf("%q: got %v", content, errs)
		}
	}
}

// TestFinishAllocatesLittleForARow would detect a separate buffer for each row.
func TestFinishAllocatesLittleForARow(t *testing.T) {
	const rows = 2000
	path := resultsPath(t)
	record(t, path, backwards(rows)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := finishRun(path); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if each := (after.TotalAlloc - before.TotalAlloc) / rows; each > 1024 {
		t.Errorf("%d bytes a row", each)
	}
}

// finishRun ends a run in which nothing fails.
func finishRun(path string) (string, error) {
	aside, err := Finish(context.Background(), path, Dialect{}, false)
	if err == nil {
		err = EndRun(path)
	}
	return aside, err
}

// backwards returns results in the reverse order of the input.
func backwards(rows int) []batch.Result {
	all := make([]batch.Result, rows)
	for n := range all {
		all[n] = batch.Result{Row: rows + 1 - n, ID: "265e24ec-3bc8-4820-b65f-89a69d7babe4", Status: batch.Success}
	}
	return all
}

func BenchmarkFinish(b *testing.B) {
	path := resultsPath(b)
	record(b, path, backwards(10_000)...)
	content := read(b, JournalPath(path))
	b.ReportAllocs()
	for b.Loop() {
		write(b, JournalPath(path), content)
		_ = os.Remove(path)
		if _, err := finishRun(path); err != nil {
			b.Fatal(err)
		}
	}
}
