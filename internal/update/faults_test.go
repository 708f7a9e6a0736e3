package update_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/sandbox"
	"razebulk/internal/update"
)

const (
	idA = "0f8fad5b-d9cb-469f-a165-70867728950e"
	idB = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
)

// badService is a CRM behind something that may answer instead. It has the opportunities A and B.
type badService struct {
	service
	puts atomic.Int64
	// put handles the n-th PUT or PATCH and returns whether it has answered; otherwise the CRM does.
	put func(n int, w http.ResponseWriter, r *http.Request) bool
}

func newBadService(t *testing.T, o sandbox.Options) *badService {
	t.Helper()
	o.Record = true
	created := time.Now().Add(-time.Hour)
	for _, id := range []string{idA, idB} {
		o.Opportunities = append(o.Opportunities, sandbox.Opportunity{ID: id, Name: "Old", Status: "new", CreatedAt: created, UpdatedAt: created})
	}
	s := &badService{service: service{Server: sandbox.New(o)}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			if n := s.puts.Add(1); s.put != nil && s.put(int(n), w, r) {
				return
			}
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// options returns the options of a run that compares, without retries.
func (s *badService) options(t *testing.T, file string, r *recorder) update.Options {
	t.Helper()
	o := optionsOf(t, &s.service, file, r)
	o.Compare, o.MaxFailures, o.Requests.Retries = true, pace.Share{Count: 100}, 0
	return o
}

func (s *badService) name(id string) string {
	o, _ := s.Opportunity(id)
	return o.Name
}

// edit makes a change as somebody else.
func (s *badService) edit(t *testing.T, id, name string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPut, "/opportunities/"+id, strings.NewReader(fmt.Sprintf(`{"name":%q}`, name)))
	r.Header.Set("X-API-Key", sandbox.DefaultKey)
	r.Header.Set("Content-Type", "application/json")
	s.ServeHTTP(httptest.NewRecorder(), r)
	if s.name(id) != name {
		t.Fatalf("%s holds %q", id, s.name(id))
	}
}

// send runs an update to its end.
func send(t *testing.T, ctx context.Context, o update.Options) (update.Summary, error) {
	t.Helper()
	r, err := update.Prepare(context.WithoutCancel(ctx), o)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	return r.Send(ctx)
}

func refuse(w http.ResponseWriter) {
	w.WriteHeader(http.StatusBadRequest)
	_, _ = io.WriteString(w, `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"No"}}`)
}

// cut ends the connection without an answer.
func cut() { panic(http.ErrAbortHandler) }

// TestUndoAfterRefusalsAndLosses changes an opportunity several times; some changes are refused, lost, or stored too
// late. The undo restores it and takes none of them for somebody else's change.
func TestUndoAfterRefusalsAndLosses(t *testing.T) {
	t.Parallel()
	inDialects(t, undoAfterRefusalsAndLosses)
}

func undoAfterRefusalsAndLosses(t *testing.T, dialect sandbox.Dialect) {
	for name, put := range map[string]func(s *badService) func(n int, w http.ResponseWriter, r *http.Request) bool{
		"the later one refused": func(*badService) func(int, http.ResponseWriter, *http.Request) bool {
			return func(n int, w http.ResponseWriter, _ *http.Request) bool {
				if n == 2 {
					refuse(w)
				}
				return n == 2
			}
		},
		"the later ones refused": func(*badService) func(int, http.ResponseWriter, *http.Request) bool {
			return func(n int, w http.ResponseWriter, _ *http.Request) bool {
				if n > 1 {
					refuse(w)
				}
				return n > 1
			}
		},
		"the first one refused": func(*badService) func(int, http.ResponseWriter, *http.Request) bool {
			return func(n int, w http.ResponseWriter, _ *http.Request) bool {
				if n == 1 {
					refuse(w)
				}
				return n == 1
			}
		},
		"one lost, and not stored": func(*badService) func(int, http.ResponseWriter, *http.Request) bool {
			return func(n int, _ http.ResponseWriter, _ *http.Request) bool {
				if n == 2 {
					cut()
				}
				return false
			}
		},
		"the last one lost, and stored": func(s *badService) func(int, http.ResponseWriter, *http.Request) bool {
			return func(n int, _ http.ResponseWriter, r *http.Request) bool {
				if n == 3 {
					s.ServeHTTP(httptest.NewRecorder(), r)
					cut()
				}
				return false
			}
		},
		"the first one stored after all others": func(s *badService) func(int, http.ResponseWriter, *http.Request) bool {
			var first *http.Request
			return func(n int, w http.ResponseWriter, r *http.Request) bool {
				switch n {
				case 1:
					body, _ := io.ReadAll(r.Body)
					first = r.Clone(context.Background())
					first.Body = io.NopCloser(bytes.NewReader(body))
					cut()
				case 3:
					s.ServeHTTP(w, r)
					s.ServeHTTP(httptest.NewRecorder(), first)
					return true
				}
				return false
			}
		},
	} {
		if testing.Short() && !strings.Contains(name, "later") { // the others wait for a lost request
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newBadService(t, sandbox.Options{Dialect: dialect})
			s.put = put(s)
			file := sheetOf(t, fmt.Sprintf("id,name\n%[1]s,first\n%[1]s,second\n%[1]s,third\n", idA))
			o := s.options(t, file, &recorder{})
			o.Requests.API.Timeout = time.Second // some requests get no answer
			if _, err := send(t, t.Context(), o); err != nil && !errors.Is(err, update.ErrFailedRows) {
				t.Fatal(err)
			}
			before := s.name(idA)
			s.put = nil
			undo := strings.TrimSuffix(file, ".csv") + ".undo.csv"
			_, err := send(t, t.Context(), s.options(t, undo, &recorder{}))
			if held := s.name(idA); err != nil || held != "Old" {
				t.Errorf("it held %q, and now %q: %v %q", before, held, err, column(t, strings.TrimSuffix(undo, ".csv")+".results.csv", "message"))
			}
		})
	}
}

