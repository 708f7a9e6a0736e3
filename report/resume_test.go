package report

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

// doneRows returns those of the rows 1 to lastRow that are done.
func doneRows(p *PreviousRun, lastRow int) []int {
	rows := []int{}
	for row := 1; row <= lastRow; row++ {
		if p.Done(row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// result returns a result for a row that took this many attempts.
func result(row int, id string, status batch.Status, attempts int) batch.Result {
	return batch.Result{Row: row, Line: row, ID: id, Status: status, Attempts: attempts, FinishedAt: noon}
}

func TestWhatIsDoneIsNotSentAgain(t *testing.T) {
	const lastRow = 9
	for _, c := range []struct {
		name   string
		rows   []batch.Result
		done   []int
		failed int // of those done
	}{
		{"nothing", nil, []int{}, 0},
		{"final statuses", []batch.Result{
			result(2, "a", batch.Success, 1), result(3, "b", batch.NotApplied, 1), result(4, "c", "UNCHANGED", 0), result(5, "d", batch.Empty, 0),
			result(6, "e", batch.ValidationError, 0), result(7, "f", batch.NotFound, 1), result(8, "g", "A_CODE_OF_ITS_OWN", 1),
		}, []int{2, 3, 4, 5, 6, 7, 8}, 4},
		{"statuses that another try may change", []batch.Result{
			result(2, "a", batch.NetworkError, 5), result(3, "b", batch.ServerError, 2), result(4, "c", batch.NotAttempted, 0),
		}, []int{}, 0},
		{"tried again with success", []batch.Result{result(2, "a", batch.NetworkError, 5), result(2, "a", batch.Success, 1)}, []int{2}, 0},
		{"tried again without", []batch.Result{result(2, "a", batch.NetworkError, 5), result(2, "a", batch.ServerError, 1)}, []int{}, 0},
		{"tried again and refused", []batch.Result{result(2, "a", batch.NetworkError, 5), result(2, "a", batch.NotFound, 1)}, []int{2}, 1},
		{"latest line counts, whatever it says", []batch.Result{result(2, "a", batch.Success, 1), result(2, "a", batch.NetworkError, 1)}, []int{}, 0},
		{"the later of two answers counts", []batch.Result{result(2, "a", batch.NotFound, 1), result(2, "a", batch.Success, 1)}, []int{2}, 0},
		{"a later row of the id was stored", []batch.Result{result(2, "a", batch.NetworkError, 5), result(3, "a", batch.Success, 1)}, []int{2, 3}, 1},
		{"a later row of the id was stored in part", []batch.Result{result(2, "a", batch.ServerError, 5), result(3, "a", batch.NotApplied, 1)}, []int{2, 3}, 2},
		{"a later row of the id was refused", []batch.Result{result(2, "a", batch.NetworkError, 5), result(3, "a", batch.NotFound, 1)}, []int{3}, 1},
		{"a later row of another id was stored", []batch.Result{result(2, "a", batch.NetworkError, 5), result(3, "b", batch.Success, 1)}, []int{3}, 0},
		{"an earlier row of the id was stored", []batch.Result{result(2, "a", batch.Success, 1), result(3, "a", batch.NetworkError, 5)}, []int{2}, 0},
		{"overtaken after two tries", []batch.Result{
			result(2, "a", batch.ServerError, 2), result(2, "a", batch.NetworkError, 5), result(4, "a", batch.Success, 1), result(3, "a", batch.NetworkError, 5),
		}, []int{2, 3, 4}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := resultsPath(t)
			record(t, path, c.rows...)
			p, err := ReadPreviousRun(context.Background(), path, Dialect{}, lastRow, false)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.done, doneRows(p, lastRow)); diff != "" {
				t.Error(diff)
			}
			if counts := p.Tally.Counts(); counts.Done != len(c.done) || counts.Failed != c.failed {
				t.Errorf("counted %d and %d failed, want %d and %d", counts.Done, counts.Failed, len(c.done), c.failed)
			}
		})
	}
}

func TestTheTallyGoesByTheLatestLine(t *testing.T) {
	path := resultsPath(t)
	record(t, path, result(2, "a", batch.ServerError, 2), result(2, "a", batch.NetworkError, 1), result(3, "a", batch.Success, 1))
	p, err := ReadPreviousRun(context.Background(), path, Dialect{}, 3, false)
	if err != nil {
		t.Fatal(err)
	}
	want := map[batch.Status]int{batch.NetworkError: 1, batch.Success: 1}
	if diff := cmp.Diff(want, p.Tally.Counts().ByStatus); diff != "" {
		t.Error(diff)
	}
}

// TestAJournalThatWasTornAnywhereIsContinuedAfterItsWholeLines cuts a journal at every byte.
func TestAJournalThatWasTornAnywhereIsContinuedAfterItsWholeLines(t *testing.T) {
	t.Parallel()
	path := resultsPath(t)
	record(t, path, full, result(2, "a", batch.Success, 1), result(3, `x,"`, batch.NetworkError, 1), result(3, "é", batch.Success, 1))
	whole := read(t, JournalPath(path))
	next := result(9, "next", batch.Success, 1)
	nextText, err := newEncoder(Dialect{}).lines([]line{lineOf(next, joined(next.Sent), inWords)})
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) + 1 {
		if testing.Short() && n%5 != 0 {
			continue
		}
		write(t, JournalPath(path), whole[:n])
		want := whole[:strings.LastIndex(whole[:n], "\n")+1]
		p, err := ReadPreviousRun(context.Background(), path, Dialect{}, 9, false)
		if err != nil {
			t.Fatalf("cut at %d: %v", n, err)
		}
		if got := read(t, JournalPath(path)); got != whole[:n] {
			t.Fatalf("cut at %d: reading made it %q", n, got)
		}
		resumeWith(t, p, next)
		if want == "" {
			want = begin
		}
		if diff := cmp.Diff(want+string(nextText), read(t, JournalPath(path))); diff != "" {
			t.Fatalf("cut at %d: %s", n, diff)
		}
	}
}

