package batch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch/pace"

	"pgregory.net/rapid"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
)

// history is a sheet and a CRM over many nights: people edit either, runs are disturbed and killed.
type history struct {
	t        *rapid.T
	dir      string
	shared   bool // both opportunities have the same contact
	observed bool // opportunities have contacts
	server   *sandbox.Server
	wire     *wire
	ids      []string
	fields   []string

	sheet    map[string]map[string]string // id to field to the sheet's value
	noted    map[string]map[string]bool   // the values of each cell that the ledger may consider stored
	certain  map[string]bool              // cells whose stored value the ledger certainly knows
	answered map[string]bool              // opportunities whose contact it knows from an answer
	state    string                       // the ledger's file
	runs     int
}

// historyIDs have the form that the observed deployment requires.
var historyIDs = []string{
	"00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b",
}

// wire is the connection to the sandbox. It loses requests and answers, and the process may be killed while using it.
type wire struct {
	inner  http.RoundTripper
	lose   func() (request, answer bool)
	killed func() bool
}

var errLost = errors.New("connection reset")

func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	lostRequest, lostAnswer := w.lose()
	if lostRequest || w.killed() {
		if request.Body != nil {
			_ = request.Body.Close()
		}
		return nil, errLost
	}
	response, err := w.inner.RoundTrip(request)
	if err != nil || !lostAnswer && !w.killed() {
		return response, err
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	return nil, errLost
}

func TestHistoriesWithALedger(t *testing.T) {
	for _, dialect := range sandboxtest.Dialects(t) {
		t.Run(string(dialect), func(t *testing.T) { checkHistories(t, dialect, false) })
	}
}

func TestHistoriesWithCompare(t *testing.T) {
	for _, dialect := range sandboxtest.Dialects(t) {
		t.Run(string(dialect), func(t *testing.T) { checkHistories(t, dialect, true) })
	}
}

func checkHistories(t *testing.T, dialect sandbox.Dialect, compare bool) {
	folder := t.TempDir()
	n := 0
	synctest.Test(t, func(t *testing.T) {
		rapid.Check(struct{ testing.TB }{t}, func(t *rapid.T) { // a bubble has no Deadline
			n++
			h := newHistory(t, filepath.Join(folder, fmt.Sprint(n)), dialect)
			for range rapid.IntRange(1, 6).Draw(t, "nights") {
				h.people()
				h.night(compare)
			}
			h.people()
			h.quietNight(compare)
		})
	})
}

func newHistory(t *rapid.T, dir string, dialect sandbox.Dialect) *history {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	h := &history{t: t, dir: dir, ids: historyIDs, fields: []string{"name", "notes", "position"}, observed: dialect == sandbox.Observed,
		sheet: map[string]map[string]string{}, noted: map[string]map[string]bool{}, certain: map[string]bool{}, answered: map[string]bool{}, state: filepath.Join(dir, "state.0")}
	var rows []csvmap.Row
	for _, id := range h.ids {
		rows = append(rows, csvmap.Row{ID: id})
		h.sheet[id] = map[string]string{}
	}
	held := opportunities(rows)
	if h.shared = dialect == sandbox.Observed && rapid.Bool().Draw(t, "shared"); h.shared {
		for i := range held {
			held[i].ContactID = "shared"
		}
	}
	for i := range held {
		held[i].Title, held[i].CreatedAt = "Title "+held[i].ID, time.Unix(int64(i), 0)
	}
	h.server = sandbox.New(sandbox.Options{Opportunities: held, Dialect: dialect, Limit: 1_000_000, Record: true})
	h.wire = &wire{inner: h.server.Transport(), lose: func() (bool, bool) { return false, false }, killed: func() bool { return false }}
	return h
}

// people edit cells of the sheet and of the CRM.
func (h *history) people() {
	for range rapid.IntRange(0, 4).Draw(h.t, "edits") {
		id, field := rapid.SampledFrom(h.ids).Draw(h.t, "id"), rapid.SampledFrom(h.fields).Draw(h.t, "field")
		value := rapid.SampledFrom([]string{"x@example.com", "y@example.com"}).Draw(h.t, "value")
		if rapid.IntRange(0, 3).Draw(h.t, "in the sheet") > 0 {
			h.sheet[id][field] = value
			continue
		}
		h.edit(id, field, value)
	}
}

