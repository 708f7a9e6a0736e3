package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/batch/coverage"
	"razebulk/batch/pace"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
)

// account returns a server with n opportunities, with UUIDs or with ids of another form.
func account(dialect sandbox.Dialect, n int, form string) *sandbox.Server {
	held := make([]sandbox.Opportunity, n)
	for i := range held {
		held[i] = sandbox.Opportunity{ID: fmt.Sprintf(form, i), Name: "n", CreatedAt: time.Unix(int64(i), 0)}
	}
	return sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: held, Limit: 100_000, Record: true})
}

const uuids, others = "%08d-0000-4000-8000-000000000000", "id-%d"

func idsOf(n int, form string) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf(form, i)
	}
	return ids
}

// pageOf returns the number of the page that a request asks for; "" if it asks for none.
func pageOf(r *http.Request) string { return r.URL.Query().Get("page") }

// TestAPageThatFailsIsReadAgainAtOnce, so that only as many pages have to wait for it as there are workers, or a few
// more.
func TestAPageThatFailsIsReadAgainAtOnce(t *testing.T) {
	inDialects(t, aPageThatFailsIsReadAgainAtOnce)
}

func aPageThatFailsIsReadAgainAtOnce(t *testing.T, dialect sandbox.Dialect) {
	for name, how := range breakages {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const workers = 4
				server := account(dialect, 3000, others)
				var mu sync.Mutex
				failed, answered, maxHeld := false, 0, 0
				var asked []string
				reader := readerOver(tripper(func(r *http.Request) (*http.Response, error) {
					mu.Lock()
					asked = append(asked, pageOf(r))
					fails := pageOf(r) == "2" && !failed
					failed = failed || fails
					mu.Unlock()
					if fails {
						return how(nil, r)
					}
					time.Sleep(time.Second)
					response, err := server.Transport().RoundTrip(r)
					mu.Lock()
					answered++
					mu.Unlock()
					return response, err
				}))
				reader.Workers, reader.Retries = workers, 4
				requests := 0
				reader.Count = func(n int) { requests += n }
				var ids []string
				pages := 0
				err := reader.List(t.Context(), t.Context(), getraze.ListQuery{}, func(p getraze.Page) error {
					mu.Lock()
					maxHeld = max(maxHeld, answered-pages)
					mu.Unlock()
					pages++
					for _, o := range p.Opportunities {
						ids = append(ids, o.ID())
					}
					return nil
				})
				if want := idsOf(3000, others); err != nil || !slices.Equal(ids, want) {
					t.Errorf("got %d opportunities (%v)", len(ids), err)
				}
				if maxHeld > workers+2 {
					t.Errorf("%d pages had come and were not handed on, want %d at most", maxHeld, workers+2)
				}
				if len(asked) != 31 || requests != 31 {
					t.Errorf("%d requests, %d counted, want 31", len(asked), requests)
				}
			})
		})
	}
}

// TestReadingWaitsForTheEndOfAnOutage, however few workers and retries there are.
func TestReadingWaitsForTheEndOfAnOutage(t *testing.T) {
	inDialects(t, readingWaitsForTheEndOfAnOutage)
}

func readingWaitsForTheEndOfAnOutage(t *testing.T, dialect sandbox.Dialect) {
	for name, how := range breakages {
		if testing.Short() && name != "502" {
			continue
		}
		for _, c := range []struct{ workers, retries int }{{8, 4}, {1, 4}, {8, 0}, {2, 4}}[:tries(4)] {
			t.Run(fmt.Sprintf("%s, %d workers, %d retries", name, c.workers, c.retries), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := account(dialect, 2500, uuids)
					var probes atomic.Int64
					reader := readerOver(down(how, 500*time.Millisecond, 30*time.Minute, &probes)(server.Transport()))
					reader.Workers, reader.Retries = c.workers, c.retries
					listed := 0
					err := reader.List(t.Context(), t.Context(), getraze.ListQuery{}, func(p getraze.Page) error {
						listed += len(p.Opportunities)
						return nil
					})
					if err != nil || listed != 2500 || probes.Load() > 60 {
						t.Errorf("listed %d, %d probes: %v", listed, probes.Load(), err)
					}
				})
			})
			t.Run(fmt.Sprintf("one by one: %s, %d workers, %d retries", name, c.workers, c.retries), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := account(dialect, 150, uuids)
					var probes atomic.Int64
					reader := readerOver(down(how, 500*time.Millisecond, 30*time.Minute, &probes)(server.Transport()))
					reader.Workers, reader.Retries, reader.OnlyUUIDs = c.workers, c.retries, true
					found := map[string]bool{}
					err := reader.Get(t.Context(), t.Context(), slices.Values(idsOf(150, uuids)), func(f batch.Found) error {
						found[f.ID] = f.Failure == nil && f.Opportunity.ID() == f.ID
						return nil
					})
					if len(found) != 150 || slices.Contains(values(found), false) || err != nil || probes.Load() > 60 {
						t.Errorf("found %d, %d probes: %v", len(found), probes.Load(), err)
					}
				})
			})
		}
	}
}

