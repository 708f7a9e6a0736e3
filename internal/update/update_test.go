package update_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// service is an API that lets a test look at each request before it is answered.
type service struct {
	*sandbox.Server
	url  string
	each func(*http.Request)
}

var inDialects = sandboxtest.InDialects

// uuidOf returns the id of the opportunity that a test names by a letter.
func uuidOf(letter string) string { return "00000000-0000-4000-8000-00000000000" + letter }

var letterAsID = regexp.MustCompile(`(?m)^[a-f],`)

// withIDs returns the sheet with ids instead of letters.
func withIDs(sheet string) string {
	return letterAsID.ReplaceAllStringFunc(sheet, func(cell string) string { return uuidOf(cell[:1]) + "," })
}

// newService returns a service with the opportunities that these letters name.
func newService(t *testing.T, dialect sandbox.Dialect, letters ...string) *service {
	t.Helper()
	held := make([]sandbox.Opportunity, len(letters))
	for i, letter := range letters {
		held[i] = sandbox.Opportunity{ID: uuidOf(letter), Name: "Deal " + letter, Status: "new"}
	}
	s := &service{Server: sandbox.New(sandbox.Options{Dialect: dialect, Record: true, Opportunities: held}), each: func(*http.Request) {}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.each(r)
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// recorder is a handler that keeps the events.
type recorder struct{ events []event.Event }

func (r *recorder) handle(e event.Event) { r.events = append(r.events, e) }

// kinds returns the types of the events except progress, without consecutive repeats.
func (r *recorder) kinds() []string {
	var kinds []string
	for _, e := range r.events {
		if _, isProgress := e.(event.Progress); !isProgress {
			kinds = append(kinds, strings.TrimPrefix(fmt.Sprintf("%T", e), "event."))
		}
	}
	return slices.Compact(kinds)
}

func optionsOf(t *testing.T, s *service, file string, r *recorder) update.Options {
	t.Helper()
	o := engineOptions(t, s, file)
	o.Handle = r.handle
	return o
}

func engineOptions(t interface{ Fatal(args ...any) }, s *service, file string) update.Options {
	paths, err := update.PathsFor(file, "", "")
	if err != nil {
		t.Fatal(err)
	}
	texts := words.For(nil)
	return update.Options{
		File: file, Paths: paths, Address: s.url, MaxFailures: pace.Share{Percent: 50},
		Requests: run.Options{API: getraze.Options{BaseURL: s.url, Key: sandbox.DefaultKey, Timeout: time.Minute}, Workers: 1, Retries: 1},
		Words:    func(r reason.Reason) string { return texts.Text(r.Code, r.Params) },
	}
}

func sheetOf(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// column returns a column of a results file.
func column(t *testing.T, path, name string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], name)
	var cells []string
	for _, row := range rows[1:] {
		cells = append(cells, row[at])
	}
	return cells
}

var fourRows = withIDs("id,notes\na,x\nb,x\nc/d,x\ne,x\n")

func TestARunFromTheSheetToItsResults(t *testing.T) { inDialects(t, aRunFromTheSheetToItsResults) }

func aRunFromTheSheetToItsResults(t *testing.T, dialect sandbox.Dialect) {
	s := newService(t, dialect, "a", "b")
	var r recorder
	o := optionsOf(t, s, sheetOf(t, fourRows), &r)
	prepared, err := update.Prepare(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer prepared.Close()
	if survey := prepared.Survey(); survey.Requests != 3 || survey.Invalid != 1 || len(s.Requests()) != 0 {
		t.Errorf("planned %d requests and %d invalid rows, after %d requests", survey.Requests, survey.Invalid, len(s.Requests()))
	}
	summary, err := prepared.Send(t.Context())
	if !errors.Is(err, update.ErrFailedRows) || summary.Counts.Failed != 2 || summary.Resumable {
		t.Errorf("got %+v, %v", summary, err)
	}
	want := []string{"SUCCESS", "SUCCESS", "VALIDATION_ERROR", "NOT_FOUND"}
	if diff := cmp.Diff(want, column(t, o.Paths.Results, "status")); diff != "" {
		t.Error(diff)
	}
	if reasons := column(t, o.Paths.Results, "reason"); reasons[0] != "" || reasons[2] == "" || reasons[3] == "" {
		t.Errorf("reasons %q", reasons)
	}
	if diff := cmp.Diff([]string{"Opened", "SheetRead", "Planned", "Began", "DialectDetected", "RowDone", "Finished", "FailedWritten"}, r.kinds()); diff != "" {
		t.Error(diff)
	}
}

var errStop = errors.New("stop")

// TestAnInterruptedRunIsResumed stops a run while its second row is in flight, and resumes it.
func TestAnInterruptedRunIsResumed(t *testing.T) { inDialects(t, anInterruptedRunIsResumed) }

func anInterruptedRunIsResumed(t *testing.T, dialect sandbox.Dialect) {
	s := newService(t, dialect, "a", "b", "c", "d")
	var first, second recorder
	o := optionsOf(t, s, sheetOf(t, withIDs("id,notes\na,x\nb,x\nc,x\nd,x\n")), &first)
	o.ID = "first"
	ctx, stop := context.WithCancelCause(t.Context())
	s.each = func(r *http.Request) {
		if strings.HasSuffix(r.URL.Path, uuidOf("b")) {
			stop(errStop)
		}
	}
	prepared, err := update.Prepare(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	summary, err := prepared.Send(ctx)
	var stopped *update.StoppedError
	if !errors.As(err, &stopped) || !errors.Is(err, errStop) || !summary.Resumable || summary.Counts.Done != 2 {
		t.Errorf("got %+v, %v", summary, err)
	}
	if err := prepared.Close(); err != nil {
		t.Error(err)
	}
	s.each = func(*http.Request) {}

	o.Handle = second.handle
	var unfinished *update.UnfinishedError
	if _, err := update.Prepare(t.Context(), o); !errors.As(err, &unfinished) || unfinished.Done != 2 || unfinished.Rows != 4 {
		t.Errorf("without a word of what is to become of it: %v", err)
	}
	o.Resume, o.ID = true, "second"
	if prepared, err = update.Prepare(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	defer prepared.Close()
	if summary, err = prepared.Send(t.Context()); err != nil || summary.Counts.ByStatus[batch.Success] != 4 {
		t.Errorf("got %+v, %v", summary, err)
	}
	if n := len(s.Requests()); n != 4 {
		t.Errorf("%d requests for 4 rows", n)
	}
	if diff := cmp.Diff([]string{"Opened", "SheetRead", "Spent", "Opened", "SheetRead", "Resumed", "Planned", "Began", "RowDone", "Finished"}, second.kinds()); diff != "" {
		t.Error(diff)
	}
	if got := column(t, o.Paths.Results, "id"); !slices.Equal(got, []string{uuidOf("a"), uuidOf("b"), uuidOf("c"), uuidOf("d")}) {
		t.Errorf("results of %v", got)
	}
	began, resumed := eventOf[event.Began](&second), eventOf[event.Resumed](&second)
	if began.ID != "first" || !began.Began.Equal(eventOf[event.Began](&first).Began) {
		t.Errorf("it is not the run that it resumes: %+v", began)
	}
	if resumed.Done != 2 || resumed.ByStatus[batch.Success] != 2 || resumed.Requests != 2 || len(resumed.ByReason) != 0 {
		t.Errorf("resumes %+v", resumed)
	}
}

// eventOf returns the first event of its type, or the zero value if there is none.
func eventOf[E event.Event](r *recorder) (found E) {
	for _, e := range r.events {
		if is, ok := e.(E); ok {
			return is
		}
	}
	return found
}

func TestADryRunSendsNothingAndLeavesAPlan(t *testing.T) {
	inDialects(t, aDryRunSendsNothingAndLeavesAPlan)
}

func aDryRunSendsNothingAndLeavesAPlan(t *testing.T, dialect sandbox.Dialect) {
	s := newService(t, dialect, "a", "b")
	var r recorder
	o := optionsOf(t, s, sheetOf(t, fourRows), &r)
	o.DryRun, o.Compare, o.Sheet.UpdatedAt = true, true, true
	prepared, err := update.Prepare(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer prepared.Close()
	if err := prepared.WritePlan(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := column(t, o.Paths.Plan, "status"); !slices.Equal(got, []string{"PLANNED", "PLANNED", "VALIDATION_ERROR", "NOT_FOUND"}) {
		t.Errorf("planned %v", got)
	}
	for _, request := range s.Requests() {
		if request.Method != http.MethodGet {
			t.Errorf("sent %s", request.Method)
		}
	}
	if diff := cmp.Diff([]string{"Opened", "SheetRead", "DialectDetected", "Compared", "Planned", "RowPlanned", "PlanWritten"}, r.kinds()); diff != "" {
		t.Error(diff)
	}
}
