package bench

import (
	"context"
	"fmt"
	"iter"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
	"razebulk/internal/words"
	"razebulk/report"
)

// stageRows is how many rows the benchmarks of single steps have per round.
const stageRows = 10_000

// BenchmarkPlan plans each row and writes its lines, as a dry run does; the sheet was read before.
func BenchmarkPlan(b *testing.B) {
	b.Run("rows=10000", func(b *testing.B) {
		reading := inspect(b, export(stageRows), unchecked)
		b.ReportAllocs()
		for b.Loop() {
			plan, err := report.CreatePlan(filepath.Join(b.TempDir(), "deals.plan.csv"), report.Dialect{}, inWords, nil)
			check(b, err)
			for row, err := range rowsOf(b, reading) {
				check(b, err)
				of := batch.PlanRow(row)
				check(b, plan.Add(of, of))
			}
			check(b, plan.Commit(b.Context()))
		}
		perSecond(b, stageRows)
	})
}

func inWords(r reason.Reason) string { return words.For(nil).Text(r.Code, r.Params) }

func check(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkPut makes one update after the other over one connection on this machine, and reads and decodes each
// answer.
func BenchmarkPut(b *testing.B) {
	b.Run("rows=10000", func(b *testing.B) {
		server := httptest.NewServer(sandbox.New(sandbox.Options{Limit: 1 << 30, Opportunities: deals()}))
		defer server.Close()
		client, err := getraze.New(getraze.Options{BaseURL: server.URL, Key: sandbox.DefaultKey, Timeout: time.Minute, Connections: 1})
		check(b, err)
		defer client.CloseIdleConnections()
		b.ReportAllocs()
		for b.Loop() {
			_, err := client.Update(context.Background(), "id-1", sent, getraze.Dialect{})
			check(b, err)
		}
	})
}

var sent = []getraze.Field{
	{Name: "name", Text: "Renovação 1"}, {Name: "email", Text: "ana1@example.com"}, {Name: "company", Text: "Padaria Estrela, Filial 1"},
	{Name: "deal_value", Text: "12500.50", Number: true}, {Name: "deal_currency", Text: "BRL"}, {Name: "notes", Text: "ligar na segunda"},
}

// BenchmarkVerify compares what was sent with an answer that has it.
func BenchmarkVerify(b *testing.B) {
	b.Run("rows=10000", func(b *testing.B) {
		answer := getraze.Answer{Opportunity: getraze.Opportunity{"id": []byte(`"id-1"`)}.With(sent)}
		b.ReportAllocs()
		for b.Loop() {
			if differ, silent := answer.Verify(sent); len(differ)+len(silent) > 0 {
				b.Fatal(differ, silent)
			}
		}
	})
}

// BenchmarkRecord writes results to a journal, alone and as many at once as 32 workers can have at most.
func BenchmarkRecord(b *testing.B) {
	for _, together := range []int{1, 32} {
		b.Run(fmt.Sprintf("rows=10000/together=%d", together), func(b *testing.B) {
			journal, err := report.CreateJournal(filepath.Join(b.TempDir(), "deals.results.csv"), report.Dialect{}, inWords)
			check(b, err)
			b.ReportAllocs()
			for b.Loop() {
				for n := range stageRows {
					journal.Add(batch.Result{Row: n + 2, Line: n + 2, ID: "id-1", Status: batch.Success, Sent: []string{"name", "notes"}, FinishedAt: time.Now()})
					if n%together == together-1 {
						check(b, journal.Flush())
					}
				}
			}
			check(b, journal.Flush())
			check(b, journal.Close())
			perSecond(b, stageRows)
		})
	}
}

// BenchmarkSort puts a journal in the order of the sheet.
func BenchmarkSort(b *testing.B) {
	for _, rows := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			results := filepath.Join(b.TempDir(), "deals.results.csv")
			journal, err := report.CreateJournal(results, report.Dialect{}, inWords)
			check(b, err)
			for n := range rows {
				journal.Add(batch.Result{Row: (n ^ 5) + 2, Line: n + 2, ID: "id-1", Status: batch.Success, FinishedAt: time.Now()})
			}
			check(b, journal.Flush())
			check(b, journal.Close())
			b.ReportAllocs()
			for b.Loop() {
				_, err := report.Finish(b.Context(), results, report.Dialect{}, true)
				check(b, err)
			}
			perSecond(b, rows)
		})
	}
}

// BenchmarkCompare reads a whole list and compares each row with it.
func BenchmarkCompare(b *testing.B) {
	b.Run("rows=10000", func(b *testing.B) {
		n := newNightly(b, stageRows, sandbox.Documented)
		b.ReportAllocs()
		for b.Loop() {
			n.run(b, 0, false, true)
		}
		perSecond(b, stageRows)
	})
}

// BenchmarkState records what was stored, and asks for it again, field by field.
func BenchmarkState(b *testing.B) {
	b.Run("rows=10000", func(b *testing.B) {
		l, err := ledger.Open(filepath.Join(b.TempDir(), "state"), ledger.Binding{BaseURL: "http://127.0.0.1", Key: sandbox.DefaultKey})
		check(b, err)
		rows := rowsOfNight(stageRows)
		b.ReportAllocs()
		for b.Loop() {
			for row, err := range rows {
				check(b, err)
				for _, cell := range row.Cells {
					check(b, l.Note(row.ID, ledger.Noted{Field: cell.Field, Value: ledger.Value{Kind: ledger.Text, Text: cell.Text}, Verified: true}))
				}
			}
			for row := range rows {
				for _, cell := range row.Cells {
					if !l.Holds(row.ID, cell.Field, ledger.Value{Kind: ledger.Text, Text: cell.Text}) {
						b.Fatal(row.ID)
					}
				}
			}
		}
		check(b, l.Close())
		perSecond(b, stageRows)
	})
}

func rowsOfNight(rows int) iter.Seq2[csvmap.Row, error] { return (&nightly{rows: rows}).sheet(0) }
