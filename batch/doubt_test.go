package batch_test

import (
	"context"
	"net/http"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/sandbox"
)

// storedButSaid makes the service carry out the first update of each opportunity, but answer with what say returns.
func storedButSaid(say func(*http.Request) (*http.Response, error)) func(http.RoundTripper) http.RoundTripper {
	seen := map[string]bool{}
	return func(next http.RoundTripper) http.RoundTripper {
		return tripper(func(r *http.Request) (*http.Response, error) {
			response, err := next.RoundTrip(r)
			if r.Method != http.MethodPut || seen[r.URL.Path] || err != nil {
				return response, err
			}
			seen[r.URL.Path] = true
			_ = response.Body.Close()
			return say(r)
		})
	}
}

// doubts are answers that leave open whether the update was stored.
var doubts = map[string]func(*http.Request) (*http.Response, error){
	"no answer": func(*http.Request) (*http.Response, error) { return nil, errLost },
	"a failure in the API's words": func(r *http.Request) (*http.Response, error) {
		return respond(r, 501, `{"success":false,"error":{"code":"INTERNAL_ERROR","message":"oops"}}`), nil
	},
	"a proxy's page": func(r *http.Request) (*http.Response, error) { return respond(r, 502, "<html>"), nil },
}

// TestAFieldThatMayHaveBeenStoredIsNotTakenForWhatWasRead: the CRM held "before", the first row may have stored
// "after", and the second row says "before" again.
func TestAFieldThatMayHaveBeenStoredIsNotTakenForWhatWasRead(t *testing.T) {
	inDialects(t, aFieldThatMayHaveBeenStoredIsNotTakenForWhatWasRead)
}

func aFieldThatMayHaveBeenStoredIsNotTakenForWhatWasRead(t *testing.T, dialect sandbox.Dialect) {
	for name, say := range doubts {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idC, Name: "before"}}, Record: true})
				rows := []csvmap.Row{named(2, idC, "after"), named(3, idC, "before")}
				results := comparedOver(t, server, storedButSaid(say)(server.Transport()), rows, &batch.Known{})
				if r := results[3]; r.Status != batch.Success {
					t.Errorf("row 3: %s %s", r.Status, message(r))
				}
				if o, _ := server.Opportunity(idC); o.Name != "before" {
					t.Errorf("the CRM holds %q", o.Name)
				}
			})
		})
	}
}

// TestAFieldThatMayHaveBeenStoredIsForgottenByTheLedger, even after the next attempt is refused: that proves nothing
// about the first.
func TestAFieldThatMayHaveBeenStoredIsForgottenByTheLedger(t *testing.T) {
	inDialects(t, aFieldThatMayHaveBeenStoredIsForgottenByTheLedger)
}

func aFieldThatMayHaveBeenStoredIsForgottenByTheLedger(t *testing.T, dialect sandbox.Dialect) {
	for name, say := range doubts {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, err := ledger.Open(filepath.Join(t.TempDir(), "state"), ledger.Binding{BaseURL: "here", Key: "key"})
				if err != nil {
					t.Fatal(err)
				}
				defer l.Close()
				server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idC, Name: "before"}}})
				ctx := context.Background()
				reader := readerOver(server.Transport()) // otherwise the failure might be an outage from the start
				if _, err := reader.First(ctx, ctx, getraze.ListQuery{}); err != nil {
					t.Fatal(err)
				}
				err = batch.Run(ctx, ctx, batch.Job{
					Rows: each([]csvmap.Row{named(2, idC, "after")}), Client: clientOver(storedButSaid(say)(server.Transport())), Pacer: reader.Pacer,
					Workers: 1, Log: discard, Record: func(batch.Result) error { return nil }, Known: &batch.Known{Ledger: l},
				})
				if _, known := l.Stored(idC, "name"); err != nil || known {
					t.Errorf("the ledger knows the field: %t (%v)", known, err)
				}
			})
		})
	}
}

