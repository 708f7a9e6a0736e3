package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"razebulk/report"

	"razebulk/batch/pace"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// capture is a writer that may be read while something else writes.
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

// count takes in n rows, the first of which failed.
func count(tally *report.Tally, n int) {
	tally.Count(batch.Result{Status: batch.NotFound, Attempts: 1})
	for range n - 1 {
		tally.Count(batch.Result{Status: batch.Success, Attempts: 1})
	}
}

// runOf has no wait and a rate of ten a second.
func runOf(tally *report.Tally, rows int) progressOf {
	return progressOf{What: "rows", Tally: tally, Pacer: pace.NewPacer(pace.Limits{PerSecond: 10}), Rows: rows, Requests: rows}
}

// wide is a terminal with room for all.
func wide() int { return 200 }

var columnsOf = map[bool]func() int{true: wide, false: nil}

// clock is an instant of a bubble's first day, as the progress writes it.
func clock(hour, minute, second int) string {
	return time.Date(2000, 1, 1, hour, minute, second, 0, time.UTC).Local().Format(time.TimeOnly)
}

func TestProgressWithoutATerminalIsALineEveryHalfMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally, out := report.NewTally(), &capture{}
		p := startProgress(runOf(tally, 2000), out, nil)
		time.Sleep(31 * time.Second)
		count(tally, 1500)
		time.Sleep(59 * time.Second)
		synctest.Wait()
		p.Stop()
		want := "0 of 2,000 rows · 0.0 rows/s · 0 failed · done about " + clock(1, 1, 40) + " (in 1h1m)\n" +
			"1,500 of 2,000 rows · 25.0 rows/s · 1 failed · done about " + clock(0, 1, 50) + " (in 50s)\n" +
			"1,500 of 2,000 rows · 16.7 rows/s · 1 failed · done about " + clock(0, 2, 20) + " (in 50s)\n"
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestProgressOfAShortRunWritesNoLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &capture{}
		p := startProgress(runOf(report.NewTally(), 10), out, nil)
		time.Sleep(29 * time.Second)
		p.Stop()
		if got := out.String(); got != "" {
			t.Errorf("got %q", got)
		}
	})
}

func TestProgressOnATerminalIsABarThatIsTakenAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally, out := report.NewTally(), &capture{}
		p := startProgress(runOf(tally, 2000), out, wide)
		time.Sleep(10 * time.Second)
		count(tally, 500)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		p.Stop()
		shown := out.String()
		for _, want := range []string{"(500/2000)", "25%", "25.0 rows/s · 1 failed · done about"} {
			if !strings.Contains(shown, want) {
				t.Errorf("%q doesn't show %q", shown[max(0, len(shown)-300):], want)
			}
		}
		if strings.Contains(shown, "\n") || !strings.HasSuffix(shown, "\r") {
			t.Errorf("the bar is still there: %q", shown[max(0, len(shown)-100):])
		}
	})
}

func TestNothingIsWrittenAfterProgressIsStopped(t *testing.T) {
	for _, terminal := range []bool{false, true} {
		for _, rows := range []int{0, 1, 1000} {
			synctest.Test(t, func(t *testing.T) {
				tally, out := report.NewTally(), &capture{}
				p := startProgress(runOf(tally, rows), out, columnsOf[terminal])
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
			tally, out := report.NewTally(), &capture{}
			p := startProgress(runOf(tally, 10), out, columnsOf[terminal])
			count(tally, 10)
			time.Sleep(time.Minute)
			p.Stop()
			if strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "Inf") {
				t.Errorf("got %q", out)
			}
		})
	}
}

// waitingRun is one whose quota is spent for 41 minutes to come.
func waitingRun(tally *report.Tally, rows int) progressOf {
	run := runOf(tally, rows)
	grant, err := run.Pacer.Wait(context.Background())
	if err != nil {
		panic(err)
	}
	quota := getraze.Quota{Limit: 1000, Reset: time.Now().Add(41 * time.Minute)}
	run.Pacer.Observe(grant, pace.Seen{Answer: getraze.Answer{HTTPStatus: 200, Date: time.Now(), Quota: quota}})
	return run
}

func TestProgressOfAWaitIsToldOnceWithoutATerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally, out := report.NewTally(), &capture{}
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
	synctest.Test(t, func(t *testing.T) {
		tally, out := report.NewTally(), &capture{}
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

// TestTheBarFitsTheTerminal would find a drawing that wraps: it is left standing, and the next one stands below it.
func TestTheBarFitsTheTerminal(t *testing.T) {
	for _, columns := range []int{40, 60, 80, 120} {
		synctest.Test(t, func(t *testing.T) {
			out := &capture{}
			p := startProgress(waitingRun(report.NewTally(), 123_456), out, func() int { return columns })
			time.Sleep(time.Minute)
			p.Stop()
			for _, drawn := range strings.Split(out.String(), "\r") {
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

// TestWarningsAndDrawingsDoNotWaitForEachOther has the pacer warn through the progress while that asks the pacer.
func TestWarningsAndDrawingsDoNotWaitForEachOther(t *testing.T) {
	var p *progress
	pacer := pace.NewPacer(pace.Limits{Warn: func(about reason.Reason) { fmt.Fprintln(p, inWords(about)) }})
	p = startProgress(progressOf{What: "rows", Tally: report.NewTally(), Pacer: pacer, Rows: 10, Requests: 10}, io.Discard, wide)
	var drawing sync.WaitGroup
	drawing.Go(func() {
		for range 2000 {
			p.draw()
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
	p.Stop()
}

func TestAMessageTakesTheBarAwayFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &capture{}
		p := startProgress(runOf(report.NewTally(), 100), out, wide)
		time.Sleep(time.Second)
		synctest.Wait()
		if _, err := p.Write([]byte("warning: odd\n")); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); !strings.HasSuffix(got, "\rwarning: odd\n") {
			t.Errorf("the capture ends with %q", got[max(0, len(got)-60):])
		}
		p.Stop()
	})
}

// slow is a terminal that takes its time over each write.
type slow struct{ capture }

func (s *slow) Write(b []byte) (int, error) {
	time.Sleep(5 * time.Second)
	return s.capture.Write(b)
}

func TestStopWaitsForALineThatIsBeingWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &slow{}
		p := startProgress(runOf(report.NewTally(), 10), out, nil)
		time.Sleep(31 * time.Second)
		p.Stop()
		if got := out.String(); !strings.HasSuffix(got, "\n") {
			t.Errorf("stopped with %q on the capture", got)
		}
	})
}
