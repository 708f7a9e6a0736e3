package batch_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/csvmap"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
)

// TestALateStoreIsNotOvertaken makes the service store the first request of an opportunity only after it was given up.
// The second row waits, and its value is the final one. In both dialects.
func TestALateStoreIsNotOvertaken(t *testing.T) {
	const timeout = 30 * time.Second // of the harness's client
	for _, c := range []struct {
		name  string
		after time.Duration // from the arrival of the request until it is stored
		gives func(r *http.Request) (*http.Response, error)
		waits bool
	}{
		{"a time-out", timeout + 20*time.Second, func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}, true},
		{"a 504", 4 * time.Second, func(r *http.Request) (*http.Response, error) { return respond(r, 504, "<html>"), nil }, true},
		{"a 503 in JSON", 4 * time.Second, func(r *http.Request) (*http.Response, error) {
			return respond(r, 503, `{"success":false,"error":{"code":"BUSY","message":"Busy"}}`), nil
		}, true},
		{"a reset", 4 * time.Second, func(*http.Request) (*http.Response, error) { return nil, errors.New("connection reset") }, true},
		{"a 500 of the API", 0, func(r *http.Request) (*http.Response, error) {
			return respond(r, 500, `{"success":false,"error":{"code":"INTERNAL_ERROR","message":"No"}}`), nil
		}, false},
	} {
		for _, dialect := range sandboxtest.Dialects(t) {
			seen := dialect == sandbox.Observed
			t.Run(fmt.Sprintf("%s, seen=%v", c.name, seen), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					id := fmt.Sprintf(uuids, 1)
					n := night{rows: rowsOf(id, id), workers: 4, retries: 4, pacer: unhurried}
					n.api = sandbox.Options{Seen: seen, Opportunities: opportunities(n.rows)}
					first := true
					n.transport = func(next http.RoundTripper) http.RoundTripper {
						return tripper(func(r *http.Request) (*http.Response, error) {
							if !first {
								return next.RoundTrip(r)
							}
							first = false
							if c.after > 0 {
								storeLate(t, next, r, c.after)
							}
							return c.gives(r)
						})
					}
					o := n.run()
					synctest.Wait()
					if err := errors.Join(o.err, everyRowSucceeded(n.rows, o.results)); err != nil {
						t.Fatal(err)
					}
					time.Sleep(time.Hour)
					if held, _ := o.server.Opportunity(id); held.Notes != "from row 3" {
						t.Errorf("holds %q", held.Notes)
					}
					if waited := o.elapsed >= timeout; waited != c.waits {
						t.Errorf("took %s", o.elapsed)
					}
				})
			})
		}
	}
}

// TestAKilledRunsRequestIsNotOvertaken has a request of a killed run stored during the run that resumes it.
func TestAKilledRunsRequestIsNotOvertaken(t *testing.T) {
	inDialects(t, aKilledRunsRequestIsNotOvertaken)
}

func aKilledRunsRequestIsNotOvertaken(t *testing.T, dialect sandbox.Dialect) {
	for _, resumed := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			id, other := fmt.Sprintf(uuids, 1), fmt.Sprintf(uuids, 2)
			rows := rowsOf(id, id, other)
			server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: opportunities(rows)})
			done := map[int]time.Duration{}
			began := time.Now()
			job := batch.Job{
				Rows: each(rows), Client: clientOver(server.Transport()), Pacer: unhurried(), Workers: 2, Log: discard,
				Record: func(r batch.Result) error { done[r.Row] = time.Since(began); return nil },
			}
			if resumed {
				job.LeftBehind = func(repeated string) bool { return repeated == id }
			}
			if err := batch.Run(t.Context(), t.Context(), job); err != nil {
				t.Fatal(err)
			}
			if waited := done[3] >= 30*time.Second; done[2] > time.Second || done[4] > time.Second || waited != resumed {
				t.Errorf("resumed: %v, done after %v", resumed, done)
			}
		})
	}
}

// storeLate carries out a request after a delay, although nobody is waiting for the answer any longer.
func storeLate(t *testing.T, next http.RoundTripper, r *http.Request, after time.Duration) {
	body, err := r.GetBody()
	if err != nil {
		t.Error(err)
		return
	}
	late := r.Clone(t.Context())
	late.Body = body
	go func() {
		time.Sleep(after)
		if response, err := next.RoundTrip(late); err == nil {
			_ = response.Body.Close()
		}
	}()
}

// TestARowThatWaitsForALateStoreEndsWithTheTime: it is not sent, and its result says so.
func TestARowThatWaitsForALateStoreEndsWithTheTime(t *testing.T) {
	inDialects(t, aRowThatWaitsForALateStoreEndsWithTheTime)
}

func aRowThatWaitsForALateStoreEndsWithTheTime(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		id := fmt.Sprintf(uuids, 1)
		n := night{rows: rowsOf(id, id), workers: 4, retries: 4}
		n.pacer = func() *pace.Pacer { return pace.NewPacer(pace.Limits{Deadline: time.Now().Add(10 * time.Second)}) }
		n.api = sandbox.Options{Dialect: dialect, Opportunities: opportunities(n.rows)}
		first := true
		n.transport = func(next http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) {
				if first {
					first = false
					return respond(r, 504, "<html>"), nil
				}
				return next.RoundTrip(r)
			})
		}
		o := n.run()
		if got := o.statuses(); !batch.Resumable(o.err) || !strings.HasPrefix(got, "SUCCESS") || strings.Count(got, "SUCCESS") != 1 {
			t.Errorf("%s, error %v", got, o.err)
		}
	})
}

// TestALateStoreOfAContactIsNotOvertaken has two opportunities with the same contact: what is stored late through the
// first must not overwrite what is sent through the second.
func TestALateStoreOfAContactIsNotOvertaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := observed(nil)
		rows := []csvmap.Row{rowWith(2, idA, "email", "a@example.com"), rowWith(3, idB, "email", "b@example.com")}
		known := comparedWith(t, server, rows...)
		first, began := true, time.Now()
		results := sendTo(t, tripper(func(r *http.Request) (*http.Response, error) {
			if !first {
				return server.Transport().RoundTrip(r)
			}
			first = false
			storeLate(t, server.Transport(), r, 4*time.Second)
			return respond(r, 504, "<html>"), nil
		}), known, 4, rows...)
		if diff := cmp.Diff([]string{"SUCCESS 2 []", "SUCCESS 1 []"}, inBrief(results)); diff != "" {
			t.Error(diff)
		}
		waited := time.Since(began)
		time.Sleep(time.Hour)
		if o, _ := server.Opportunity(idA); o.Email != "b@example.com" || waited < 4*time.Second {
			t.Errorf("holds %s, after %s", o.Email, waited)
		}
	})
}