// comparedOver runs over a transport that may disturb the run; it reads first, if nothing has been read yet.
func comparedOver(t *testing.T, server *sandbox.Server, transport http.RoundTripper, rows []csvmap.Row, known *batch.Known) map[int]batch.Result {
	t.Helper()
	ctx := context.Background()
	if known.Current == nil {
		if _, err := readerOver(server.Transport()).ReadCurrent(ctx, ctx, each(rows), known, func(int) {}); err != nil {
			t.Fatal(err)
		}
	}
	results := map[int]batch.Result{}
	err := batch.Run(ctx, ctx, batch.Job{
		Rows: each(rows), Client: clientOver(transport), Pacer: unhurried(), Workers: 4, Log: discard, Known: known,
		Record: func(r batch.Result) error { results[r.Row] = r; return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// TestWhatTheResumedRunHasChangedIsNoConflict: the opportunity is newer than the sheet because the resumed run has
// changed it.
func TestWhatTheResumedRunHasChangedIsNoConflict(t *testing.T) {
	inDialects(t, whatTheResumedRunHasChangedIsNoConflict)
}

func whatTheResumedRunHasChangedIsNoConflict(t *testing.T, dialect sandbox.Dialect) {
	for _, c := range []struct {
		name  string
		known batch.Known
		want  batch.Status
	}{
		{"somebody has changed it", batch.Known{}, batch.Conflict},
		{"the run has tried another one", batch.Known{Tried: func(id string) bool { return id == idB }}, batch.Conflict},
		{"the run has tried it", batch.Known{Tried: func(id string) bool { return id == idA }}, batch.Success},
		{"by force", batch.Known{Force: true}, batch.Success},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				exported := time.Now()
				server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idA, Name: "n", UpdatedAt: exported.Add(time.Hour)}}})
				row := named(2, idA, "m")
				row.UpdatedAt, row.UpdatedAtUnit = exported, time.Second
				results := comparedOver(t, server, server.Transport(), []csvmap.Row{row}, &c.known)
				if r := results[2]; r.Status != c.want {
					t.Errorf("got %s %s, want %s", r.Status, message(r), c.want)
				}
			})
		})
	}
}

// TestARefusalAfterALostAnswerLeavesTheDoubt: the first attempt may have been stored, whatever the second one says.
func TestARefusalAfterALostAnswerLeavesTheDoubt(t *testing.T) {
	inDialects(t, aRefusalAfterALostAnswerLeavesTheDoubt)
}

func aRefusalAfterALostAnswerLeavesTheDoubt(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idC, Name: "before"}}})
		attempts := 0
		transport := tripper(func(r *http.Request) (*http.Response, error) {
			attempts++
			switch attempts {
			case 1:
				if _, err := server.Transport().RoundTrip(r); err != nil {
					t.Error(err)
				}
				return nil, errLost
			case 2:
				return respond(r, 400, `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"no"}}`), nil
			}
			return server.Transport().RoundTrip(r)
		})
		known := &batch.Known{}
		rows := []csvmap.Row{named(2, idC, "after"), named(3, idC, "before")}
		ctx := context.Background()
		if _, err := readerOver(server.Transport()).ReadCurrent(ctx, ctx, each(rows), known, func(int) {}); err != nil {
			t.Fatal(err)
		}
		var statuses []batch.Status
		err := batch.Run(ctx, ctx, batch.Job{
			Rows: each(rows), Client: clientOver(transport), Pacer: unhurried(), Workers: 1, Retries: 1, Log: discard, Known: known,
			Record: func(r batch.Result) error { statuses = append(statuses, r.Status); return nil },
		})
		if diff := cmp.Diff([]batch.Status{batch.ValidationError, batch.Success}, statuses); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		if o, _ := server.Opportunity(idC); o.Name != "before" {
			t.Errorf("the CRM holds %q", o.Name)
		}
	})
}
