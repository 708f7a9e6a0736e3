package batch_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"razebulk/batch/pace"

	"go.uber.org/goleak"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
	"razebulk/internal/words"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // the runs leave much garbage and hold little
	goleak.VerifyTestMain(m)
}

// night is one run of a batch in virtual time, over a sandbox in the same process.
type night struct {
	rows        []csvmap.Row
	api         sandbox.Options
	transport   func(http.RoundTripper) http.RoundTripper // wraps the sandbox's own; nil if none
	pacer       func() *pace.Pacer
	workers     int
	retries     int
	maxFailures *pace.Share
	ctx         func() (context.Context, context.CancelFunc) // nil: never ends
	record      func(batch.Result) error                     // called after the harness has the result; nil if none
	known       *batch.Known
}

// outcome is the outcome of a night.
type outcome struct {
	results []batch.Result // in row order, not in order of arrival
	err     error
	elapsed time.Duration
	server  *sandbox.Server
}

var inDialects = sandboxtest.InDialects

var discard = slog.New(slog.DiscardHandler)

func (n *night) client() *getraze.Client { return clientOver(sandbox.New(n.api).Transport()) }

func clientOver(transport http.RoundTripper) *getraze.Client {
	client, err := getraze.New(getraze.Options{
		BaseURL: "http://127.0.0.1", Key: sandbox.DefaultKey, Timeout: 30 * time.Second, Transport: transport,
	})
	if err != nil {
		panic(err)
	}
	return client
}

// run must be called from inside a synctest bubble.
func (n night) run() outcome {
	server := sandbox.New(n.api)
	transport := server.Transport()
	if n.transport != nil {
		transport = n.transport(transport)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if n.ctx != nil {
		ctx, cancel = n.ctx()
	}
	defer cancel()
	o := outcome{server: server}
	began := time.Now()
	o.err = batch.Run(ctx, context.Background(), batch.Job{
		Rows: each(n.rows), Client: clientOver(transport), Pacer: n.pacer(), Workers: n.workers, Retries: n.retries, MaxFailures: n.maxFailures,
		Log: discard, Known: n.known,
		Record: func(r batch.Result) error {
			o.results = append(o.results, r)
			if n.record != nil {
				return n.record(r)
			}
			return nil
		},
	})
	o.elapsed = time.Since(began)
	slices.SortFunc(o.results, func(a, b batch.Result) int { return a.Row - b.Row })
	return o
}

// message returns what the results file says about a row.
func message(r batch.Result) string { return inWords(r.Reasons...) }

func inWords(reasons ...reason.Reason) string {
	return reason.Reasons(reasons).Worded(words.For(nil).Text)
}

// readerOver returns a reader with four workers, for a service that is always up.
func readerOver(transport http.RoundTripper) batch.Reader {
	return batch.Reader{Client: clientOver(transport), Pacer: unhurried(), Workers: 4, Log: discard}
}

func unhurried() *pace.Pacer { return pace.NewPacer(pace.Limits{}) }

func each(rows []csvmap.Row) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// sendable returns a row that changes the notes of an opportunity.
func sendable(number int, id string) csvmap.Row {
	return csvmap.Row{
		Number: number, Line: number, ID: id,
		Cells: []csvmap.Cell{{Field: "notes", Text: fmt.Sprintf("from row %d", number)}},
	}
}

// uuidOf returns the UUID for the short name of an opportunity.
func uuidOf(name string) string {
	return "00000000-0000-4000-8000-" + strings.Repeat("0", 12-2*len(name)) + hex.EncodeToString([]byte(name))
}

// rowsNamed returns rows for the opportunities with these names.
func rowsNamed(names ...string) []csvmap.Row {
	ids := make([]string, len(names))
	for i, name := range names {
		ids[i] = uuidOf(name)
	}
	return rowsOf(ids...)
}

func rowsOf(ids ...string) []csvmap.Row {
	rows := make([]csvmap.Row, len(ids))
	for i, id := range ids {
		rows[i] = sendable(i+2, id)
	}
	return rows
}

// opportunities returns what a sandbox must hold for these rows.
func opportunities(rows []csvmap.Row) []sandbox.Opportunity {
	byID := map[string]sandbox.Opportunity{}
	for _, row := range rows {
		byID[row.ID] = sandbox.Opportunity{ID: row.ID, Name: "Deal " + row.ID, Status: "new"}
	}
	held := make([]sandbox.Opportunity, 0, len(byID))
	for _, o := range byID {
		held = append(held, o)
	}
	return held
}

// statuses returns the statuses in row order, joined for comparison.
func (o outcome) statuses() string {
	var words []string
	for _, r := range o.results {
		words = append(words, string(r.Status))
	}
	return strings.Join(words, " ")
}

// watch is a transport that records which ids are in flight, and the order in which the rows of each id were sent.
type watch struct {
	next http.RoundTripper

	mu       sync.Mutex
	inFlight map[string]int
	order    []string // the path and body of each request
	clash    string   // the path of two requests that were in flight together
}

func (w *watch) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := r.GetBody()
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	w.begin(r.URL.Path, string(text))
	defer w.end(r.URL.Path)
	return w.next.RoundTrip(r)
}

func (w *watch) begin(path, body string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inFlight[path]++
	if w.inFlight[path] > 1 {
		w.clash = path
	}
	w.order = append(w.order, path+" "+body)
}

func (w *watch) end(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inFlight[path]--
}
