package report

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

// screen is a writer that may be read while something else writes.
type screen struct {
	mu      sync.Mutex
	written bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written.String()
}

// count takes in n rows, the first of which failed.
func count(tally *Tally, n int) {
	tally.Count(batch.Result{Status: batch.NotFound})
	for range n - 1 {
		tally.Count(batch.Result{Status: batch.Success})
	}
}

func TestProgressWithoutATerminalIsALineEveryHalfMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally, out := NewTally(), &screen{}
		p := StartProgress(tally, 2000, out, false)
		time.Sleep(31 * time.Second)
		count(tally, 1500)
		time.Sleep(59 * time.Second)
		synctest.Wait()
		p.Stop()
		want := `0 of 2,000 rows · 0.0 rows/s · 0 failed
1,500 of 2,000 rows · 25.0 rows/s · 1 failed · 20s left
1,500 of 2,000 rows · 16.7 rows/s · 1 failed · 30s left
`
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestProgressOfAShortRunWritesNoLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &screen{}
		p := StartProgress(NewTally(), 10, out, false)
		time.Sleep(29 * time.Second)
		p.Stop()
		if got := out.String(); got != "" {
			t.Errorf("got %q", got)
		}
	})
}

func TestProgressOnATerminalIsABarThatIsTakenAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally, out := NewTally(), &screen{}
		p := StartProgress(tally, 2000, out, true)
		time.Sleep(10 * time.Second)
		count(tally, 500)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		p.Stop()
		shown := out.String()
		for _, want := range []string{"(500/2000)", "25%", "25.0 rows/s · 1 failed · 1m0s left"} {
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
				tally, out := NewTally(), &screen{}
				p := StartProgress(tally, rows, out, terminal)
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
			tally, out := NewTally(), &screen{}
			p := StartProgress(tally, 10, out, terminal)
			count(tally, 10)
			time.Sleep(time.Minute)
			p.Stop()
			if strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "Inf") {
				t.Errorf("got %q", out)
			}
		})
	}
}

func TestTimeLeftNeverTurnsNegative(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tally := NewTally()
		count(tally, 1)
		time.Sleep(10 * time.Hour)
		p := &Progress{tally: tally, rows: 1_000_000}
		if got := p.describe(tally.Counts()); strings.Contains(got, "-") {
			t.Errorf("got %q", got)
		}
	})
}

// slow is a terminal that takes its time over each write.
type slow struct{ screen }

func (s *slow) Write(b []byte) (int, error) {
	time.Sleep(5 * time.Second)
	return s.screen.Write(b)
}

func TestStopWaitsForALineThatIsBeingWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &slow{}
		p := StartProgress(NewTally(), 10, out, false)
		time.Sleep(31 * time.Second)
		p.Stop()
		if got := out.String(); !strings.HasSuffix(got, "\n") {
			t.Errorf("stopped with %q on the screen", got)
		}
	})
}
