package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/batch/dialect"
	"razebulk/batch/pace"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/sandbox"
)

const (
	idA, idB, idC = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b", "00000000-0000-4000-8000-00000000000c"
	ownerID       = "5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d01"
	nobodyID      = "99999999-0000-4000-8000-000000000000"
)

func rowWith(number int, id string, cells ...string) csvmap.Row {
	row := csvmap.Row{Number: number, Line: number, ID: id}
	for i := 0; i < len(cells); i += 2 {
		row.Cells = append(row.Cells, csvmap.Cell{Field: cells[i], Text: cells[i+1], Number: cells[i] == "deal_value"})
	}
	return row
}

// observed returns a sandbox with three opportunities, the first two of which share a contact.
func observed(change func(*sandbox.Options)) *sandbox.Server {
	o := sandbox.Options{Dialect: sandbox.Observed, Record: true, Limit: 100_000}
	for i, id := range []string{idA, idB, idC} {
		contact := "shared"
		if id == idC {
			contact = ""
		}
		o.Opportunities = append(o.Opportunities, sandbox.Opportunity{
			ID: id, Name: "Ana", Title: "Title " + id, Email: "old@example.com", ContactID: contact, CreatedAt: time.Unix(int64(i), 0),
		})
	}
	if change != nil {
		change(&o)
	}
	return sandbox.New(o)
}

// sendTo sends rows to a server, and returns their results in the order of the rows.
func sendTo(t *testing.T, transport http.RoundTripper, known *batch.Known, workers int, rows ...csvmap.Row) []batch.Result {
	t.Helper()
	results := make([]batch.Result, 0, len(rows))
	ctx := context.Background()
	err := batch.Run(ctx, ctx, batch.Job{
		Rows: each(rows), Client: clientOver(transport), Pacer: unhurried(), Workers: workers, Retries: 2, Log: discard, Known: known,
		MaxFailures: &pace.Share{Percent: 50},
		Record:      func(r batch.Result) error { results = append(results, r); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(results, func(a, b batch.Result) int { return a.Row - b.Row })
	return results
}

// inBrief returns the parts of results that tests compare.
func inBrief(results []batch.Result) []string {
	var all []string
	for _, r := range results {
		all = append(all, fmt.Sprintf("%s %d %v", r.Status, r.Attempts, r.NotApplied))
	}
	return all
}

func bodiesOf(s *sandbox.Server) []string {
	var all []string
	for _, r := range s.Requests() {
		all = append(all, r.Method+" "+string(r.Body))
	}
	return all
}

func TestAFieldIsSentOnceMoreUnderItsOtherName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := observed(nil)
		results := sendTo(t, server.Transport(), nil, 1,
			rowWith(2, idA, "notes", "n", "position", "CEO"), rowWith(3, idC, "position", "CTO"), rowWith(4, idC, "responsible_user_id", ownerID))
		want := []string{
			`PUT {"notes":"n","position":"CEO"}`, `PUT {"title":"CEO"}`, `PUT {"title":"CTO"}`, `PUT {"owner_user_id":"` + ownerID + `"}`,
		}
		if diff := cmp.Diff(want, bodiesOf(server)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"SUCCESS 2 []", "SUCCESS 1 []", "SUCCESS 1 []"}, inBrief(results)); diff != "" {
			t.Error(diff)
		}
		if o, _ := server.Opportunity(idA); o.Position != "CEO" || o.Title != "Title "+idA {
			t.Errorf("stored %+v", o)
		}
	})
}

func TestARefusalOfAllNamesIsAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := observed(nil)
		results := sendTo(t, server.Transport(), nil, 1,
			rowWith(2, idA, "position", "CEO", "deal_value", "1"), rowWith(3, idC, "deal_value", "1"), rowWith(4, idC, "position", "CTO", "deal_value", "2"))
		want := []string{`PUT {"deal_value":1,"position":"CEO"}`, `PUT {"title":"CEO"}`, `PUT {"title":"CTO"}`}
		if diff := cmp.Diff(want, bodiesOf(server)); diff != "" {
			t.Error(diff)
		}
		for _, r := range results {
			if r.Status != batch.NotApplied || !slices.Equal(r.NotApplied, []string{"deal_value"}) || message(r) != "this service does not store deal_value" {
				t.Errorf("row %d: %s %v %q", r.Row, r.Status, r.NotApplied, message(r))
			}
		}
	})
}

// TestAHostMayBeAMixture covers a service that has contact names, but also stores documented names.
func TestAHostMayBeAMixture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := observed(func(o *sandbox.Options) { o.AlsoStores = []string{"deal_value", "deal_currency", "position"} })
		results := sendTo(t, server.Transport(), nil, 1, rowWith(2, idA, "deal_value", "7.5", "deal_currency", "EUR", "position", "CEO"))
		if diff := cmp.Diff([]string{"SUCCESS 1 []"}, inBrief(results)); diff != "" {
			t.Error(diff)
		}
	})
}

