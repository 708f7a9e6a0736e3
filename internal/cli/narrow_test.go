package cli

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/diff"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/cli/internal/terminal"
	"razebulk/internal/event"
	"razebulk/internal/export"
	"razebulk/internal/getraze"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// midway returns the progress of a run of 400 rows, 112 of which are done.
func midway(wait *event.Wait) event.Progress {
	return event.Progress{
		Phase: event.Sending, Done: 112, Total: 400, Failed: 10, Requests: 100, Elapsed: 10 * time.Second,
		Wait: wait, DoneAbout: time.Now().Add(50 * time.Second),
	}
}

// TestALineSurvivesATerminalThatBecomesNarrower checks that each drawing begins where the line began: a terminal that
// wraps the old line again keeps the cursor there.
func TestALineSurvivesATerminalThatBecomesNarrower(t *testing.T) {
	out := &capture{}
	columns := 120
	p := console.NewProgress(console.Console{Err: console.NewScreen(out), Columns: func() int { return columns }, Moves: true, Words: words.For(nil)})
	for _, columns = range []int{120, 60, 40, 20} {
		before := len(out.String())
		p.Show(midway(nil))
		drawn := out.String()[before:]
		line, whole := strings.CutPrefix(drawn, console.ClearLine)
		if line, ends := strings.CutSuffix(line, "\r"); !whole || !ends || strings.ContainsAny(line, "\r\n\x1b") || utf8.RuneCountInString(line) >= columns {
			t.Errorf("%d columns: drawn as %q", columns, drawn)
		}
	}
	p.Show(event.Progress{Ended: true})
	if !strings.HasSuffix(out.String(), "\r"+console.ClearLine+"\r") {
		t.Errorf("it is still there: %q", out.String())
	}
}

func TestADiffFitsTheTerminalAndCutsBothValuesAlike(t *testing.T) {
	plan := batch.Plan{Row: csvmap.Row{Number: 7, ID: "265e24ec-3bc8"}, Decisions: []batch.Decision{
		{Field: getraze.Field{Name: "company", Text: "Farmácia Popular – unidade centro 6 renovada ontem"}, Seen: true,
			Before: getraze.Value{Text: "Farmácia Popular – unidade centro 6"}},
		{Field: getraze.Field{Name: "name", Text: "short"}, Seen: true, Before: getraze.Value{Text: strings.Repeat("long ", 20)}},
		{Field: getraze.Field{Name: "a\x1b[2J", Text: "\x1b[31mred"}, Seen: true, Before: getraze.Value{Text: "blue"}},
	}}
	for _, columns := range []int{0, 120, 80, 50} {
		text := diff.Text(words.For(nil), []batch.Plan{plan}, columns, false)
		for line := range strings.Lines(text) {
			if width := utf8.RuneCountInString(strings.TrimRight(line, "\n")); columns > 0 && width >= columns {
				t.Errorf("%d columns are not enough for the %d of %q", columns, width, line)
			}
		}
		first, _, _ := strings.Cut(text, "\n")
		if strings.Count(first, `"…`) != 2 {
			t.Errorf("%d columns: both values lost their beginning, or none: %s", columns, first)
		}
		if strings.Contains(text, "\x1b") {
			t.Errorf("got %q", text)
		}
	}
}