func values(m map[string]bool) []bool {
	var all []bool
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

// TestAnOutageThatDoesNotEndEndsTheReading after an hour, or when the time is up.
func TestAnOutageThatDoesNotEndEndsTheReading(t *testing.T) {
	inDialects(t, anOutageThatDoesNotEndEndsTheReading)
}

func anOutageThatDoesNotEndEndsTheReading(t *testing.T, dialect sandbox.Dialect) {
	for _, allowed := range []time.Duration{0, 10 * time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			server := account(dialect, 2500, uuids)
			var probes atomic.Int64
			reader := readerOver(down(breakages["502"], 500*time.Millisecond, 24*time.Hour, &probes)(server.Transport()))
			reader.Retries = 4
			if allowed > 0 {
				reader.Pacer = pace.NewPacer(pace.Limits{Deadline: time.Now().Add(allowed)})
			}
			err := reader.List(t.Context(), t.Context(), getraze.ListQuery{}, func(getraze.Page) error { return nil })
			var end *pace.OutOfTime
			if !errors.As(err, &end) || end.Why != pace.ForOutage || !strings.Contains(inWords(end.Reason()), "the service keeps failing: answered 502") {
				t.Errorf("error %v", err)
			}
		})
	}
}

// TestAPageThatAlwaysFailsEndsTheReading while all others are answered.
func TestAPageThatAlwaysFailsEndsTheReading(t *testing.T) {
	inDialects(t, aPageThatAlwaysFailsEndsTheReading)
}

func aPageThatAlwaysFailsEndsTheReading(t *testing.T, dialect sandbox.Dialect) {
	for _, name := range []string{"500", "502", "reset"} {
		synctest.Test(t, func(t *testing.T) {
			server := account(dialect, 10_000, others)
			reader := readerOver(tripper(func(r *http.Request) (*http.Response, error) {
				if pageOf(r) == "3" {
					return breakages[name](nil, r)
				}
				return server.Transport().RoundTrip(r)
			}))
			reader.Retries = 4
			pages := 0
			err := reader.List(t.Context(), t.Context(), getraze.ListQuery{}, func(getraze.Page) error { pages++; return nil })
			var why reason.Reason
			if !errors.As(err, &why) || why.Code != "page_unread" || why.Params["page"] != 3 {
				t.Fatalf("%s: error %v", name, err)
			}
			if text := inWords(why); !strings.HasPrefix(text, "page 3 of the list of opportunities could not be read: ") {
				t.Errorf("%s: %s", name, text)
			}
			if pages != 2 || len(server.Requests()) > 10 {
				t.Errorf("%s: handed on %d pages, made %d requests", name, pages, len(server.Requests()))
			}
		})
	}
}

// TestA500ToAnIDOfAForeignFormIsFinal: the service was seen to answer like this. For an id of the service's own form, a
// 500 says little.
func TestA500ToAnIDOfAForeignFormIsFinal(t *testing.T) {
	inDialects(t, a500ToAnIDOfAForeignFormIsFinal)
}

func a500ToAnIDOfAForeignFormIsFinal(t *testing.T, dialect sandbox.Dialect) {
	for _, c := range []struct {
		name      string
		onlyUUIDs bool
		bad       string
		attempts  int
	}{
		{"a foreign id", true, "A-17", 1},
		{"an id like all others", true, fmt.Sprintf(uuids, 77), 2},
		{"nothing is known of the ids", false, "A-17", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := account(dialect, 5, uuids)
				attempts, after := 0, 0
				reader := readerOver(tripper(func(r *http.Request) (*http.Response, error) {
					if strings.HasSuffix(r.URL.Path, c.bad) {
						attempts++
						after = 0
						return respond(r, 500, `{"success":false,"error":{"code":"INTERNAL_ERROR","message":"oops"}}`), nil
					}
					after++
					return server.Transport().RoundTrip(r)
				}))
				reader.Workers, reader.Retries, reader.OnlyUUIDs = 1, 4, c.onlyUUIDs
				failures := map[string]*batch.Failure{}
				err := reader.Get(t.Context(), t.Context(), slices.Values(append([]string{c.bad}, idsOf(5, uuids)...)), func(f batch.Found) error {
					failures[f.ID] = f.Failure
					return nil
				})
				if f := failures[c.bad]; err != nil || len(failures) != 6 || f == nil || f.Status != batch.ServerError || attempts != c.attempts {
					t.Errorf("%d attempts (%v): %+v", attempts, err, failures)
				}
				if c.attempts > 1 && after > 0 {
					t.Errorf("%d opportunities were read after its last attempt: it comes when all else is done", after)
				}
			})
		})
	}
}