// TestUnstoredFieldsDoNotStopTheRun, although all of its rows have one.
func TestUnstoredFieldsDoNotStopTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, ignore := range []bool{false, true} {
			server := observed(nil)
			var rows []csvmap.Row
			for i := range 120 {
				rows = append(rows, rowWith(i+2, idC, "deal_value", fmt.Sprint(i), "notes", fmt.Sprint(i)))
			}
			known := &batch.Known{IgnoreUnstored: ignore}
			results := sendTo(t, server.Transport(), known, 4, append(rows, rowWith(200, idC, "deal_value", "1"))...)
			if len(results) != 121 || len(server.Requests()) != 120 {
				t.Fatalf("%d results of %d requests", len(results), len(server.Requests()))
			}
			want := map[bool][2]batch.Status{false: {batch.NotApplied, batch.NotApplied}, true: {batch.Success, batch.Empty}}[ignore]
			for i, r := range results {
				if r.Status != want[i/120] {
					t.Errorf("row %d: %s %q", r.Row, r.Status, message(r))
				}
			}
		}
	})
}

func comparedWith(t *testing.T, server *sandbox.Server, rows ...csvmap.Row) *batch.Known {
	t.Helper()
	known := &batch.Known{Dialect: dialect.New(getraze.Dialect{}, nil)}
	reader := readerOver(server.Transport())
	reader.Dialect = known.Dialect
	ctx := context.Background()
	if _, err := reader.ReadCurrent(ctx, ctx, each(rows), known, func(int) {}); err != nil {
		t.Fatal(err)
	}
	return known
}

// TestA500IsLookedInto if the opportunity was read before: the result says what is stored, and only the rest is sent
// again.
func TestA500IsLookedInto(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := observed(nil)
		rows := []csvmap.Row{rowWith(2, idC, "email", "new@example.com", "notes", "n", "responsible_user_id", nobodyID), rowWith(3, idA, "notes", "n")}
		known := comparedWith(t, server, rows...)
		first := len(server.Requests())
		results := sendTo(t, server.Transport(), known, 1, rows...)
		want := []string{
			`PUT {"email":"new@example.com","notes":"n","owner_user_id":"` + nobodyID + `"}`, `GET `, `PUT {"notes":"n"}`,
			`PUT {"notes":"n","owner_user_id":"` + nobodyID + `"}`, `GET `,
		}
		if diff := cmp.Diff(want, bodiesOf(server)[first:]); diff != "" {
			t.Error(diff)
		}
		r := results[0]
		if r.Status != batch.ServerError || !slices.Equal(r.NotApplied, []string{"notes", "responsible_user_id"}) ||
			!strings.HasSuffix(message(r), "read again: stored: email; not stored: notes, responsible_user_id") {
			t.Errorf("%s %v %q", r.Status, r.NotApplied, message(r))
		}
	})
}

// TestALookThatTheAPIRejectsEndsTheRun, like any other request; a proxy's page does not.
func TestALookThatTheAPIRejectsEndsTheRun(t *testing.T) {
	for _, c := range []struct {
		body string
		ends bool
	}{{`{"success":false,"error":{"code":"INVALID_API_KEY","message":"No"}}`, true}, {"<html>", false}} {
		synctest.Test(t, func(t *testing.T) {
			server := observed(nil)
			rows := []csvmap.Row{rowWith(2, idA, "notes", "n")}
			known, answers := comparedWith(t, server, rows...), 0
			client := clientOver(tripper(func(r *http.Request) (*http.Response, error) {
				switch answers++; answers {
				case 1:
					return respond(r, 500, `{"success":false,"error":{"code":"INTERNAL_ERROR","message":"oops"}}`), nil
				case 2:
					return respond(r, 401, c.body), nil
				}
				return server.Transport().RoundTrip(r)
			}))
			var result batch.Result
			err := batch.Run(t.Context(), t.Context(), batch.Job{
				Rows: each(rows), Client: client, Pacer: unhurried(), Workers: 1, Retries: 2, Log: discard, Known: known,
				Record: func(r batch.Result) error { result = r; return nil },
			})
			if errors.Is(err, batch.ErrKeyRejected) != c.ends || (result.Status == batch.Success) == c.ends || (answers == 2) != c.ends {
				t.Errorf("%s: %s after %d requests, %v", c.body, result.Status, answers, err)
			}
		})
	}
}

func TestA500MayHaveStoredHalf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, err := ledger.Open(filepath.Join(t.TempDir(), "state"), ledger.Binding{})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		server := observed(nil)
		known := &batch.Known{Ledger: l}
		sendTo(t, server.Transport(), known, 1, rowWith(2, idC, "email", "new@example.com", "notes", "n"))
		results := sendTo(t, server.Transport(), known, 1, rowWith(2, idC, "email", "new@example.com", "notes", "other", "responsible_user_id", nobodyID))
		if !strings.Contains(message(results[0]), "part of the update may have been stored") {
			t.Error(message(results[0]))
		}
		for _, field := range []string{"email", "notes", "responsible_user_id"} {
			if _, known := l.Stored(idC, field); known {
				t.Errorf("%s is still known", field)
			}
		}
	})
}