func resumeWith(t *testing.T, p *PreviousRun, results ...batch.Result) {
	t.Helper()
	j, err := p.Continue(inWords)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if err := j.Record(r); err != nil {
			t.Error(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}

func TestADamagedJournalIsLeftAsItIs(t *testing.T) {
	for _, d := range damages {
		path := resultsPath(t)
		write(t, JournalPath(path), d.text)
		_, err := ReadPreviousRun(context.Background(), path, Dialect{}, 9, false)
		if err == nil || !strings.Contains(errorText(err), ".partial: "+d.says) {
			t.Errorf("%s: got %v", d.name, err)
		}
		if got := read(t, JournalPath(path)); got != d.text {
			t.Errorf("%s: it is now %q", d.name, got)
		}
	}
}

func TestARowThatTheInputHasNotIsDamage(t *testing.T) {
	path := resultsPath(t)
	record(t, path, result(2, "a", batch.Success, 1), result(8, "b", batch.Success, 1), result(3, "b", batch.Success, 1))
	if _, err := ReadPreviousRun(context.Background(), path, Dialect{}, 8, false); err != nil {
		t.Errorf("last row of the input: %v", err)
	}
	_, err := ReadPreviousRun(context.Background(), path, Dialect{}, 7, false)
	if err == nil || !strings.Contains(errorText(err), "the input has no row 8") || !strings.Contains(errorText(err), "line 3") {
		t.Errorf("got %v", err)
	}
}

func TestAJournalOfManyRowsIsReadByTheRow(t *testing.T) {
	const rows = 1000
	path := resultsPath(t)
	var all []batch.Result
	want := []int{}
	for n := range rows {
		status := batch.Success
		if n%3 == 0 {
			status = batch.NetworkError
		} else {
			want = append(want, rows+1-n)
		}
		all = append(all, result(rows+1-n, fmt.Sprint(n), status, 1))
	}
	record(t, path, all...)
	p, err := ReadPreviousRun(context.Background(), path, Dialect{}, rows+1, false)
	if err != nil {
		t.Fatal(err)
	}
	for i, j := 0, len(want)-1; i < j; i, j = i+1, j-1 {
		want[i], want[j] = want[j], want[i]
	}
	if diff := cmp.Diff(want, doneRows(p, 2*rows)); diff != "" {
		t.Error(diff)
	}
}

func TestContinueFailsWhereTheJournalIsGone(t *testing.T) {
	path := resultsPath(t)
	record(t, path, full)
	p, err := ReadPreviousRun(context.Background(), path, Dialect{}, 9, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(JournalPath(path)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Continue(inWords); err == nil || !strings.Contains(errorText(err), "can't be recorded") {
		t.Errorf("got %v", err)
	}
	if left := names(t, filepath.Dir(path)); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// TestRowsThatAreSentBackwardsOvertakeEarlierOnes covers an undo file, whose rows are sent from the last to the first.
func TestRowsThatAreSentBackwardsOvertakeEarlierOnes(t *testing.T) {
	for name, c := range map[string]struct {
		rows []batch.Result
		done []int
	}{
		"the row sent next was stored":     {[]batch.Result{result(3, "a", batch.NetworkError, 5), result(2, "a", batch.Success, 1)}, []int{2, 3}},
		"the row sent before was stored":   {[]batch.Result{result(3, "a", batch.Success, 1), result(2, "a", batch.NetworkError, 5)}, []int{3}},
		"a row of another id was stored":   {[]batch.Result{result(3, "a", batch.NetworkError, 5), result(2, "b", batch.Success, 1)}, []int{2}},
		"one of two was overtaken":         {[]batch.Result{result(9, "a", batch.ServerError, 1), result(5, "a", batch.Success, 1), result(2, "a", batch.ServerError, 1)}, []int{5, 9}},
		"the row sent next was not stored": {[]batch.Result{result(3, "a", batch.NetworkError, 5), result(2, "a", batch.Conflict, 0)}, []int{2}},
	} {
		path := resultsPath(t)
		record(t, path, c.rows...)
		p, err := ReadPreviousRun(context.Background(), path, Dialect{}, 9, true)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.done, doneRows(p, 9)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestAJournalOfAnEarlierVersionIsContinued checks that the results file has the column that the journal lacked.
func TestAJournalOfAnEarlierVersionIsContinued(t *testing.T) {
	for _, d := range []Dialect{{}, {Delimiter: ';', CRLF: true}} {
		path := resultsPath(t)
		inDialect := func(text string) string {
			return strings.ReplaceAll(strings.ReplaceAll(text, ",", string(d.delimiter())), "\n", d.lineEnd())
		}
		write(t, JournalPath(path), inDialect(utf8BOM+olderHeader+"\n"+
			"3,b,SERVER_ERROR,\"says \"\"no\"\"\",notes,,,500,2,3,2026-11-22T15:00:00Z\n"+
			"2,a,NOT_FOUND,no such id,notes,,,404,1,2,2026-11-22T15:00:00Z\n"+"4,c,SUCC"))
		p, err := ReadPreviousRun(context.Background(), path, d, 9, false)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{2}, doneRows(p, 9)); diff != "" {
			t.Error(diff)
		}
		failed := result(3, "b", batch.ServerError, 1)
		failed.Reasons = said("still no")
		resumeWith(t, p, failed)
		if aside, err := Finish(t.Context(), path, d, false); err != nil || aside != "" {
			t.Fatalf("got %q, %v", aside, err)
		}
		want := inDialect(utf8BOM + header + "\n" + "2,a,NOT_FOUND,no such id,notes,,,404,1,2,2026-11-22T15:00:00Z,\n" +
			"3,b,SERVER_ERROR,still no,,,,,1,3,2026-11-22T15:00:00Z,service_refused\n")
		if diff := cmp.Diff(want, read(t, path)); diff != "" {
			t.Error(diff)
		}
		if left := names(t, filepath.Dir(path)); len(left) != 2 {
			t.Errorf("left %v", left)
		}
	}
}

// TestContinueFailsWhileTheDiskIsFull, since otherwise it would send rows whose results can't be recorded.
func TestContinueFailsWhileTheDiskIsFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no device that is always full")
	}
	path := resultsPath(t)
	record(t, path, full)
	p, err := ReadPreviousRun(context.Background(), path, Dialect{}, 9, false)
	if err != nil {
		t.Fatal(err)
	}
	disk, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.continueIn(disk, inWords); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got %v", err)
	}
}