func TestWhatEndsAReading(t *testing.T) { inDialects(t, whatEndsAReading) }

func whatEndsAReading(t *testing.T, dialect sandbox.Dialect) {
	enough, stopped := errors.New("enough"), errors.New("stopped")
	tests := []struct {
		name     string
		each     error
		stopAt   time.Duration // of both contexts
		foreign  bool          // the key
		deadline time.Duration
		want     func(error) bool
	}{
		{"a page can't be handed on", enough, 0, false, 0, func(err error) bool { return errors.Is(err, enough) }},
		{"an interrupt", nil, 2500 * time.Millisecond, false, 0, func(err error) bool { return errors.Is(err, stopped) }},
		{"the key is rejected", nil, 0, true, 0, func(err error) bool { return errors.Is(err, batch.ErrKeyRejected) }},
		{"the time is up", nil, 0, false, 3 * time.Second, func(err error) bool {
			var end *pace.OutOfTime
			return errors.As(err, &end)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				options := sandbox.Options{Dialect: dialect, Faults: sandbox.Faults{Latency: time.Second}, Limit: 10_000, Record: true}
				options.Opportunities = opportunities(rowsOf(idsOf(5000, others)...))
				if tt.foreign {
					options.Keys = []sandbox.Key{{Value: "another"}}
				}
				reader := readerOver(sandbox.New(options).Transport())
				if tt.deadline > 0 {
					reader.Pacer = pace.NewPacer(pace.Limits{Deadline: time.Now().Add(tt.deadline)})
				}
				ctx, stop := context.WithCancelCause(t.Context())
				defer stop(nil)
				if tt.stopAt > 0 {
					time.AfterFunc(tt.stopAt, func() { stop(stopped) })
				}
				err := reader.List(ctx, ctx, getraze.ListQuery{}, func(p getraze.Page) error { return tt.each })
				if !tt.want(err) {
					t.Errorf("error %v", err)
				}
			})
		})
	}
}

func TestAPanicWhileReadingEndsIt(t *testing.T) {
	reader := readerOver(tripper(func(r *http.Request) (*http.Response, error) { panic("a fault of this program") }))
	synctest.Test(t, func(t *testing.T) {
		err := reader.List(t.Context(), t.Context(), getraze.ListQuery{}, func(getraze.Page) error { return nil })
		if fault := (*batch.PanicError)(nil); !errors.As(err, &fault) {
			t.Errorf("error %v", err)
		}
		time.Sleep(30 * time.Second) // net/http tracks the timeout of a request that panicked until it is over
	})
}

func TestReadWholeList(t *testing.T) {
	page := func(n, pages int) getraze.Page {
		p := getraze.Page{TotalPages: pages}
		for _, id := range idsOf(n, others) {
			p.Opportunities = append(p.Opportunities, getraze.Opportunity{"id": []byte(`"` + id + `"`)})
		}
		return p
	}
	unlisted := func(_ string, o getraze.Opportunity) bool { return o == nil }
	always := func(string, getraze.Opportunity) bool { return true }
	for _, tt := range []struct {
		name  string
		first getraze.Page
		ids   []string
		lacks func(string, getraze.Opportunity) bool
		whole bool
		gets  int
	}{
		{"nine pages instead of fifty", page(100, 10), idsOf(150, others)[100:], unlisted, true, 0},
		{"nine requests either way", page(100, 10), idsOf(109, others)[100:], unlisted, false, 9},
		{"all on the first page", page(100, 10), idsOf(100, others), unlisted, false, 0},
		{"the list never has what is wanted", page(100, 10), idsOf(500, others), always, false, 500},
		{"the only page", page(50, 1), idsOf(60, others), unlisted, false, 10},
		{"no opportunity at all", page(0, 0), idsOf(2, others), unlisted, false, 2},
	} {
		if whole, gets := coverage.ReadWholeList(tt.first, tt.ids, tt.lacks); whole != tt.whole || gets != tt.gets {
			t.Errorf("%s: got %t and %d, want %t and %d", tt.name, whole, gets, tt.whole, tt.gets)
		}
	}
}
