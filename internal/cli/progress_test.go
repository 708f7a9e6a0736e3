package cli

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/cli/internal/console"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/words"
)

// capture is a writer whose text may be read while another goroutine writes.
type capture struct {
	mu      sync.Mutex
	written bytes.Buffer
}

func (s *capture) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written.Write(b)
}

func (s *capture) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written.String()
}

// count counts n rows, the first of which failed.
func count(tally *batch.Tally, n int) {
	tally.Count(batch.Result{Status: batch.NotFound, Planned: 1, Attempts: 1})
	for range n - 1 {
		tally.Count(batch.Result{Status: batch.Success, Planned: 1, Attempts: 1})
	}
}

// progressOf is a phase whose progress a test shows.
type progressOf struct {
	tally *batch.Tally
	pacer *pace.Pacer
	rows  int
}

// runOf returns a run that doesn't wait, with a rate of ten requests a second.
func runOf(tally *batch.Tally, rows int) progressOf {
	return progressOf{tally, pace.NewPacer(pace.Limits{PerSecond: 10}), rows}
}

// shownProgress is a progress display that follows its phase until it is stopped.
type shownProgress struct {
	*console.Screen
	Stop func()
}

// startProgress shows the phase on out: as on a terminal with that many columns, or as without a terminal if columns
// is nil.
func startProgress(of progressOf, out io.Writer, columns func() int) shownProgress {
	c := console.Console{Err: console.NewScreen(out), Columns: columns, Moves: columns != nil, Words: words.For(nil)}
	p := newPrinter(c, words.For(nil), nil)
	stop := run.NewEvents(p.handle).Track(of.pacer, func() (event.Progress, int) {
		c := of.tally.Counts()
		return event.Progress{Phase: event.Sending, Done: c.Done, Total: of.rows, Failed: c.Failed, Requests: c.Requests, Elapsed: c.Elapsed}, of.rows - c.Planned
	})
	return shownProgress{c.Err, stop}
}

// wide is the width of a terminal with room for everything.
func wide() int { return 200 }

var terminals = map[bool]func() int{true: wide, false: nil}

// clock returns a time on the first day of a synctest bubble, as the progress shows it.
func clock(hour, minute, second int) string {
	return time.Date(2000, 1, 1, hour, minute, second, 0, time.UTC).Local().Format(time.TimeOnly)
}

func TestProgressWithoutATerminalIsALineEveryHalfMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally, out := batch.NewTally(), &capture{}
		p := startProgress(runOf(tally, 2000), out, nil)
		time.Sleep(31 * time.Second)
		count(tally, 1500)
		time.Sleep(59 * time.Second)
		synctest.Wait()
		p.Stop()
		want := "0 of 2,000 rows · 0 failed\n" +
			"1,500 of 2,000 rows · 25.0 requests/s · 1 failed · done about " + clock(0, 1, 50) + " (in 50s)\n" +
			"1,500 of 2,000 rows · 16.7 requests/s · 1 failed · done about " + clock(0, 2, 20) + " (in 50s)\n"
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestProgressOfAShortRunWritesNoLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &capture{}
		p := startProgress(runOf(batch.NewTally(), 10), out, nil)
		time.Sleep(29 * time.Second)
		p.Stop()
		if got := out.String(); got != "" {
			t.Errorf("got %q", got)
		}
	})
}

func TestALongPassOverTheSheetIsALineWithoutATerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &capture{}
		p := newPrinter(console.Console{Err: console.NewScreen(out)}, words.For(nil), nil)
		begun := time.Now()
		defer run.NewEvents(p.handle).Follow(func() event.Progress {
			return event.Progress{Phase: event.Checking, Sheet: "deals.csv", Done: int(time.Since(begun) / time.Second), Total: 50}
		})()
		time.Sleep(4 * time.Second)
		synctest.Wait()
		if out.String() != "" {
			t.Errorf("early: %q", out)
		}
		time.Sleep(36 * time.Second)
		synctest.Wait()
		if diff := cmp.Diff("reading deals.csv · 10 %\nreading deals.csv · 70 %\n", out.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestProgressOnATerminalIsABarThatIsTakenAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally, out := batch.NewTally(), &capture{}
		p := startProgress(runOf(tally, 2000), out, wide)
		time.Sleep(10 * time.Second)
		count(tally, 500)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		p.Stop()
		shown := out.String()
		for _, want := range []string{"500 of 2,000 rows", "25%", "25% |██        |", "25.0 requests/s · 1 failed · done about"} {
			if !strings.Contains(shown, want) {
				t.Errorf("%q doesn't show %q", shown[max(0, len(shown)-300):], want)
			}
		}
		if strings.Contains(shown, "\n") || !strings.HasSuffix(shown, "\x1b[J\r") {
			t.Errorf("the bar is still there: %q", shown[max(0, len(shown)-100):])
		}
	})
}

func TestNothingIsWrittenAfterProgressIsStopped(t *testing.T) {
	for _, terminal := range []bool{false, true} {
		for _, rows := range []int{0, 1, 1000} {
			synctest.Test(t, func(t *testing.T) {
				tally, out := batch.NewTally(), &capture{}
				p := startProgress(runOf(tally, rows), out, terminals[terminal])
				time.Sleep(65 * time.Second)
				p.Stop()
				before := out.String()
				count(tally, 10)
				time.Sleep(time.Hour)
				synctest.Wait()
				if after := out.String(); after != before {
					t.Errorf("%d rows, terminal %v: %q was written", rows, terminal, after[len(before):])
				}
			})
		}
	}
}

