package bench

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"razebulk/batch/pace"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
	"razebulk/internal/words"
)

const (
	quotaRows   = 1000
	quotaLimit  = 200
	quotaWindow = 3 * time.Second
)

// BenchmarkQuota sends 1,000 rows with a quota of 200 requests in 3 seconds, in real time. It measures how much
// longer this takes than the windows it must wait for (makespan/optimum), and how many requests are refused. One
// round takes about twelve seconds.
func BenchmarkQuota(b *testing.B) {
	var took, best time.Duration
	refused := 0
	for b.Loop() {
		server := sandbox.New(sandbox.Options{Limit: quotaLimit, Window: quotaWindow, Opportunities: deals(), Record: true})
		began := time.Now()
		sendWithin(b, server)
		took += time.Since(began)
		best += fewestWindows(began)
		for _, r := range server.Requests() {
			if r.Status == http.StatusTooManyRequests {
				refused++
			}
		}
	}
	b.ReportMetric(float64(took)/float64(best), "makespan/optimum")
	b.ReportMetric(float64(refused)/float64(b.N), "refused/op")
}

// fewestWindows returns the time from an instant to the beginning of the last window that the rows need.
func fewestWindows(began time.Time) time.Duration {
	windows := (quotaRows + quotaLimit - 1) / quotaLimit
	return began.Truncate(quotaWindow).Add(time.Duration(windows-1) * quotaWindow).Sub(began)
}

func deals() []sandbox.Opportunity {
	held := make([]sandbox.Opportunity, quotaRows)
	for i := range held {
		held[i] = sandbox.Opportunity{ID: fmt.Sprintf("id-%d", i), Name: "Deal", Status: "new"}
	}
	return held
}

func sendWithin(b *testing.B, api http.Handler) {
	server := httptest.NewServer(api)
	defer server.Close()
	client, err := getraze.New(getraze.Options{BaseURL: server.URL, Key: sandbox.DefaultKey, Timeout: time.Minute, Connections: 8})
	if err != nil {
		b.Fatal(err)
	}
	defer client.CloseIdleConnections()
	err = batch.Run(context.Background(), context.Background(), batch.Job{
		Rows: notes, Client: client, Pacer: pace.NewPacer(pace.Limits{}), Workers: 8, Retries: 4,
		Log: slog.New(slog.DiscardHandler), Record: stored,
	})
	if err != nil {
		b.Fatal(err)
	}
}

func notes(yield func(csvmap.Row, error) bool) {
	for i := range quotaRows {
		row := csvmap.Row{Number: i + 2, ID: fmt.Sprintf("id-%d", i), Cells: []csvmap.Cell{{Field: "notes", Text: "x"}}}
		if !yield(row, nil) {
			return
		}
	}
}

func stored(r batch.Result) error {
	if r.Status.NeedsAttention() {
		return fmt.Errorf("row %d: %s %s", r.Row, r.Status, reason.Reasons(r.Reasons).Worded(words.For(nil).Text))
	}
	return nil
}
