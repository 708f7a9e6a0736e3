package export_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"razebulk/internal/export"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
	"razebulk/report"
)

// exported returns the ids in an export from a service, and the error that ended it.
func exported(t interface{ Fatal(...any) }, transport http.RoundTripper, workers int, filter export.Filter) ([]string, error) {
	var sheet bytes.Buffer
	form, _ := report.ParseExportForm("sheets")
	prepared, err := export.Prepare(context.Background(), export.Options{
		To: &sheet, Form: form, Filter: filter,
		Requests: run.Options{
			API:     getraze.Options{BaseURL: "http://localhost", Key: sandbox.DefaultKey, Timeout: time.Minute, Transport: transport},
			Workers: workers,
		},
	})
	if err != nil {
		return nil, err
	}
	defer prepared.Close()
	_, err = prepared.Write(context.Background())
	records, badSheet := csv.NewReader(&sheet).ReadAll()
	if badSheet != nil {
		t.Fatal(badSheet)
	}
	var ids []string
	for _, record := range records[min(1, len(records)):] {
		ids = append(ids, record[0])
	}
	slices.Sort(ids)
	return ids, err
}

// TestExportOfAListWithEqualTimesIsWhole, or else it fails: opportunities with equal times come in a different order on
// each page.
func TestExportOfAListWithEqualTimesIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 450).Draw(t, "n")
		equal := rapid.IntRange(0, n).Draw(t, "equal")
		crowd := sandbox.Crowd(n, equal)
		server := sandbox.New(sandbox.Options{
			Dialect: sandbox.Observed, Opportunities: crowd, OrderSeed: rapid.Uint64().Draw(t, "seed"), Limit: 10_000, Record: true,
		})
		ids, err := exported(t, server.Transport(), rapid.IntRange(1, 8).Draw(t, "workers"), export.Filter{})
		if err != nil || len(slices.Compact(ids)) != n {
			t.Errorf("%d of %d opportunities, error %v", len(ids), n, err)
		}
		if pages := max(1, (n+99)/100); len(server.Requests()) > 3*pages {
			t.Errorf("%d requests for %d pages", len(server.Requests()), pages)
		}
	})
}

// TestWhatNoOrderShowsIsFoundStageByStage: all times and titles are equal.
func TestWhatNoOrderShowsIsFoundStageByStage(t *testing.T) {
	seeds := uint64(10)
	if testing.Short() {
		seeds = 3
	}
	for seed := range seeds {
		crowd := sandbox.Crowd(330, 330)
		for i := range crowd {
			crowd[i].Title = "Renovação"
		}
		server := sandbox.New(sandbox.Options{Dialect: sandbox.Observed, Opportunities: crowd, OrderSeed: seed, Limit: 10_000, Record: true})
		ids, err := exported(t, server.Transport(), 4, export.Filter{})
		if missing := 330 - len(ids); err != nil || missing > 0 {
			t.Errorf("seed %d: %d are missing, error %v", seed, missing, err)
		}
		if requests := len(server.Requests()); requests > 4+2*4 {
			t.Errorf("seed %d: %d requests", seed, requests)
		}
	}
}

// TestAnExportIsNeverSilentlyIncomplete while opportunities appear and disappear: either it has all that were there the
// whole time, or it fails.
func TestAnExportIsNeverSilentlyIncomplete(t *testing.T) {
	for _, dialect := range sandboxtest.Dialects(t) {
		t.Run(string(dialect), func(t *testing.T) { anExportIsNeverSilentlyIncomplete(t, dialect) })
	}
}

func anExportIsNeverSilentlyIncomplete(t *testing.T, dialect sandbox.Dialect) {
	whole, failed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		l := newLiveList(dialect, rapid.IntRange(1, 400).Draw(t, "n"), rapid.Uint64().Draw(t, "seed"), rapid.Float64Range(0, 0.5).Draw(t, "changes"))
		stay := func() (ids []string) {
			for id, m := range l.members {
				if m.original {
					ids = append(ids, id)
				}
			}
			return ids
		}
		ids, err := exported(t, l, 1, export.Filter{})
		var why reason.Reason
		switch {
		case errors.As(err, &why) && why.Code == "list_incomplete":
			failed++
			if why.Params["missing"].(int) < 1 {
				t.Errorf("params %v", why.Params)
			}
			return
		case err != nil:
			t.Fatal(err)
		}
		whole++
		for _, id := range stay() {
			if _, found := slices.BinarySearch(ids, id); !found {
				t.Fatalf("%s is missing after %d requests, and the export is said to be whole", id, l.requests)
			}
		}
	})
	t.Logf("%d whole, %d failed", whole, failed)
	if whole == 0 {
		t.Error("no export was whole")
	}
}