func TestProgressAtItsEndAndBeyond(t *testing.T) {
	for _, terminal := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			tally, out := batch.NewTally(), &capture{}
			p := startProgress(runOf(tally, 10), out, terminals[terminal])
			count(tally, 10)
			time.Sleep(time.Minute)
			p.Stop()
			if strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "Inf") {
				t.Errorf("got %q", out)
			}
		})
	}
}

// waitingRun returns a run whose quota is spent for the next 41 minutes.
func waitingRun(tally *batch.Tally, rows int) progressOf {
	of := runOf(tally, rows)
	grant, err := of.pacer.Wait(context.Background())
	if err != nil {
		panic(err)
	}
	quota := getraze.Quota{Limit: 1000, Reset: time.Now().Add(41 * time.Minute)}
	of.pacer.Observe(grant, pace.Seen{Answer: getraze.Answer{HTTPStatus: 200, Date: time.Now(), Quota: quota}})
	return of
}

func TestProgressOfAWaitIsALineOnceWithoutATerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally, out := batch.NewTally(), &capture{}
		p := startProgress(waitingRun(tally, 1500), out, nil)
		time.Sleep(40 * time.Minute)
		p.Stop()
		want := "0 of 1,500 rows · waiting for quota until " + clock(0, 41, 0) + " (in 41m) · 0 failed · done about " + clock(1, 41, 50) + " (in 1h41m)\n"
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestProgressOfAWaitIsACountdownOnATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("it draws ten thousand times")
	}
	synctest.Test(t, func(t *testing.T) {
		tally, out := batch.NewTally(), &capture{}
		p := startProgress(waitingRun(tally, 1500), out, wide)
		time.Sleep(40*time.Minute + 59*time.Second)
		p.Stop()
		for _, want := range []string{"(in 41m)", "(in 17m)", "(in 9m59s)", "(in 30s)", "(in 2s)"} {
			if !strings.Contains(out.String(), "waiting for quota until "+clock(0, 41, 0)+" "+want) {
				t.Errorf("the countdown doesn't show %s", want)
			}
		}
	})
}

// TestTheBarFitsTheTerminal detects a bar that wraps: it would stay on the screen, with the next one below it.
func TestTheBarFitsTheTerminal(t *testing.T) {
	for _, columns := range []int{40, 60, 80, 120} {
		synctest.Test(t, func(t *testing.T) {
			out := &capture{}
			p := startProgress(waitingRun(batch.NewTally(), 123_456), out, func() int { return columns })
			time.Sleep(time.Minute)
			p.Stop()
			for _, drawn := range strings.Split(out.String(), "\r") {
				drawn = strings.TrimPrefix(drawn, console.ClearLine)
				if width := utf8.RuneCountInString(drawn); width >= columns {
					t.Fatalf("%d columns are not enough for the %d of %q", columns, width, drawn)
				}
			}
			if columns >= 80 && !strings.Contains(out.String(), "waiting for quota until ") {
				t.Errorf("%d columns don't show what is waited for: %q", columns, out)
			}
		})
	}
}

// TestWarningsAndDrawingsDoNotWaitForEachOther checks for a deadlock: the pacer warns through the event stream while
// the stream queries the pacer.
func TestWarningsAndDrawingsDoNotWaitForEachOther(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		warnAndDraw()
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("they wait for each other")
	}
}

func warnAndDraw() {
	p := newPrinter(console.Console{Err: console.NewScreen(io.Discard), Columns: wide, Moves: true}, words.For(nil), nil)
	events := run.NewEvents(p.handle)
	pacer := pace.NewPacer(pace.Limits{Warn: func(r reason.Reason) { events.Emit(event.Warning{Reason: r}) }})
	var drawing sync.WaitGroup
	drawing.Go(func() {
		for range 2000 {
			why, until, _ := pacer.Waiting()
			events.Emit(event.Progress{Total: 10, Wait: &event.Wait{Why: why, Until: until}, DoneAbout: pacer.Outlook(10).Done})
		}
	})
	absurd := getraze.Quota{Limit: 10, Remaining: 5, Reset: time.Now().Add(1000 * time.Hour)}
	for range 2000 {
		pacer.Observe(pace.Grant{}, pace.Seen{Answer: getraze.Answer{HTTPStatus: 200, Quota: absurd}})
		for row := range 10 {
			pacer.Observe(pace.Grant{}, pace.Seen{Row: row, Failed: true})
		}
		pacer.Observe(pace.Grant{Outages: pacer.Outages()}, pace.Seen{Answer: getraze.Answer{HTTPStatus: 200}})
	}
	drawing.Wait()
}

func TestAMessageTakesTheBarAwayFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &capture{}
		p := startProgress(runOf(batch.NewTally(), 100), out, wide)
		time.Sleep(time.Second)
		synctest.Wait()
		if _, err := p.Write([]byte("warning: odd\n")); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); !strings.HasSuffix(got, "\x1b[Jwarning: odd\n") {
			t.Errorf("the capture ends with %q", got[max(0, len(got)-60):])
		}
		p.Stop()
	})
}

// slow is a terminal on which each write takes 5 seconds.
type slow struct{ capture }

func (s *slow) Write(b []byte) (int, error) {
	time.Sleep(5 * time.Second)
	return s.capture.Write(b)
}

func TestStopWaitsForALineThatIsBeingWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &slow{}
		p := startProgress(runOf(batch.NewTally(), 10), out, nil)
		time.Sleep(31 * time.Second)
		p.Stop()
		if got := out.String(); !strings.HasSuffix(got, "\n") {
			t.Errorf("stopped with %q on the capture", got)
		}
	})
}