func TestTextsThatTheServiceCannotStoreAreRefused(t *testing.T) {
	server := observed(nil)
	rows := []csvmap.Row{
		rowWith(2, idA, "name", strings.Repeat("ã", 255)), rowWith(3, idA, "name", strings.Repeat("ã", 256)),
		rowWith(4, idC, "phone", strings.Repeat("1", 51)), rowWith(5, idC, "notes", strings.Repeat("n", 1000)),
	}
	known := comparedWith(t, server, rows...)
	survey, err := batch.SurveyRows(each(rows), "")
	if err == nil {
		survey, err = survey.Against(each(rows), known)
	}
	if err != nil || survey.Invalid != 2 || survey.Requests != 2 {
		t.Errorf("%+v, %v", survey, err)
	}
	synctest.Test(t, func(t *testing.T) {
		results := sendTo(t, server.Transport(), known, 1, rows...)
		want := []string{"SUCCESS 1 []", "VALIDATION_ERROR 0 []", "VALIDATION_ERROR 0 []", "SUCCESS 1 []"}
		if diff := cmp.Diff(want, inBrief(results)); diff != "" {
			t.Error(diff)
		}
		if message(results[2]) != "phone has 51 characters, and this service stores 50 at most" {
			t.Error(message(results[2]))
		}
	})
}

// TestSpellingsOfAnID checks that they mean one opportunity: sent in the order of the sheet, under the canonical id
// once it is known that the service has UUIDs, and reported as spelled in the sheet.
func TestSpellingsOfAnID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := observed(nil)
		bare := strings.ReplaceAll(idC, "-", "")
		rows := []csvmap.Row{
			rowWith(2, idA, "notes", "first"), rowWith(3, strings.ToUpper(idC), "notes", "1"), rowWith(4, "{"+idC+"}", "notes", "2"), rowWith(5, bare, "notes", "3"),
		}
		known := &batch.Known{Dialect: dialect.New(getraze.Dialect{}, nil)}
		sendTo(t, server.Transport(), known, 1, rows[0])
		w := &watch{next: server.Transport(), inFlight: map[string]int{}}
		results := sendTo(t, w, known, 4, rows[1:]...)
		for i, r := range results {
			if r.Status != batch.Success || r.ID != rows[i+1].ID {
				t.Errorf("%s: %s %q", r.ID, r.Status, message(r))
			}
		}
		var want []string
		for i := range 3 {
			want = append(want, fmt.Sprintf(`/opportunities/%s {"notes":"%d"}`, idC, i+1))
		}
		if diff := cmp.Diff(want, w.order); diff != "" || w.clash != "" {
			t.Error(diff, w.clash)
		}
	})
}

// TestA500ThatHasStoredAll is a success, as reading the opportunity shows, and the stage follows.
func TestA500ThatHasStoredAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := observed(nil)
		stage := sandbox.DefaultStages()[2].ID
		rows := []csvmap.Row{rowWith(2, idC, "notes", "n", "name", "Bia", "status", stage)}
		known := comparedWith(t, server, rows...)
		first := len(server.Requests())
		said := storedButSaid(func(r *http.Request) (*http.Response, error) {
			return respond(r, 500, `{"success":false,"error":{"code":"INTERNAL_ERROR","message":"oops"}}`), nil
		})
		results := sendTo(t, said(server.Transport()), known, 1, rows...)
		want := []string{`PUT {"name":"Bia","notes":"n"}`, `GET `, `PATCH {"stage_id":"` + stage + `"}`}
		if diff := cmp.Diff(want, bodiesOf(server)[first:]); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"SUCCESS 3 []"}, inBrief(results)); diff != "" {
			t.Error(diff, message(results[0]))
		}
	})
}

// TestDetect reads one opportunity, if the key may read.
func TestDetect(t *testing.T) {
	for _, c := range []struct {
		name string
		key  sandbox.Key
		want string
	}{
		{"a key that may read", sandbox.Key{Read: true, Write: true}, "observed"},
		{"no right to read", sandbox.Key{Write: true}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.key.Value = sandbox.DefaultKey
			server := observed(func(o *sandbox.Options) { o.Keys = []sandbox.Key{c.key} })
			reader := readerOver(server.Transport())
			reader.Dialect = dialect.New(getraze.Dialect{}, nil)
			if err := reader.Detect(t.Context(), t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			if got := reader.Dialect.Now().Name(); got != c.want || len(server.Requests()) != 1 {
				t.Errorf("%q after %d requests", got, len(server.Requests()))
			}
		})
	}
	t.Run("unknown key", func(t *testing.T) {
		server := observed(func(o *sandbox.Options) { o.Keys = []sandbox.Key{{Value: "other", Read: true}} })
		reader := readerOver(server.Transport())
		reader.Dialect = dialect.New(getraze.Dialect{}, nil)
		if err := reader.Detect(t.Context(), t.Context(), 1); !errors.Is(err, batch.ErrKeyRejected) {
			t.Error(err)
		}
	})
}
