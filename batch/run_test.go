package batch_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch/pace"

	"pgregory.net/rapid"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/sandbox"
)

// TestEveryRowGetsOneResult tests the promise on which the rest of the program is built, with random files, latencies
// and failures.
func TestEveryRowGetsOneResult(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := drawNight(rt)
		var seen *watch
		n.transport = func(next http.RoundTripper) http.RoundTripper {
			seen = &watch{next: next, inFlight: map[string]int{}}
			return seen
		}
		var o outcome
		synctest.Test(t, func(*testing.T) { o = n.run() })
		var gaveUp *pace.OutOfTime // a service that always fails is an outage that doesn't end
		if o.err != nil && !errors.As(o.err, &gaveUp) {
			rt.Fatal(o.err)
		}
		each := oneResultEach(n.rows, o.results)
		if gaveUp != nil {
			each = resultsOfAllSent(o.results, seen.order)
		}
		if err := errors.Join(each, seen.inOrder(n.rows, gaveUp != nil)); err != nil {
			rt.Fatal(err)
		}
	})
}

func drawNight(rt *rapid.T) night {
	share := rapid.SampledFrom([]float64{0, 0, 0.05, 0.3})
	rate := rapid.SampledFrom([]float64{0, 3, 50}).Draw(rt, "rate")
	n := night{
		pacer:   func() *pace.Pacer { return pace.NewPacer(pace.Limits{PerSecond: rate}) },
		workers: rapid.IntRange(1, 9).Draw(rt, "workers"),
		retries: rapid.IntRange(0, 4).Draw(rt, "retries"),
	}
	for number := range rapid.IntRange(0, 40).Draw(rt, "rows") {
		row := sendable(number+2, fmt.Sprintf(uuids, rapid.IntRange(1, 6).Draw(rt, "id")))
		switch rapid.IntRange(0, 9).Draw(rt, "kind") {
		case 0:
			row.Problems = []csvmap.Problem{{Code: "wrong"}}
		case 1:
			row.Cells = nil
		}
		n.rows = append(n.rows, row)
	}
	n.api = sandbox.Options{Dialect: rapid.SampledFrom(sandbox.Dialects).Draw(rt, "dialect"), Opportunities: opportunities(n.rows), Faults: sandbox.Faults{
		Latency:  time.Duration(rapid.IntRange(0, 2000).Draw(rt, "latency")) * time.Millisecond,
		Error500: share.Draw(rt, "500"), HTML502: share.Draw(rt, "502"), Reset: share.Draw(rt, "reset"), Hang: share.Draw(rt, "hang"),
		Seed: rapid.Uint64().Draw(rt, "seed"),
	}}
	return n
}

func oneResultEach(rows []csvmap.Row, results []batch.Result) error {
	count := map[int]int{}
	for _, r := range results {
		count[r.Row]++
	}
	for _, row := range rows {
		if count[row.Number] != 1 {
			return fmt.Errorf("row %d has %d results", row.Number, count[row.Number])
		}
	}
	if len(results) != len(rows) {
		return fmt.Errorf("%d results for %d rows", len(results), len(rows))
	}
	return nil
}

// resultsOfAllSent checks that each row that was sent, according to the bodies of the requests, has one result, and
// none has two. A run that can be resumed promises this.
func resultsOfAllSent(results []batch.Result, bodies []string) error {
	count := map[int]int{}
	for _, r := range results {
		if count[r.Row]++; count[r.Row] > 1 {
			return fmt.Errorf("row %d has %d results", r.Row, count[r.Row])
		}
	}
	for _, body := range bodies {
		var row int
		if _, err := fmt.Sscanf(body[strings.Index(body, "{"):], `{"notes":"from row %d"}`, &row); err != nil {
			return err
		}
		if count[row] == 0 {
			return fmt.Errorf("row %d was sent and has no result", row)
		}
	}
	return nil
}

// sent returns the bodies of the requests that the service has received.
func (o outcome) sent() []string {
	var bodies []string
	for _, r := range o.server.Requests() {
		bodies = append(bodies, r.Body)
	}
	return bodies
}

// inOrder checks that the first requests for rows of one id are in file order, and that no two of one id are in flight
// together. Only a run that gave up may have rows that were not sent.
func (w *watch) inOrder(rows []csvmap.Row, gaveUp bool) error {
	if w.clash != "" {
		return fmt.Errorf("two requests for %s were in flight together", w.clash)
	}
	last := map[string]int{}
	for _, row := range rows {
		if batch.PlanRow(row).Status != "" {
			continue
		}
		at := slices.Index(w.order, fmt.Sprintf(`/opportunities/%s {"notes":"from row %d"}`, row.ID, row.Number))
		if at < 0 && gaveUp {
			continue
		}
		if at < last[row.ID] {
			return fmt.Errorf("row %d of %s was sent as request %d, after a later row's (%d)", row.Number, row.ID, at, last[row.ID])
		}
		last[row.ID] = at
	}
	return nil
}

func TestAStopFinishesEveryRow(t *testing.T) { inDialects(t, aStopFinishesEveryRow) }