// liveList is a service whose list changes between two pages, which are two seconds apart: one opportunity appears, or
// disappears, or both, so that the length stays the same. Many were created at the same time.
type liveList struct {
	dialect  sandbox.Dialect
	now      time.Time
	members  map[string]member
	draws    *rand.Rand
	changes  float64 // the share of pages before which one appears or disappears
	next     int
	requests int
}

type member struct {
	created  time.Time
	title    string
	original bool
}

func newLiveList(dialect sandbox.Dialect, n int, seed uint64, changes float64) *liveList {
	l := &liveList{dialect: dialect, now: time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC), members: map[string]member{}, draws: rand.New(rand.NewPCG(seed, 1)), changes: changes}
	for range n {
		l.add(true)
	}
	return l
}

func (l *liveList) add(original bool) {
	l.next++
	created := l.now.Add(-time.Second)
	if original {
		created = created.AddDate(-1, 0, l.next/150)
	}
	l.members[fmt.Sprintf("dddddddd-0000-4000-8000-%012d", l.next)] = member{created, fmt.Sprint("Deal ", l.draws.IntN(1000)), original}
}

func (l *liveList) change() {
	l.now = l.now.Add(2 * time.Second)
	if l.requests++; l.requests == 1 || l.draws.Float64() >= l.changes {
		return
	}
	comes, goes := l.draws.IntN(3) > 0, l.draws.IntN(2) > 0
	if comes {
		l.add(false)
	}
	for id := range l.members { // any
		if goes || !comes {
			delete(l.members, id)
		}
		return
	}
}

func (l *liveList) RoundTrip(r *http.Request) (*http.Response, error) {
	l.change()
	q := r.URL.Query()
	ids := []string{}
	for id := range l.members {
		if q.Get("stage_id") == "" || q.Get("stage_id") == stageOf(id) || l.dialect == sandbox.Documented {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { // equal ones stay in map order, which differs each time
		order := l.members[a].created.Compare(l.members[b].created)
		if q.Get("sort_by") == "title" {
			order = cmp.Compare(l.members[a].title, l.members[b].title)
		}
		if q.Get("sort_order") == "desc" {
			return -order
		}
		return order
	})
	page, _ := strconv.Atoi(q.Get("page"))
	from := min(len(ids), (page-1)*100)
	body, err := json.Marshal(l.page(ids[from:min(len(ids), from+100)], page, len(ids)))
	header := http.Header{"Date": {l.now.Format(http.TimeFormat)}}
	return &http.Response{StatusCode: 200, Header: header, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, err
}

func (l *liveList) page(ids []string, number, total int) map[string]any {
	items := []map[string]any{}
	for _, id := range ids {
		m := l.members[id]
		if l.dialect == sandbox.Documented {
			items = append(items, map[string]any{"id": id, "name": "n", "status": "new", "created_at": m.created.Format(time.RFC3339)})
			continue
		}
		items = append(items, map[string]any{
			"id": id, "title": m.title, "contact_id": id, "contact_name": "n", "notes": "", "stage_id": stageOf(id), "stage_name": "Novo", "pipeline_id": "p",
			"created_at": m.created.Format("2006-01-02 15:04:05-07"),
		})
	}
	pagination := map[string]any{"page": number, "per_page": 100, "limit": 100, "total": total, "total_pages": (total + 99) / 100}
	if l.dialect == sandbox.Documented {
		return map[string]any{"success": true, "data": map[string]any{"opportunities": items, "pagination": pagination}}
	}
	return map[string]any{"success": true, "data": items, "pagination": pagination}
}

func stageOf(id string) string { return "44444444-0000-4000-8000-00000000000" + id[len(id)-1:] }

// TestAServiceThatCountsMoreThanItShows ends the export with an error that says how many are missing.
func TestAServiceThatCountsMoreThanItShows(t *testing.T) {
	for _, dialect := range sandboxtest.Dialects(t) {
		server := sandbox.New(sandbox.Options{Dialect: dialect, Record: true})
		_, err := exported(t, counting{server.Transport()}, 2, export.Filter{})
		var why reason.Reason
		if !errors.As(err, &why) || why.Code != "list_incomplete" || why.Params["missing"] != 3 {
			t.Errorf("%s: error %v", dialect, err)
		}
		if requests := len(server.Requests()); requests > 3 {
			t.Errorf("%s: %d requests for a page", dialect, requests)
		}
	}
}

// counting reports three opportunities too many.
type counting struct{ next http.RoundTripper }

func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	text := strings.Replace(string(body), `"total":50`, `"total":53`, 1)
	response.Body = io.NopCloser(strings.NewReader(text))
	return response, err
}