func TestFailuresCountWhatWasTried(t *testing.T) {
	for want, c := range map[string]batch.Counts{
		"50 of 50 rows that were sent failed; 350 were not attempted":                                 {Done: 400, Failed: 400, Sent: 50, SentFailed: 50, Missed: 350},
		"1 of 1 row that was sent failed; 23 were not attempted":                                      {Done: 24, Failed: 24, Sent: 1, SentFailed: 1, Missed: 23},
		"no row was sent; 1 was not attempted":                                                        {Done: 1, Failed: 1, Missed: 1},
		"2 of 1,200 rows that were sent failed; 3 failed before they were sent; 5 were not attempted": {Failed: 10, Sent: 1200, SentFailed: 2, Missed: 5},
	} {
		s := update.Summary{Counts: c, Paths: update.Paths{Results: "r", Failed: "f"}}
		got := (&ended{command: &command{cmd: newUpdate(), sent: s}, w: words.For(nil)}).failedRows()
		if want += ": see r and f, which has all of them"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAStopCountsMoreThanFailedRows(t *testing.T) {
	err := errors.Join(update.ErrFailedRows, &update.FinishError{InPlace: true, Cause: errors.New("disk full")})
	for _, err := range []error{err, message.Explained{Err: err, Text: "said"}} {
		if code := codeOf(err); code != exitStopped {
			t.Errorf("exit %d", code)
		}
	}
}

func TestAResultThatIsNotInPlaceNamesTheJournal(t *testing.T) {
	c := &command{cmd: newUpdate(), file: "deals.csv", sent: update.Summary{Journal: "deals.results.csv.partial"}}
	err := c.explain(words.For(nil), &update.FinishError{Cause: errors.New("no space left")})
	want := "no space left\nall results are in deals.results.csv.partial; once this is fixed, put them in place without sending " +
		"anything again: razebulk update --resume deals.csv"
	if err.Error() != want || codeOf(err) != exitStopped {
		t.Errorf("got %v", err)
	}
}

func TestAnInterruptInTheFinalStepNamesTheCommand(t *testing.T) {
	s := update.Summary{Journal: "deals.results.csv.partial", Paths: update.Paths{Results: "deals.results.csv"}}
	c := &command{cmd: newUpdate(), file: "deals.csv", sent: s}
	for want, finish := range map[string]update.FinishError{
		"interrupted\nall rows are done, and all results are in deals.results.csv.partial; put them in place without sending anything again: " +
			"razebulk update --resume deals.csv": {Cause: signals.ErrInterrupted},
		"interrupted\nthe results are in deals.results.csv; write the failed rows without sending anything again: " +
			"razebulk update --resume deals.csv": {InPlace: true, Failed: true, Cause: errors.Join(signals.ErrInterrupted, signals.ErrInterrupted)},
	} {
		if err := c.explain(words.For(nil), &finish); err.Error() != want || codeOf(err) != exitInterrupted {
			t.Errorf("exit %d: %v", codeOf(err), err)
		}
	}
	err := c.explain(words.For(nil), &update.UnsentError{Cause: signals.ErrInterrupted})
	if err.Error() != "interrupted; nothing was sent" || codeOf(err) != exitInterrupted {
		t.Errorf("exit %d: %v", codeOf(err), err)
	}
}

func TestAnInterruptWhileIdsAreReadSaysNoMore(t *testing.T) {
	c := &command{cmd: newExport()}
	err := c.explain(words.For(nil), &export.IDsError{Name: "-", Cause: signals.ErrInterrupted})
	if err.Error() != "interrupted; nothing was written" || codeOf(err) != exitInterrupted {
		t.Errorf("exit %d: %v", codeOf(err), err)
	}
}

func TestFlagsThatAreOffAreRepeatedAsSuch(t *testing.T) {
	cmd := newUpdate()
	if err := cmd.ParseFlags([]string{"--stage=false", "--compare"}); err != nil {
		t.Fatal(err)
	}
	c := &command{cmd: cmd, file: "deals.csv"}
	if got := c.resume(); got != "razebulk update --resume --stage=false --compare deals.csv" {
		t.Errorf("got %s", got)
	}
}

func TestPiecesOfTextAreMadeVisibleAsAWhole(t *testing.T) {
	text := "id;name\r\n1;São \x1b[2J北京\u202e\r\n"
	for size := 1; size < len(text); size++ {
		var out strings.Builder
		v := &terminal.VisibleWriter{To: &out}
		for rest := text; rest != ""; rest = rest[min(size, len(rest)):] {
			if n, err := v.Write([]byte(rest[:min(size, len(rest))])); n != min(size, len(rest)) || err != nil {
				t.Fatalf("got %d, %v", n, err)
			}
		}
		if want := "id;name\n1;São \\x1b[2J北京\\u202e\n"; out.String() != want {
			t.Errorf("%d bytes at a time: got %q", size, out.String())
		}
	}
}