// edit is a change in the CRM by somebody else.
func (h *history) edit(id, field, value string) {
	client := clientOver(h.server.Transport())
	dialect := getraze.Dialect{}
	if _, observed := h.server.Stored(id); observed {
		dialect, _ = getraze.NewDialect("observed", true)
	}
	if _, err := client.Update(context.Background(), id, []getraze.Field{{Name: field, Text: value}}, dialect); err != nil {
		h.t.Fatal(err)
	}
}

func (h *history) rows() []csvmap.Row {
	var rows []csvmap.Row
	for i, id := range h.ids {
		row := csvmap.Row{Number: i + 2, Line: i + 2, ID: id}
		for _, field := range h.fields {
			if value := h.sheet[id][field]; value != "" {
				row.Cells = append(row.Cells, csvmap.Cell{Field: field, Text: value})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// night is a run over a bad connection, which may be killed.
func (h *history) night(compare bool) {
	killAt := rapid.IntRange(0, 6).Draw(h.t, "killed at")
	draws := rand.New(rand.NewPCG(rapid.Uint64().Draw(h.t, "faults"), 0))
	var mu sync.Mutex // workers of the run call this
	count, copied := 0, ""
	h.wire.lose = func() (bool, bool) {
		mu.Lock()
		defer mu.Unlock()
		count++
		draw := draws.IntN(10)
		return draw == 0, draw == 1
	}
	h.wire.killed = func() bool {
		mu.Lock()
		defer mu.Unlock()
		// Only what is on the disk at this moment survives the run.
		if copied == "" && killAt > 0 && count >= killAt {
			h.runs++
			copied = filepath.Join(h.dir, fmt.Sprintf("state.%d", h.runs))
			h.copyState(copied)
		}
		return copied != ""
	}
	h.run(compare)
	if copied != "" {
		// What was known in the last second may be lost.
		h.state, h.certain, h.answered = copied, map[string]bool{}, map[string]bool{}
	}
	h.wire.lose = func() (bool, bool) { return false, false }
	h.wire.killed = func() bool { return false }
}

func (h *history) copyState(to string) {
	content, err := os.ReadFile(h.state)
	if err == nil {
		err = os.WriteFile(to, content, 0o600)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// quietNight is a run without faults. After it the CRM must agree with the sheet, as far as the run could know.
func (h *history) quietNight(compare bool) {
	before, noted, rest := h.crm(), maps.Clone(h.noted), h.rest()
	results, sent := h.run(compare)
	after := h.crm()
	h.checkRest(rest, sent)
	for _, r := range results {
		if r.Status.NeedsAttention() {
			h.t.Fatalf("row %d: %s %s", r.Row, r.Status, message(r))
		}
	}
	for _, id := range h.ids {
		for _, field := range h.fields {
			cell := h.cell(id, field)
			want, named := h.last(id, field)
			switch {
			case !named && after[cell] != before[cell]:
				h.t.Fatalf("%s isn't in the sheet, and became %q", cell, after[cell])
			case named && compare && after[cell] != want, named && !noted[cell][want] && after[cell] != want:
				h.t.Fatalf("%s is %q in the sheet and %q in the CRM", cell, want, after[cell])
			case compare && !h.clashes() && before[cell] == want && slices.Contains(sent, id+" "+field):
				h.t.Fatalf("%s was sent, though the CRM held it", cell)
			}
		}
	}
	if _, again := h.run(compare); len(again) > 0 && !h.clashes() {
		h.t.Fatalf("sent again, though nothing has changed: %q", again)
	}
}

// cell returns the key under which a field of an opportunity is stored: a shared contact has one for all.
func (h *history) cell(id, field string) string {
	if h.shared && field != "notes" {
		return "contact " + field
	}
	return id + " " + field
}

// last returns the value in the last row that gives the cell a value.
func (h *history) last(id, field string) (want string, named bool) {
	for _, other := range h.ids {
		if value, says := h.sheet[other][field]; says && h.cell(other, field) == h.cell(id, field) {
			want, named = value, true
		}
	}
	return want, named
}

// clashes reports whether rows want different values for one cell.
func (h *history) clashes() bool {
	for _, id := range h.ids {
		for field, value := range h.sheet[id] {
			if last, _ := h.last(id, field); last != value {
				return true
			}
		}
	}
	return false
}

func (h *history) crm() map[string]string {
	held := map[string]string{}
	for _, id := range h.ids {
		o, _ := h.server.Opportunity(id)
		for field, value := range map[string]string{"name": o.Name, "notes": o.Notes, "position": o.Position} {
			held[h.cell(id, field)] = value
		}
	}
	return held
}

// rest returns everything in the CRM that no cell of the sheet sets.
func (h *history) rest() map[string]sandbox.Opportunity {
	rest := map[string]sandbox.Opportunity{}
	for _, id := range h.ids {
		o, _ := h.server.Opportunity(id)
		o.Name, o.Notes, o.Position, o.UpdatedAt = "", "", "", time.Time{}
		rest[id] = o
	}
	return rest
}

// checkRest allows no change except that of a title, if the name was sent.
func (h *history) checkRest(before map[string]sandbox.Opportunity, sent []string) {
	for id, after := range h.rest() {
		was := before[id]
		if slices.Contains(sent, id+" name") && after.Title == h.sheet[id]["name"] {
			was.Title = after.Title
		}
		if after != was {
			h.t.Fatalf("%s: %+v became %+v", id, was, after)
		}
	}
}

// run sends the sheet, and returns the results and the cells that were sent.
func (h *history) run(compare bool) (results []batch.Result, sent []string) {
	l, err := ledger.Open(h.state, ledger.Binding{BaseURL: "here", Key: "key"})
	if err != nil {
		h.t.Fatal(err)
	}
	known := &batch.Known{Ledger: l}
	if compare {
		known.Ledger = nil
	}
	job := batch.Job{
		Client: clientOver(h.wire), Pacer: pace.NewPacer(pace.Limits{Deadline: time.Now().Add(time.Minute)}), Workers: 2, Retries: 2, Log: discard,
	}
	if h.shared && !compare { // the contact may not be known until both rows were sent
		job.Workers = 1
	}
	background := context.Background()
	ok := true
	if compare {
		reader := batch.Reader{Client: job.Client, Pacer: job.Pacer, Workers: 2, Retries: 2, Log: discard}
		_, err := reader.ReadCurrent(background, background, each(h.rows()), known, func(int) {})
		ok = err == nil
	}
	first := len(h.server.Requests())
	if ok {
		job.Rows, job.Known = each(h.rows()), known
		job.Record = func(r batch.Result) error {
			results = append(results, r)
			return nil
		}
		_ = batch.Run(background, background, job)
	}
	if err := l.Close(); err != nil {
		h.t.Fatal(err)
	}
	for _, r := range h.server.Requests()[first:] {
		for _, field := range h.fields {
			if r.Method == http.MethodPut && (strings.Contains(string(r.Body), `"`+field+`"`) ||
				field == "position" && strings.Contains(string(r.Body), `"title"`)) {
				sent = append(sent, r.ID+" "+field)
				if !compare && !h.clashes() && h.certain[r.ID+" "+field] && h.noted[h.cell(r.ID, field)][h.sheet[r.ID][field]] {
					h.t.Fatalf("%s %s was sent, and nobody has changed it in the sheet", r.ID, field)
				}
			}
		}
	}
	h.note(results, sent)
	return results, sent
}

// note records what the ledger may know after a run. It no longer knows an earlier value of a cell that was sent,
// whatever happened to the process; it certainly knows the sent value only if the row was stored.
func (h *history) note(results []batch.Result, sent []string) {
	stored := map[string]bool{}
	for _, r := range results {
		stored[r.ID] = !r.Status.NeedsAttention()
		h.answered[r.ID] = h.answered[r.ID] || stored[r.ID] && len(r.Sent) > 0
	}
	for _, id := range h.ids {
		for _, field := range h.fields {
			own, cell := id+" "+field, h.cell(id, field)
			value, named := h.sheet[id][field]
			switch {
			case h.shared && !named:
			case stored[id] || slices.Contains(sent, own):
				h.noted[cell], h.certain[own] = map[string]bool{value: true}, stored[id]
			default:
				h.certain[own] = false
			}
		}
	}
	for _, r := range results {
		if !stored[r.ID] {
			h.doubt(r.ID, r.Sent)
		}
	}
}

// doubt records what a failed row may have changed. If its contact is not known, that may be any contact.
func (h *history) doubt(id string, fields []string) {
	for _, field := range fields {
		anyContact := h.observed && field != "notes" && !h.answered[id]
		for _, other := range h.ids {
			if anyContact || h.cell(other, field) == h.cell(id, field) {
				h.certain[other+" "+field] = false
			}
		}
	}
}
