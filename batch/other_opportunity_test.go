package batch_test

import (
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/ledger"
	"razebulk/internal/sandbox"
)

// TestAnAnswerAboutAnotherOpportunityEndsItsRow: the other one may have been changed, so nothing is sent again. The
// other rows go on, unless it happens to several in a row.
func TestAnAnswerAboutAnotherOpportunityEndsItsRow(t *testing.T) {
	inDialects(t, anAnswerAboutAnotherOpportunityEndsItsRow)
}

func anAnswerAboutAnotherOpportunityEndsItsRow(t *testing.T, dialect sandbox.Dialect) {
	for _, c := range []struct {
		name   string
		shown  func(id string) string
		rows   int // that get such an answer
		wrong  int // rows that end as NOT_APPLIED
		stops  bool
		status batch.Status
	}{
		{"one row", func(string) string { return uuidOf("other") }, 1, 1, false, batch.NotApplied},
		{"two rows", func(string) string { return uuidOf("other") }, 2, 2, false, batch.NotApplied},
		{"all rows", func(string) string { return uuidOf("other") }, 1000, 3, true, batch.NotApplied},
		{"the same id in capitals", strings.ToUpper, 1000, 0, false, batch.Success},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := nightIn(dialect, pro, 1)
				n.rows, n.pacer, n.retries = rowsOf(idsOf(20, uuids)...), unhurried, 4
				n.api.Opportunities = opportunities(n.rows)
				var sent atomic.Int64
				n.transport = func(next http.RoundTripper) http.RoundTripper {
					return tripper(func(r *http.Request) (*http.Response, error) {
						if _, id, _ := strings.Cut(r.URL.Path, "/opportunities/"); sent.Add(1) <= int64(c.rows) {
							return respond(r, 200, `{"success":true,"data":{"id":"`+c.shown(id)+`"}}`), nil
						}
						return next.RoundTrip(r)
					})
				}
				o := n.run()
				if errors.Is(o.err, pace.ErrBaseURLWrong) != c.stops || !c.stops && o.err != nil {
					t.Fatal(o.err)
				}
				wrong := 0
				for _, r := range o.results {
					if r.Attempts > 1 {
						t.Errorf("row %d was sent %d times", r.Row, r.Attempts)
					}
					if r.Status != batch.NotApplied {
						continue
					}
					wrong++
					if codes := strings.Join(r.Codes(), " "); codes != "answer_of_other_opportunity other_maybe_changed" || !strings.Contains(message(r), uuidOf("other")) {
						t.Errorf("row %d: %s: %s", r.Row, codes, message(r))
					}
				}
				if got := o.results[0].Status; got != c.status || wrong != c.wrong {
					t.Errorf("the first row is %s, and %d rows are NOT_APPLIED", got, wrong)
				}
				if want := int64(len(n.rows)); !c.stops && sent.Load() != want {
					t.Errorf("%d requests instead of %d", sent.Load(), want)
				}
			})
		})
	}
}

// TestAnotherOpportunityThatMayHaveBeenChangedIsForgotten: what earlier runs have stored in it may no longer be there.
func TestAnotherOpportunityThatMayHaveBeenChangedIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rows := rowsNamed("a", "b")
		l, err := ledger.Open(filepath.Join(t.TempDir(), "state"), ledger.Binding{})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		was := ledger.ValueOf("from row 3", false, false)
		client := clientOver(tripper(func(r *http.Request) (*http.Response, error) {
			return respond(r, 200, `{"success":true,"data":{"id":"`+rows[1].ID+`"}}`), nil
		}))
		if err := l.Note(rows[1].ID, ledger.Noted{Field: "notes", Value: was}); err != nil || !l.Holds(rows[1].ID, "notes", was) {
			t.Fatal(err)
		}
		err = batch.Run(t.Context(), t.Context(), batch.Job{
			Rows: each(rows[:1]), Client: client, Pacer: unhurried(), Workers: 1, Log: discard, Known: &batch.Known{Ledger: l},
			Record: func(batch.Result) error { return nil },
		})
		if err != nil || l.Holds(rows[1].ID, "notes", was) {
			t.Errorf("the ledger still holds it; %v", err)
		}
	})
}
