package update_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"razebulk/internal/event"
	"razebulk/internal/sandbox"
	"razebulk/internal/update"
)

// TestARunThatWasKilledInTheEnd has its results in place, but not yet the failed rows. When resumed, it ends without
// a request, even if a row could be retried; then a new run begins.
func TestARunThatWasKilledInTheEnd(t *testing.T) { inDialects(t, aRunThatWasKilledInTheEnd) }

func aRunThatWasKilledInTheEnd(t *testing.T, dialect sandbox.Dialect) {
	for _, results := range []string{".results.csv", ".results.xlsx"} {
		killedInTheEnd(t, results, dialect)
	}
}

func killedInTheEnd(t *testing.T, ending string, dialect sandbox.Dialect) {
	t.Helper()
	s := newBadService(t, sandbox.Options{Dialect: dialect})
	s.put = func(n int, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 2 {
			cut()
		}
		return false
	}
	file := sheetOf(t, "id,name\n"+idA+",new\n"+idB+",new\n")
	stem := strings.TrimSuffix(file, ".csv")
	left := map[string]string{stem + ending + ".partial": "", stem + ending + ".run.json": ""}
	o := s.options(t, file, &recorder{})
	paths, err := update.PathsFor(file, stem+ending, "")
	if err != nil {
		t.Fatal(err)
	}
	o.Compare, o.Paths = false, paths
	o.Handle = func(e event.Event) {
		if _, ended := e.(event.Finished); ended {
			for name := range left {
				left[name] = read(t, name)
			}
		}
	}
	if _, err := send(t, t.Context(), o); !errors.Is(err, update.ErrFailedRows) {
		t.Fatal(err)
	}
	results, failed := read(t, stem+ending), read(t, stem+".failed.csv")
	for _, withFailed := range []bool{false, true} {
		for name, content := range left {
			write(t, name, content)
		}
		if !withFailed {
			_ = os.Remove(stem + ".failed.csv")
		}
		o.Resume, o.Handle = true, nil
		_, err := send(t, t.Context(), o)
		if !errors.Is(err, update.ErrFailedRows) || s.puts.Load() != 2 {
			t.Errorf("%d requests, error %v", s.puts.Load(), err)
		}
		if read(t, stem+ending) != results || read(t, stem+".failed.csv") != failed {
			t.Error("other results than before")
		}
		if found, _ := filepath.Glob(stem + "*"); len(found) != 3 {
			t.Errorf("left %q", found)
		}
	}
	if _, err := send(t, t.Context(), o); err != nil || s.puts.Load() != 4 {
		t.Errorf("the next run: %d requests, error %v", s.puts.Load()-2, err)
	}
}

// TestAStrictRunThatWasKilledSendsNothingLater: it had recorded the invalid rows, so the remaining ones are valid.
// When resumed, it starts over and sends none of them.
func TestAStrictRunThatWasKilledSendsNothingLater(t *testing.T) {
	inDialects(t, aStrictRunThatWasKilledSendsNothingLater)
}

func aStrictRunThatWasKilledSendsNothingLater(t *testing.T, dialect sandbox.Dialect) {
	s := newBadService(t, sandbox.Options{Dialect: dialect})
	file := sheetOf(t, "id,deal_value\n"+idA+",no number\n"+idB+",5\n")
	results := strings.TrimSuffix(file, ".csv") + ".results.csv"
	o := s.options(t, file, &recorder{})
	o.Compare, o.Strict = false, true
	left := map[string]string{}
	o.Handle = func(e event.Event) {
		if _, isRow := e.(event.RowDone); isRow && len(left) == 0 {
			left[results+".run.json"] = read(t, results+".run.json")
		}
	}
	if _, err := send(t, t.Context(), o); !errors.Is(err, update.ErrWithheld) {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(read(t, results), "\n")
	left[results+".partial"] = lines[0] + lines[1]
	for name, content := range left {
		write(t, name, content)
	}
	o.Resume, o.Handle = true, nil
	if _, err := send(t, t.Context(), o); !errors.Is(err, update.ErrWithheld) || s.puts.Load() != 0 {
		t.Errorf("%d requests: %v", s.puts.Load(), err)
	}
	if got := column(t, results, "status"); !slices.Equal(got, []string{"VALIDATION_ERROR", "NOT_ATTEMPTED"}) {
		t.Errorf("results %q", got)
	}
}

// TestAnInterruptInTheFinalStepLosesNothing holds whichever file is being written: the journal stays, and the resumed
// run puts all files in place without a request.
func TestAnInterruptInTheFinalStepLosesNothing(t *testing.T) {
	inDialects(t, anInterruptInTheFinalStepLosesNothing)
}

func anInterruptInTheFinalStepLosesNothing(t *testing.T, dialect sandbox.Dialect) {
	interrupted := errors.New("interrupted")
	for _, results := range []string{".results.csv", ".results.xlsx"} {
		for _, inPlace := range []bool{false, true} {
			s := newBadService(t, sandbox.Options{Dialect: dialect})
			s.put = func(n int, w http.ResponseWriter, _ *http.Request) bool {
				if n == 1 {
					refuse(w)
				}
				return n == 1
			}
			file := sheetOf(t, "id,name\n"+idA+",new\n"+idB+",new\n")
			stem := strings.TrimSuffix(file, ".csv")
			paths, err := update.PathsFor(file, stem+results, "")
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancelCause(t.Context())
			o := s.options(t, file, &recorder{})
			o.Compare, o.Paths, o.Requests.Workers = false, paths, 1
			rows := 0
			o.Handle = func(e event.Event) {
				switch e.(type) {
				case event.RowDone:
					rows++
				case event.Finished:
					rows++
				}
				if wanted := map[bool]int{false: 2, true: 3}[inPlace]; rows == wanted {
					stop(interrupted)
				}
			}
			// Here the first interrupt must end the final step: one that ends the sending lets the final step continue.
			o.Abort = ctx
			summary, err := send(t, ctx, o)
			var finish *update.FinishError
			if !errors.As(err, &finish) || finish.InPlace != inPlace || !errors.Is(err, interrupted) {
				t.Fatalf("%s, in place %v: %v", results, inPlace, err)
			}
			if _, err := os.Stat(summary.Journal); err != nil {
				t.Fatal(err)
			}
			o.Resume, o.Handle, o.Abort = true, nil, nil
			if _, err := send(t, t.Context(), o); !errors.Is(err, update.ErrFailedRows) || s.puts.Load() != 2 {
				t.Errorf("%s, in place %v: %d requests, %v", results, inPlace, s.puts.Load(), err)
			}
			if found, _ := filepath.Glob(stem + "*"); len(found) != 3 {
				t.Errorf("left %q", found)
			}
		}
	}
}
