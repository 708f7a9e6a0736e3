package bench

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"razebulk/batch/dialect"
	"razebulk/batch/pace"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/sandbox"
)

// nightly is a sheet of which few rows have changed since the previous night.
type nightly struct {
	rows   int
	server *sandbox.Server
	state  string
}

// BenchmarkRequests counts the requests of a nightly run of which one row in a hundred has changed, in both dialects
// of the API: the metric "requests" counts all of them, "reading" those that changed nothing. Times mean little here.
func BenchmarkRequests(b *testing.B) {
	for _, dialect := range []sandbox.Dialect{sandbox.Documented, sandbox.Observed} {
		for _, c := range []struct {
			name           string
			state, compare bool
		}{{"nothing", false, false}, {"state", true, false}, {"compare", false, true}, {"both", true, true}} {
			b.Run(fmt.Sprintf("rows=10000/%s/%s", dialect, c.name), func(b *testing.B) {
				for b.Loop() {
					n := newNightly(b, 10_000, dialect)
					if c.state {
						n.run(b, 0, true, false) // the previous night
					}
					first := len(n.server.Requests())
					n.run(b, 100, c.state, c.compare)
					n.report(b, first)
				}
			})
		}
	}
}

func newNightly(b *testing.B, rows int, dialect sandbox.Dialect) *nightly {
	n := &nightly{rows: rows, state: filepath.Join(b.TempDir(), "state")}
	var opportunities []sandbox.Opportunity
	for row := range n.sheet(0) {
		o := sandbox.Opportunity{ID: row.ID, CreatedAt: time.Unix(int64(row.Number), 0)}
		for _, cell := range row.Cells {
			switch cell.Field {
			case "name":
				o.Name = cell.Text
			case "company":
				o.Company = cell.Text
			case "position":
				o.Position = cell.Text
			case "responsible_user_id":
				o.ResponsibleUserID = cell.Text
			}
		}
		opportunities = append(opportunities, o)
	}
	n.server = sandbox.New(sandbox.Options{Opportunities: opportunities, Dialect: dialect, Limit: 1_000_000, Record: true})
	return n
}

// sheet has this many rows that differ from what the CRM holds.
func (n *nightly) sheet(changed int) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for i := range n.rows {
			name := "Renovação " + strconv.Itoa(i)
			if i*changed/n.rows != (i+1)*changed/n.rows {
				name += ", 2ª proposta"
			}
			row := csvmap.Row{Number: i + 2, Line: i + 2, ID: fmt.Sprintf("%08d-0000-4000-8000-000000000000", i), Cells: []csvmap.Cell{
				{Field: "name", Text: name}, {Field: "company", Text: "Padaria Estrela, Filial " + strconv.Itoa(i)},
				{Field: "position", Text: "Gerente"}, {Field: "responsible_user_id", Text: "5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d01"},
			}}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (n *nightly) run(b *testing.B, changed int, state, compare bool) {
	client, err := getraze.New(getraze.Options{BaseURL: "http://127.0.0.1", Key: sandbox.DefaultKey, Transport: n.server.Transport()})
	if err != nil {
		b.Fatal(err)
	}
	job := batch.Job{
		Rows: n.sheet(changed), Client: client, Pacer: pace.NewPacer(pace.Limits{}), Workers: 8,
		Log: slog.New(slog.DiscardHandler), Record: stored, Known: &batch.Known{Dialect: dialect.New(getraze.Dialect{}, nil)},
	}
	reader := batch.Reader{Client: client, Pacer: job.Pacer, Workers: 8, Log: job.Log, Dialect: job.Known.Dialect}
	if state {
		l, err := ledger.Open(n.state, ledger.Binding{BaseURL: "http://127.0.0.1", Key: sandbox.DefaultKey})
		if err != nil {
			b.Fatal(err)
		}
		defer l.Close()
		job.Known.Ledger = l
	}
	ctx := context.Background()
	if compare {
		if _, err := reader.ReadCurrent(ctx, ctx, n.sheet(changed), job.Known, func(int) {}); err != nil {
			b.Fatal(err)
		}
	}
	if err := reader.Detect(ctx, ctx, 1); err != nil {
		b.Fatal(err)
	}
	if err := batch.Run(ctx, ctx, job); err != nil {
		b.Fatal(err)
	}
}

func (n *nightly) report(b *testing.B, first int) {
	all, reading := 0, 0
	for _, r := range n.server.Requests()[first:] {
		all++
		if r.Method == "GET" {
			reading++
		}
	}
	b.ReportMetric(float64(all), "requests")
	b.ReportMetric(float64(reading), "reading")
}