func aStopFinishesEveryRow(t *testing.T, dialect sandbox.Dialect) {
	stopped := errors.New("stopped")
	tests := []struct {
		name string
		night
		want     string
		wantErr  error
		requests int
	}{
		{
			name:    "the context ends before anything is sent",
			night:   night{ctx: func() (context.Context, context.CancelFunc) { return ended(stopped) }},
			wantErr: stopped, // none is recorded: that is how a resumed run finds them
		},
		{
			name:     "the key is rejected",
			night:    night{api: sandbox.Options{Keys: []sandbox.Key{{Value: "another", Write: true}}}},
			want:     "INVALID_API_KEY VALIDATION_ERROR NOT_ATTEMPTED NOT_ATTEMPTED EMPTY",
			wantErr:  batch.ErrKeyRejected,
			requests: 1,
		},
		{
			name:     "a result can't be recorded",
			night:    night{record: func(batch.Result) error { return stopped }},
			wantErr:  stopped,
			requests: 1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := tt.night
				n.rows = rowsNamed("a", "b", "c", "d", "e")
				n.rows[1].Problems = []csvmap.Problem{{Code: "wrong"}}
				n.rows[4].Cells = nil
				n.workers, n.pacer = 1, unhurried
				n.api.Dialect, n.api.Record, n.api.Opportunities = dialect, true, opportunities(n.rows)
				n.api.Faults.Latency = time.Second
				o := n.run()
				if !errors.Is(o.err, tt.wantErr) {
					t.Errorf("error %v, want %v", o.err, tt.wantErr)
				}
				if got := o.statuses(); tt.name != "a result can't be recorded" && got != tt.want {
					t.Errorf("statuses %s, want %s", got, tt.want)
				}
				if got := len(o.server.Requests()); got > tt.requests {
					t.Errorf("%d requests, want %d at most", got, tt.requests)
				}
			})
		})
	}
}

func ended(cause error) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	return ctx, func() { cancel(nil) }
}

func TestAFileThatBreaksOffEndsTheRun(t *testing.T) { inDialects(t, aFileThatBreaksOffEndsTheRun) }

func aFileThatBreaksOffEndsTheRun(t *testing.T, dialect sandbox.Dialect) {
	broken := errors.New("the disk is gone")
	synctest.Test(t, func(t *testing.T) {
		n := night{rows: rowsNamed("a"), workers: 2, pacer: unhurried}
		n.api = sandbox.Options{Dialect: dialect, Opportunities: opportunities(n.rows)}
		var results []batch.Result
		err := batch.Run(context.Background(), context.Background(), batch.Job{
			Rows: brokenAfter(n.rows, broken), Client: n.client(), Pacer: unhurried(), Workers: 2, Log: discard,
			Record: func(r batch.Result) error { results = append(results, r); return nil },
		})
		if !errors.Is(err, broken) || len(results) > 1 { // the row before the break may have been sent, or not
			t.Errorf("error %v after %d results, want %v after 1 at most", err, len(results), broken)
		}
	})
}

func brokenAfter(rows []csvmap.Row, err error) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for row := range each(rows) {
			if !yield(row, nil) {
				return
			}
		}
		yield(csvmap.Row{}, err)
	}
}

func TestRowsOfOneIDDoNotHoldUpOthers(t *testing.T) { inDialects(t, rowsOfOneIDDoNotHoldUpOthers) }

func rowsOfOneIDDoNotHoldUpOthers(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		ids := slices.Repeat([]string{idC}, 20)
		for i := range 20 {
			ids = append(ids, fmt.Sprintf(uuids, i+1))
		}
		n := night{rows: rowsOf(ids...), workers: 5, pacer: unhurried}
		n.api = sandbox.Options{Dialect: dialect, Opportunities: opportunities(n.rows), Faults: sandbox.Faults{Latency: time.Second}}
		o := n.run()
		if o.elapsed < 20*time.Second || o.elapsed > 21*time.Second { // one more if another id goes first, by itself
			t.Errorf("took %s, want 20s: the rows of one id one after the other, all others beside them", o.elapsed)
		}
		if want := strings.TrimSpace(strings.Repeat("SUCCESS ", 40)); o.statuses() != want {
			t.Errorf("statuses %s", o.statuses())
		}
	})
}

// TestManyRowsOfOneIDStayBounded has many more rows of one id than may wait for one another.
func TestManyRowsOfOneIDStayBounded(t *testing.T) { inDialects(t, manyRowsOfOneIDStayBounded) }

func manyRowsOfOneIDStayBounded(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := night{rows: rowsOf(slices.Repeat([]string{idC}, 3000)...), workers: 3, pacer: unhurried}
		n.api = sandbox.Options{Dialect: dialect, Opportunities: opportunities(n.rows), Limit: 5000}
		o := n.run()
		if err := errors.Join(o.err, oneResultEach(n.rows, o.results)); err != nil {
			t.Fatal(err)
		}
		if last, _ := o.server.Opportunity(idC); last.Notes != "from row 3001" {
			t.Errorf("the last row doesn't count: %q", last.Notes)
		}
	})
}
