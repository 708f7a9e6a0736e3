package batch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
)

func named(number int, id, name string) csvmap.Row {
	return csvmap.Row{Number: number, Line: number, ID: id, Cells: []csvmap.Cell{{Field: "name", Text: name}}}
}

// compared performs a run that reads the CRM first.
func compared(t *testing.T, server *sandbox.Server, rows []csvmap.Row, force bool) (results map[int]batch.Result, survey batch.Survey) {
	t.Helper()
	ctx := context.Background()
	known := &batch.Known{Force: force}
	if _, err := readerOver(server.Transport()).ReadCurrent(ctx, ctx, each(rows), known, func(int) {}); err != nil {
		t.Fatal(err)
	}
	survey, err := batch.SurveyRows(each(rows), t.TempDir())
	if err == nil {
		survey, err = survey.Against(each(rows), known)
	}
	if err != nil {
		t.Fatal(err)
	}
	return comparedOver(t, server, server.Transport(), rows, known), survey
}

func statuses(results map[int]batch.Result) []batch.Status {
	var all []batch.Status
	for row := 2; row < 2+len(results); row++ {
		all = append(all, results[row].Status)
	}
	return all
}

// TestLastRowOfAnIDCountsAlsoWhenCompared: the CRM holds what the first row says, so the result is only right if the
// comparison uses what the earlier rows will have stored.
func TestLastRowOfAnIDCountsAlsoWhenCompared(t *testing.T) {
	inDialects(t, lastRowOfAnIDCountsAlsoWhenCompared)
}

func lastRowOfAnIDCountsAlsoWhenCompared(t *testing.T, dialect sandbox.Dialect) {
	for _, c := range []struct {
		held  string
		names []string
		sends int
		want  []batch.Status
	}{
		{"x", []string{"x", "y"}, 1, []batch.Status{batch.Unchanged, batch.Success}},
		{"y", []string{"x", "y"}, 2, []batch.Status{batch.Success, batch.Success}},
		{"x", []string{"y", "x"}, 2, []batch.Status{batch.Success, batch.Success}},
		{"z", []string{"x", "x"}, 1, []batch.Status{batch.Success, batch.Unchanged}},
		{"x", []string{"x", "x"}, 0, []batch.Status{batch.Unchanged, batch.Unchanged}},
	} {
		t.Run(c.held+" "+strings.Join(c.names, ""), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idC, Name: c.held}}, Record: true})
				results, survey := compared(t, server, []csvmap.Row{named(2, idC, c.names[0]), named(3, idC, c.names[1])}, false)
				if diff := cmp.Diff(c.want, statuses(results)); diff != "" {
					t.Error(diff)
				}
				if survey.Requests != c.sends {
					t.Errorf("planned %d requests, want %d", survey.Requests, c.sends)
				}
				if o, _ := server.Opportunity(idC); o.Name != c.names[1] {
					t.Errorf("the CRM holds %q, want %q", o.Name, c.names[1])
				}
			})
		})
	}
}