// TestUndoOfValuesThatTheServiceStoresInAnotherForm has values that the service stores in another form than they were
// sent in. The undo does not take that for somebody else's change.
func TestUndoOfValuesThatTheServiceStoresInAnotherForm(t *testing.T) {
	inDialects(t, undoOfValuesThatTheServiceStoresInAnotherForm)
}

func undoOfValuesThatTheServiceStoresInAnotherForm(t *testing.T, dialect sandbox.Dialect) {
	s := newBadService(t, sandbox.Options{Dialect: dialect})
	s.put = func(_ int, w http.ResponseWriter, r *http.Request) bool {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(bytes.ReplaceAll(body, []byte("NEW"), []byte("New"))))
		r.ContentLength = int64(len(body))
		s.ServeHTTP(w, r)
		return true
	}
	file := sheetOf(t, "id,name\n"+idA+",NEW\n"+idB+",NEW first\n"+idB+",NEW second\n")
	_, err := send(t, t.Context(), s.options(t, file, &recorder{}))
	if got := column(t, strings.TrimSuffix(file, ".csv")+".results.csv", "status"); !errors.Is(err, update.ErrFailedRows) ||
		!slices.Equal(got, []string{"NOT_APPLIED", "NOT_APPLIED", "NOT_APPLIED"}) || s.name(idB) != "New second" {
		t.Fatalf("%v, %q, %q", got, s.name(idB), err)
	}
	undo := strings.TrimSuffix(file, ".csv") + ".undo.csv"
	_, err = send(t, t.Context(), s.options(t, undo, &recorder{}))
	if err != nil || s.name(idA) != "Old" || s.name(idB) != "Old" {
		t.Errorf("holds %q and %q: %v %q", s.name(idA), s.name(idB), err,
			column(t, strings.TrimSuffix(undo, ".csv")+".results.csv", "message"))
	}
}

// TestUndoLeavesSomebodysChangeAlone, even to an opportunity that the run has changed several times.
func TestUndoLeavesSomebodysChangeAlone(t *testing.T) { inDialects(t, undoLeavesSomebodysChangeAlone) }

func undoLeavesSomebodysChangeAlone(t *testing.T, dialect sandbox.Dialect) {
	s := newBadService(t, sandbox.Options{Dialect: dialect})
	file := sheetOf(t, fmt.Sprintf("id,name\n%[1]s,first\n%[1]s,second\n", idA))
	if _, err := send(t, t.Context(), s.options(t, file, &recorder{})); err != nil {
		t.Fatal(err)
	}
	s.edit(t, idA, "somebody's")
	undo := strings.TrimSuffix(file, ".csv") + ".undo.csv"
	_, err := send(t, t.Context(), s.options(t, undo, &recorder{}))
	if got := column(t, strings.TrimSuffix(undo, ".csv")+".results.csv", "status"); !errors.Is(err, update.ErrFailedRows) ||
		!slices.Equal(got, []string{"CONFLICT", "CONFLICT"}) || s.name(idA) != "somebody's" {
		t.Errorf("%v, %v, holds %q", err, got, s.name(idA))
	}
}

// TestAResumedRunIsNoColleague: the change that makes the opportunity newer than the sheet is the run's own, of which
// the answer was lost. B was not tried before, so its change is a colleague's.
func TestAResumedRunIsNoColleague(t *testing.T) { inDialects(t, aResumedRunIsNoColleague) }

