package batch_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"razebulk/batch"
	"razebulk/batch/dialect"
	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
)

// TestResultsAreTrueCellByCell runs sheets with cells that the service refuses, ignores or stores only partly. After
// each run the CRM holds what the results say, and nothing else has changed.
func TestResultsAreTrueCellByCell(t *testing.T) {
	for _, d := range sandboxtest.Dialects(t) {
		for _, mode := range []string{"plain", "state", "compare"} {
			t.Run(fmt.Sprintf("%s %s", d, mode), func(t *testing.T) {
				folder, n := t.TempDir(), 0
				synctest.Test(t, func(t *testing.T) {
					rapid.Check(struct{ testing.TB }{t}, func(t *rapid.T) { // a bubble has no Deadline
						n++
						checkTruth(t, d, mode, filepath.Join(folder, fmt.Sprint(n)))
					})
				})
			})
		}
	}
}

// truthValues are possible cells; those of owners and long texts give a 500 in the observed dialect.
var truthValues = map[string][]string{
	"name": {"Bia", "Caio", strings.Repeat("x", 256)}, "email": {"x@example.com", "y@example.com"}, "phone": {"1", strings.Repeat("2", 51)},
	"position": {"CEO", "CTO"}, "notes": {"n", "m"}, "deal_value": {"1.5", "2.5"}, "responsible_user_id": {ownerID, nobodyID},
}

func checkTruth(t *rapid.T, d sandbox.Dialect, mode, dir string) {
	api := sandbox.Options{Dialect: d, Limit: 1_000_000, Ignored: rapid.SampledFrom([][]string{nil, {"notes"}}).Draw(t, "ignored")}
	mayRead := mode == "compare" || rapid.Bool().Draw(t, "may read")
	api.Keys = []sandbox.Key{{Value: sandbox.DefaultKey, Read: mayRead, Write: true}}
	shared := rapid.Bool().Draw(t, "shared")
	for i, id := range []string{idA, idB, idC} {
		o := sandbox.Opportunity{ID: id, Name: "Ana", Title: "Title " + id, Email: "old@example.com", Status: "new", CreatedAt: time.Unix(int64(i), 0)}
		if shared && id != idC {
			o.ContactID = "shared"
		}
		api.Opportunities = append(api.Opportunities, o)
	}
	server := sandbox.New(api)
	known := &batch.Known{Dialect: dialect.New(getraze.Dialect{}, nil), IgnoreUnstored: rapid.Bool().Draw(t, "ignore unstored")}
	if mode == "state" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		l, err := ledger.Open(filepath.Join(dir, "state"), ledger.Binding{})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		known.Ledger = l
	}
	for range 2 {
		rows := drawRows(t)
		before := truthOf(server)
		var results []batch.Result
		job := batch.Job{
			Rows: each(rows), Client: clientOver(server.Transport()), Pacer: unhurried(), Workers: 4, Retries: 1, Log: discard, Known: known,
			Record: func(r batch.Result) error { results = append(results, r); return nil },
		}
		if shared && mode != "compare" { // the contact may not be known until both rows were sent
			job.Workers = 1
		}
		ctx := context.Background()
		if mode == "compare" {
			reader := batch.Reader{Client: job.Client, Pacer: job.Pacer, Workers: 2, Log: discard, Dialect: known.Dialect}
			if _, err := reader.ReadCurrent(ctx, ctx, each(rows), known, func(int) {}); err != nil {
				t.Fatal(err)
			}
		}
		if err := batch.Run(ctx, ctx, job); err != nil || len(results) != len(rows) {
			t.Fatal(err, len(results))
		}
		slices.SortFunc(results, func(a, b batch.Result) int { return a.Row - b.Row })
		compareTruth(t, shared && d == sandbox.Observed, known.IgnoreUnstored, rows, results, before, truthOf(server))
	}
}

func drawRows(t *rapid.T) []csvmap.Row {
	var rows []csvmap.Row
	for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
		row := csvmap.Row{Number: i + 2, Line: i + 2, ID: rapid.SampledFrom([]string{idA, idB, idC}).Draw(t, "id")}
		for _, field := range crm.Fields {
			if values := truthValues[field]; values != nil && rapid.IntRange(0, 2).Draw(t, "named") == 0 {
				text := rapid.SampledFrom(values).Draw(t, field)
				row.Cells = append(row.Cells, csvmap.Cell{Field: field, Text: text, Number: field == "deal_value"})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// truthOf returns what a server holds, by opportunity and field.
func truthOf(server *sandbox.Server) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, id := range []string{idA, idB, idC} {
		o, _ := server.Opportunity(id)
		o.UpdatedAt = time.Time{}
		text, _ := json.Marshal(o)
		all[id] = map[string]string{
			"name": o.Name, "email": o.Email, "phone": o.Phone, "position": o.Position, "notes": o.Notes, "deal_value": string(o.DealValue),
			"responsible_user_id": o.ResponsibleUserID, "title": o.Title, "all": string(text),
		}
	}
	return all
}

// compareTruth checks the last row that has a value for a cell.
func compareTruth(t *rapid.T, shared, ignore bool, rows []csvmap.Row, results []batch.Result, before, after map[string]map[string]string) {
	for id, held := range after {
		for field, value := range held {
			if field == "all" || field == "title" {
				continue
			}
			said, isSure, isDone := before[id][field], true, true
			for i, row := range rows {
				if row.ID != id && (!shared || row.ID == idC || id == idC || !crm.IsContact(field)) {
					continue
				}
				for _, cell := range row.Cells {
					if cell.Field == field {
						said, isSure = saidOf(results[i], cell, ignore, said, isSure)
						isDone = isDone && (isSure || !shared) // otherwise it may be sent again after rows of another id
					}
				}
			}
			if isSure && isDone && value != said {
				t.Fatalf("%s %s: %q is stored, and the results say %q: %s", id, field, value, said, described(results))
			}
		}
		named := slices.ContainsFunc(rows, func(row csvmap.Row) bool {
			return row.ID == id && slices.ContainsFunc(row.Cells, func(c csvmap.Cell) bool { return c.Field == "name" })
		})
		if held["title"] != before[id]["title"] && !named {
			t.Fatalf("%s has another title: %q", id, held["title"])
		}
	}
}

// saidOf returns what the cell holds according to a result, and whether it is certain.
func saidOf(r batch.Result, cell csvmap.Cell, ignore bool, before string, wasSure bool) (string, bool) {
	isSent, isMissing := slices.Contains(r.Sent, cell.Field), slices.Contains(r.NotApplied, cell.Field)
	leftOut := ignore && strings.Contains(message(r), "left out") && cell.Field == "deal_value"
	switch {
	case isMissing && cell.Field == "name" && strings.Contains(message(r), "title: name"):
		return cell.Text, true // the contact has it
	case leftOut, isMissing, r.Attempts == 0 && (r.Status == batch.ValidationError || r.Status == batch.Empty):
		return before, wasSure
	case r.Status == batch.Success, r.Status == batch.Unchanged, r.Status == batch.NotApplied:
		return cell.Text, true
	case r.Status == batch.ServerError && isSent && strings.Contains(message(r), "read again"):
		return cell.Text, true
	case r.Status == batch.ServerError:
		return before, false // a part of it may be stored, and the message says so
	}
	return before, wasSure
}

func described(results []batch.Result) string {
	var all []string
	for _, r := range results {
		all = append(all, fmt.Sprintf("row %d %s %s sent %v not applied %v: %s", r.Row, r.ID[34:], r.Status, r.Sent, r.NotApplied, message(r)))
	}
	return strings.Join(all, "\n")
}