func TestReadingTakesTheFewerRequests(t *testing.T) {
	many := make([]sandbox.Opportunity, 950)
	for i := range many {
		many[i] = sandbox.Opportunity{ID: fmt.Sprintf("%08x-0000-4000-8000-000000000000", i), Name: "n", CreatedAt: time.Unix(int64(i), 0)}
	}
	rows := func(n int, field string) []csvmap.Row {
		var all []csvmap.Row
		for i := range n {
			all = append(all, csvmap.Row{Number: i + 2, ID: many[len(many)-1-i].ID, Cells: []csvmap.Cell{{Field: field, Text: "n"}}})
		}
		return all
	}
	for _, c := range []struct {
		name string
		rows []csvmap.Row
		seen bool
		want batch.Reading
	}{
		{"one row", rows(1, "name"), false, batch.Reading{Gets: 1}},
		{"few rows", rows(5, "name"), false, batch.Reading{Pages: 1, Gets: 5, Listed: 950, ListPages: 10}},
		{"many rows", rows(50, "name"), false, batch.Reading{Pages: 10, Listed: 950, ListPages: 10}},
		{"many rows, of a field that the list leaves out", rows(50, "notes"), false, batch.Reading{Pages: 1, Gets: 50, Listed: 950, ListPages: 10}},
		{"a field that this list has", rows(50, "notes"), true, batch.Reading{Pages: 10, Listed: 950, ListPages: 10}},
		{"none", nil, false, batch.Reading{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := sandbox.New(sandbox.Options{Opportunities: many, Seen: c.seen, Record: true, Limit: 10_000})
				ctx := context.Background()
				got, err := readerOver(server.Transport()).ReadCurrent(ctx, ctx, each(c.rows), &batch.Known{}, func(int) {})
				if err != nil {
					t.Fatal(err)
				}
				if got != c.want || len(server.Requests()) != got.Requests() {
					t.Errorf("got %+v and %d requests, want %+v", got, len(server.Requests()), c.want)
				}
			})
		})
	}
}

// TestUndoLeavesAloneWhatSomebodyHasChanged, even if other cells of the row are restored.
func TestUndoLeavesAloneWhatSomebodyHasChanged(t *testing.T) {
	inDialects(t, undoLeavesAloneWhatSomebodyHasChanged)
}

func undoLeavesAloneWhatSomebodyHasChanged(t *testing.T, dialect sandbox.Dialect) {
	row := csvmap.Row{Number: 2, ID: idA,
		Cells:  []csvmap.Cell{{Field: "name", Text: "before"}, {Field: "company", Text: "before"}},
		Undoes: []csvmap.Cell{{Field: "name", Text: "stored"}, {Field: "company", Text: "stored"}}}
	for _, c := range []struct {
		name, company string
		force         bool
		want          batch.Status
		sent          string
	}{
		{"stored", "stored", false, batch.Success, "name company"},
		{"stored", "somebody's", false, batch.Conflict, "name"},
		{"somebody's", "somebody's", false, batch.Conflict, ""},
		{"before", "before", false, batch.Unchanged, ""},
		{"before", "somebody's", false, batch.Conflict, ""},
		{"somebody's", "stored", true, batch.Success, "name company"},
	} {
		synctest.Test(t, func(t *testing.T) {
			server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idA, Name: c.name, Company: c.company}}})
			results, _ := compared(t, server, []csvmap.Row{row}, c.force)
			if r := results[2]; r.Status != c.want || strings.Join(r.Sent, " ") != c.sent {
				t.Errorf("%+v: got %s %q, sent %q", c, r.Status, message(r), r.Sent)
			}
		})
	}
}

// TestUndoComesBeforeTheRequest with the previous values of the fields, and a row whose undo can't be recorded is not
// sent.
func TestUndoComesBeforeTheRequest(t *testing.T) { inDialects(t, undoComesBeforeTheRequest) }

func undoComesBeforeTheRequest(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idA, Name: "before"}, {ID: idB, Name: "same"}}, Record: true})
		ctx := context.Background()
		known := &batch.Known{}
		rows := []csvmap.Row{named(2, idA, "after"), named(3, idB, "same")}
		var kept []batch.Change
		job := batch.Job{Rows: each(rows), Client: clientOver(server.Transport()), Pacer: unhurried(), Workers: 1, Log: discard,
			Record: func(batch.Result) error { return nil }}
		if _, err := readerOver(server.Transport()).ReadCurrent(ctx, ctx, each(rows), known, func(int) {}); err != nil {
			t.Fatal(err)
		}
		read := len(server.Requests())
		job.Known = known
		job.Undo = func(id string, changes []batch.Change) error {
			if len(server.Requests()) > read {
				t.Error("a request was made before")
			}
			kept = append(kept, changes...)
			return nil
		}
		if err := batch.Run(ctx, ctx, job); err != nil {
			t.Fatal(err)
		}
		want := batch.Change{Field: "name", Before: "before", After: "after"}
		if dialect == sandbox.Observed {
			want.Title = &want.Before // the name is also stored as the opportunity's title
		}
		if diff := cmp.Diff([]batch.Change{want}, kept); diff != "" {
			t.Error(diff)
		}
		read = len(server.Requests())
		job.Known, job.Undo = nil, func(string, []batch.Change) error { return context.DeadlineExceeded }
		if err := batch.Run(ctx, ctx, job); !errors.Is(err, context.DeadlineExceeded) || len(server.Requests()) != read {
			t.Errorf("got %v, and %d requests", err, len(server.Requests())-read)
		}
	})
}