func aResumedRunIsNoColleague(t *testing.T, dialect sandbox.Dialect) {
	s := newBadService(t, sandbox.Options{Dialect: dialect})
	exported := time.Now().UTC().Add(-time.Minute).Format(time.RFC3339)
	file := sheetOf(t, "id,name,notes,updated_at\n"+idA+",new,x,"+exported+"\n"+idB+",new,x,"+exported+"\n")
	o := s.options(t, file, &recorder{})
	o.Sheet.UpdatedAt = true
	ctx, stop := context.WithCancel(t.Context())
	s.put = func(int, http.ResponseWriter, *http.Request) bool {
		s.edit(t, idA, "new") // stored in part
		stop()
		cut()
		return true
	}
	if _, err := send(t, ctx, o); !errors.As(err, new(*update.StoppedError)) {
		t.Fatalf("not stopped: %v", err)
	}
	s.put = nil
	s.edit(t, idB, "a colleague's")
	o.Resume = true
	if _, err := send(t, t.Context(), o); !errors.Is(err, update.ErrFailedRows) {
		t.Fatal(err)
	}
	if got := column(t, o.Paths.Results, "status"); !slices.Equal(got, []string{"SUCCESS", "CONFLICT"}) {
		t.Errorf("got %q", got)
	}
}

// TestAResumedRunHasItsOwnUndoFile: a run that had nothing to send leaves the file of the previous run in place. When
// it is resumed and then sends, that file is set aside. The run itself continues in one file.
func TestAResumedRunHasItsOwnUndoFile(t *testing.T) { inDialects(t, aResumedRunHasItsOwnUndoFile) }

func aResumedRunHasItsOwnUndoFile(t *testing.T, dialect sandbox.Dialect) {
	s := newBadService(t, sandbox.Options{Dialect: dialect})
	file := sheetOf(t, "id,name\n"+idA+",new\n"+idB+",new\n")
	undo := strings.TrimSuffix(file, ".csv") + ".undo.csv"
	if _, err := send(t, t.Context(), s.options(t, file, &recorder{})); err != nil {
		t.Fatal(err)
	}
	first := read(t, undo)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := send(t, stopped, s.options(t, file, &recorder{})); !errors.As(err, new(*update.StoppedError)) {
		t.Fatalf("not stopped: %v", err)
	}
	s.edit(t, idA, "a colleague's")
	s.edit(t, idB, "a colleague's")
	o := s.options(t, file, &recorder{})
	o.Resume = true
	halfway, stop := context.WithCancel(t.Context())
	s.put = func(int, http.ResponseWriter, *http.Request) bool { stop(); return false }
	if _, err := send(t, halfway, o); !errors.As(err, new(*update.StoppedError)) {
		t.Fatalf("not stopped halfway: %v", err)
	}
	if _, err := send(t, t.Context(), o); err != nil {
		t.Fatal(err)
	}
	kept, _ := filepath.Glob(strings.TrimSuffix(undo, ".csv") + ".*Z.csv")
	if len(kept) != 1 || read(t, kept[0]) != first {
		t.Errorf("the first run's file: %q", kept)
	}
	if got := column(t, undo, "name"); !slices.Equal(got, []string{"a colleague's", "a colleague's"}) {
		t.Errorf("the second run's file has %q", got)
	}
}

// TestAResumedRunOfAnotherKeyKnowsNoWindow: the recorded quota is that of one key.
func TestAResumedRunOfAnotherKeyKnowsNoWindow(t *testing.T) {
	inDialects(t, aResumedRunOfAnotherKeyKnowsNoWindow)
}

func aResumedRunOfAnotherKeyKnowsNoWindow(t *testing.T, dialect sandbox.Dialect) {
	const other = "gr_live_other"
	s := newBadService(t, sandbox.Options{Dialect: dialect, Limit: 1, Window: 24 * time.Hour, Keys: []sandbox.Key{
		{Value: sandbox.DefaultKey, Read: true, Write: true}, {Value: other, Read: true, Write: true},
	}})
	o := s.options(t, sheetOf(t, "id,name\n"+idA+",new\n"+idB+",new\n"), &recorder{})
	o.Compare, o.Requests.MaxDuration, o.Resume = false, time.Second, true
	for _, step := range []struct {
		key  string
		puts int
		ends bool
	}{{sandbox.DefaultKey, 1, false}, {sandbox.DefaultKey, 1, false}, {other, 2, true}} {
		o.Requests.API.Key = step.key
		_, err := send(t, t.Context(), o)
		if int(s.puts.Load()) != step.puts || (err == nil) != step.ends {
			t.Errorf("%s: %d requests, want %d: %v", step.key, s.puts.Load(), step.puts, err)
		}
		if record, _ := os.ReadFile(strings.TrimSuffix(o.File, ".csv") + ".results.csv.run.json"); bytes.Contains(record, []byte(step.key)) {
			t.Errorf("the record shows the key: %s", record)
		}
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