// TestComparingTeachesTheLedger what the CRM was seen to hold.
func TestComparingTeachesTheLedger(t *testing.T) { inDialects(t, comparingTeachesTheLedger) }

func comparingTeachesTheLedger(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		l, err := ledger.Open(filepath.Join(t.TempDir(), "state"), ledger.Binding{BaseURL: "here", Key: "key"})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idA, DealValue: "10.50"}}, Record: true})
		rows := []csvmap.Row{{Number: 2, ID: idA, Cells: []csvmap.Cell{{Field: "deal_value", Text: "10.5", Number: true}}}}
		ctx := context.Background()
		known := &batch.Known{Ledger: l}
		job := batch.Job{Rows: each(rows), Client: clientOver(server.Transport()), Pacer: unhurried(), Workers: 1, Log: discard,
			Record: func(batch.Result) error { return nil }}
		if _, err := readerOver(server.Transport()).ReadCurrent(ctx, ctx, each(rows), known, func(int) {}); err != nil {
			t.Fatal(err)
		}
		job.Known = known
		if err := batch.Run(ctx, ctx, job); err != nil {
			t.Fatal(err)
		}
		if !l.Holds(idA, "deal_value", ledger.Value{Kind: ledger.Number, Text: "10.5"}) {
			t.Error("the ledger doesn't know")
		}
		if got := len(server.Requests()); got != 1 {
			t.Errorf("%d requests, want the reading alone", got)
		}
	})
}

func TestListHandsOnEveryPageInOrder(t *testing.T) { inDialects(t, listHandsOnEveryPageInOrder) }

func listHandsOnEveryPageInOrder(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		var held []sandbox.Opportunity
		for i := range 730 {
			held = append(held, sandbox.Opportunity{ID: "id-" + strings.Repeat("x", i), Name: "n", CreatedAt: time.Unix(int64(i), 0)})
		}
		server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: held, Limit: 10_000, Faults: sandbox.Faults{HTML502: 0.3, Seed: 1}})
		reader := batch.Reader{Client: clientOver(server.Transport()), Pacer: unhurried(), Workers: 8, Retries: 20, Log: discard}
		var ids []string
		err := reader.List(context.Background(), context.Background(), getraze.ListQuery{}, func(p getraze.Page) error {
			for _, o := range p.Opportunities {
				ids = append(ids, o.ID())
			}
			return nil
		})
		if err != nil || len(ids) != len(held) || !slices.IsSortedFunc(ids, func(a, b string) int { return len(a) - len(b) }) {
			t.Errorf("got %d opportunities (%v)", len(ids), err)
		}
	})
}

// TestLedgerForgetsAFieldBeforeItIsSent: a run that is killed after the request must not leave the previous value as
// the stored one.
func TestLedgerForgetsAFieldBeforeItIsSent(t *testing.T) {
	inDialects(t, ledgerForgetsAFieldBeforeItIsSent)
}

func ledgerForgetsAFieldBeforeItIsSent(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		l, err := ledger.Open(filepath.Join(t.TempDir(), "state"), ledger.Binding{BaseURL: "here", Key: "key"})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		before, after := ledger.Value{Kind: ledger.Text, Text: "before"}, ledger.Value{Kind: ledger.Text, Text: "after"}
		if err := l.Note(idA, ledger.Noted{Field: "name", Value: before}); err != nil {
			t.Fatal(err)
		}
		server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: []sandbox.Opportunity{{ID: idA, Name: "before"}}})
		client := clientOver(tripper(func(r *http.Request) (*http.Response, error) {
			if l.Holds(idA, "name", before) {
				t.Error("the ledger still holds the value before")
			}
			return server.Transport().RoundTrip(r)
		}))
		ctx := context.Background()
		err = batch.Run(ctx, ctx, batch.Job{Rows: each([]csvmap.Row{named(2, idA, "after")}), Client: client, Pacer: unhurried(), Workers: 1,
			Log: discard, Record: func(batch.Result) error { return nil }, Known: &batch.Known{Ledger: l}})
		if err != nil || !l.Holds(idA, "name", after) {
			t.Errorf("got %v; the ledger holds the value after: %v", err, l.Holds(idA, "name", after))
		}
	})
}

// TestManyOpportunitiesThatTheListLeavesOutAreReadInAnotherOrder: with blocks of 200 opportunities with equal times, a
// comparison takes at most one further pass.
func TestManyOpportunitiesThatTheListLeavesOutAreReadInAnotherOrder(t *testing.T) {
	crowd := sandbox.Crowd(1000, 0)
	var rows []csvmap.Row
	for i := range crowd {
		crowd[i].CreatedAt = time.Unix(int64(i/200), 0)
		rows = append(rows, named(i+2, crowd[i].ID, "x"))
	}
	synctest.Test(t, func(t *testing.T) {
		server := sandbox.New(sandbox.Options{Dialect: sandbox.Observed, Opportunities: crowd, Record: true, Limit: 10_000, OrderSeed: 7})
		ctx := context.Background()
		got, err := readerOver(server.Transport()).ReadCurrent(ctx, ctx, each(rows), &batch.Known{}, func(int) {})
		if err != nil || got.Pages != 20 || got.Gets > 2 || len(server.Requests()) != got.Requests() {
			t.Errorf("got %+v and %d requests, error %v", got, len(server.Requests()), err)
		}
	})
}

// TestATimeThatCantBeReadEndsTheComparison: it is never treated as a missing time, which would let an older sheet pass.
func TestATimeThatCantBeReadEndsTheComparison(t *testing.T) {
	for _, dialect := range sandboxtest.Dialects(t) {
		for _, rows := range [][]csvmap.Row{
			{named(2, seedID, "x")},
			{named(2, seedID, "x"), named(3, "b478c75d-eb4f-4b56-86ec-71aa86afb784", "y")},
		} {
			synctest.Test(t, func(t *testing.T) {
				server := sandbox.New(sandbox.Options{Dialect: dialect})
				spoiled := tripper(func(r *http.Request) (*http.Response, error) {
					response, err := server.Transport().RoundTrip(r)
					if err != nil {
						return nil, err
					}
					body, err := io.ReadAll(response.Body)
					text := updatedAt.ReplaceAllString(string(body), `"updated_at":"$1 h"`)
					response.Body = io.NopCloser(strings.NewReader(text))
					return response, err
				})
				ctx := context.Background()
				_, err := readerOver(spoiled).ReadCurrent(ctx, ctx, each(rows), &batch.Known{}, func(int) {})
				if !errors.Is(err, reason.New("comparison_impossible")) || !errors.Is(err, reason.New("time_unreadable")) {
					t.Errorf("%s, %d rows: error %v", dialect, len(rows), err)
				}
			})
		}
	}
}

const seedID = "265e24ec-3bc8-4820-b65f-89a69d7babe4"

var updatedAt = regexp.MustCompile(`"updated_at":"([^"]*)"`)
