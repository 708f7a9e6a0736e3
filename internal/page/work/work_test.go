package work

import (
	"bytes"
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch/pace"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/review"
	"razebulk/internal/run"
	"razebulk/internal/sandbox"
	"razebulk/internal/words"
)

const (
	one = "265e24ec-3bc8-4820-b65f-89a69d7babe4"
	two = "b478c75d-eb4f-4b56-86ec-71aa86afb784"
)

// begin returns work against a sandbox, and a function that changes the CRM behind its back.
func begin(t *testing.T, o sandbox.Options) (w *Work, other func(sheet string)) {
	t.Helper()
	api := httptest.NewServer(sandbox.New(o))
	t.Cleanup(api.Close)
	requests := run.Options{API: getraze.Options{BaseURL: api.URL, Key: sandbox.DefaultKey}, Workers: 2}
	return open(t, requests), func(sheet string) {
		t.Helper()
		past := open(t, requests)
		preview(t, past, sheet)
		send(t, past)
	}
}

// open returns work in a folder of its own.
func open(t *testing.T, requests run.Options) *Work {
	t.Helper()
	w := New(Options{
		Folder: t.TempDir(), Address: requests.API.BaseURL, Message: func(_ *words.Words, err error) string { return err.Error() },
		Requests: func(context.Context) (run.Options, error) { return requests, nil },
		Plan: func(_ context.Context, path string) (Plan, error) {
			content, err := os.ReadFile(path)
			if err != nil {
				return Plan{}, err
			}
			plan, err := review.Read(content)
			if err != nil {
				return Plan{}, err
			}
			var sheet bytes.Buffer
			return Plan{Name: plan.Name, Sheet: &sheet, HasStage: plan.HasStage()}, plan.WriteSheet(&sheet)
		},
		Report: func(Job, *words.Words) (Report, error) {
			return Report{ID: "1", Handle: func(event.Event) {}, Applies: func(string) {}, End: func(bool, error) {}}, nil
		},
	})
	t.Cleanup(w.Close)
	return w
}

// TestTheTimeOfARunCountsFromItsSending looks at the preview for longer than a run may take.
func TestTheTimeOfARunCountsFromItsSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := getraze.Options{BaseURL: "http://127.0.0.1:1", Key: sandbox.DefaultKey, Transport: sandbox.New(sandbox.Options{}).Transport()}
		w := open(t, run.Options{API: api, Workers: 2, MaxDuration: time.Minute})
		preview(t, w, "id,notes\n"+one+",x\n")
		time.Sleep(2 * time.Minute)
		if now := send(t, w); now.Result.Err != nil || now.Result.Counts.Sent != 1 {
			t.Errorf("it ended with %v: %+v", now.Result.Err, now.Result.Counts)
		}
	})
}

// TestAQuotaThatIsSpentIsKnownToTheNextSheet has no request for which the window has no room.
func TestAQuotaThatIsSpentIsKnownToTheNextSheet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := sandbox.New(sandbox.Options{Limit: 5, Window: 24 * time.Hour, Record: true})
		api := getraze.Options{BaseURL: "http://127.0.0.1:1", Key: sandbox.DefaultKey, Transport: service.Transport()}
		w := open(t, run.Options{API: api, Workers: 2, MaxDuration: time.Minute, Windows: &run.Windows{}})
		preview(t, w, "id,notes\n"+one+",x\n"+two+",y\n")
		if now := send(t, w); now.Result.Err != nil || len(service.Requests()) != 5 {
			t.Fatalf("%d requests, %v", len(service.Requests()), now.Result.Err)
		}
		now, late := preview(t, w, "id,notes\n"+one+",z\n"), new(pace.OutOfTime)
		if !errors.As(now.Err, &late) || late.Why != pace.ForQuota || len(service.Requests()) != 5 {
			t.Errorf("%d requests, %v", len(service.Requests()), now.Err)
		}
	})
}

func preview(t *testing.T, w *Work, sheet string) View {
	t.Helper()
	if err := w.Drop("deals.csv", strings.NewReader(sheet)); err != nil {
		t.Fatal(err)
	}
	return prepare(t, w, NewRun)
}

func prepare(t *testing.T, w *Work, start Start) View {
	t.Helper()
	now := w.Now()
	if err := w.Prepare(now.Serial, now.Ways, start, words.For(nil)); err != nil {
		t.Fatal(err)
	}
	w.Wait()
	return w.Now()
}

func send(t *testing.T, w *Work) View {
	t.Helper()
	now := w.Now()
	if now.Step != Review {
		t.Fatalf("the step is %d: %v", now.Step, now.Err)
	}
	if err := w.Send(now.Serial); err != nil {
		t.Fatal(err)
	}
	w.Wait()
	return w.Now()
}

func TestAnOldPreviewIsSentOnlyIfItIsStillRight(t *testing.T) {
	for name, meanwhile := range map[string]string{"somebody changed it": "id,notes\n" + one + ",from a colleague\n", "nobody changed it": ""} {
		w, other := begin(t, sandbox.Options{})
		preview(t, w, "id,notes\n"+one+",from the sheet\n")
		if meanwhile != "" {
			other(meanwhile)
		}
		w.mu.Lock()
		w.view.Changes.Made = time.Now().Add(-freshFor - time.Second)
		w.mu.Unlock()
		now := send(t, w)
		if changed := meanwhile != ""; now.Moved != changed || (now.Step == Done) == changed {
			t.Errorf("%s: the step is %d, moved %t: %v", name, now.Step, now.Moved, now.Err)
		}
		if meanwhile == "" {
			continue
		}
		lines, _, err := now.Changes.Part(Filter{}, 1)
		if err != nil || len(lines) != 1 || lines[0].Current != "from a colleague" {
			t.Errorf("%s: the new preview has %v (%v)", name, lines, err)
		}
		if now = send(t, w); now.Step != Done { // it was seen, and is confirmed
			t.Errorf("%s: the step is %d: %v", name, now.Step, now.Err)
		}
	}
}

func TestARunIsStoppedResumedAndUndone(t *testing.T) {
	const sheet = "id,notes\n" + one + ",x\n" + two + ",y\n3de06b1a-f8d5-4c3f-8f19-f37a122566ce,z\n"
	w, _ := begin(t, sandbox.Options{Limit: 2, Window: 24 * time.Hour})
	again := func() View {
		if err := w.Drop("deals.csv", strings.NewReader(sheet)); err != nil {
			t.Fatal(err)
		}
		if err := w.Prepare(w.Now().Serial, Ways{}, NewRun, words.For(nil)); err != nil { // nothing is read
			t.Fatal(err)
		}
		w.Wait()
		return w.Now()
	}
	now := again()
	if now.Step != Review {
		t.Fatal(now.Err)
	}
	if err := w.Send(now.Serial); err != nil {
		t.Fatal(err)
	}
	for w.Now().Live.Progress.Wait == nil { // the quota is spent after two rows
		time.Sleep(10 * time.Millisecond)
	}
	if err := w.Drop("other.csv", strings.NewReader("id\n")); !errors.Is(err, reason.New("ui_busy")) {
		t.Errorf("a second sheet: %v", err)
	}
	if err := w.Send(w.Now().Serial); !errors.Is(err, reason.New("ui_busy")) {
		t.Errorf("a second run: %v", err)
	}
	w.Stop()
	w.Wait()
	now = w.Now()
	if now.Step != Done || !now.Result.Resumable || !errors.Is(now.Result.Err, ErrStopped) || now.Result.Counts.Done != 2 {
		t.Fatalf("stopped: step %d, %+v", now.Step, now.Result)
	}
	// The same sheet is dropped again: its run is known.
	if err := w.Drop("deals.csv", strings.NewReader(sheet)); err != nil || w.Now().Ways != (Ways{}) {
		t.Errorf("dropped again with %+v (%v)", w.Now().Ways, err)
	}
	if now = again(); now.Unfinished == nil || now.Unfinished.Done != 2 {
		t.Fatalf("dropped again: %v", now.Err)
	}
	undone := errors.New("it was undone")
	w.o.MayResume = func(string) error { return undone }
	if now = prepare(t, w, Resume); !errors.Is(now.Err, undone) {
		t.Errorf("after its undo: step %d, %v", now.Step, now.Err)
	}
	w.o.MayResume = nil
}

// TestAnOldPreviewOfARestartIsStillOne: it is not asked again what to do with the earlier run.
func TestAnOldPreviewOfARestartIsStillOne(t *testing.T) {
	w, _ := begin(t, sandbox.Options{Limit: 2, Window: 24 * time.Hour})
	if err := w.Drop("deals.csv", strings.NewReader("id,notes\n"+one+",x\n"+two+",y\n3de06b1a-f8d5-4c3f-8f19-f37a122566ce,z\n")); err != nil {
		t.Fatal(err)
	}
	for i, start := range []Start{NewRun, Restart} {
		if err := w.Prepare(w.Now().Serial, Ways{}, start, words.For(nil)); err != nil { // nothing is read
			t.Fatal(err)
		}
		w.Wait()
		w.mu.Lock()
		w.view.Changes.Made = w.view.Changes.Made.Add(-2 * freshFor * time.Duration(i))
		w.mu.Unlock()
		if err := w.Send(w.Now().Serial); err != nil {
			t.Fatal(err)
		}
		for now := w.Now(); now.Step == Preparing || now.Step == Sending && now.Live.Progress.Wait == nil; now = w.Now() {
			time.Sleep(10 * time.Millisecond)
		}
		w.Stop()
		w.Wait()
		if now := w.Now(); now.Step != Done {
			t.Fatalf("run %d: step %d, %v", i, now.Step, now.Err)
		}
	}
}

func TestADroppedUndoFileRestoresStages(t *testing.T) {
	w, _ := begin(t, sandbox.Options{})
	if err := w.Drop("deals.csv", strings.NewReader("id,Etapa\n"+one+",lost\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Prepare(w.Now().Serial, Ways{Compare: true, Stage: true}, NewRun, words.For(nil)); err != nil {
		t.Fatal(err)
	}
	w.Wait()
	undo, err := os.ReadFile(send(t, w).Live.Undo)
	if err != nil {
		t.Fatal(err)
	}
	if now := preview(t, w, string(undo)); now.Changes == nil || now.Changes.Will() != 1 {
		t.Errorf("the stage is not restored: %+v", now.Err)
	}
}

func TestAPlanIsAppliedAndUndone(t *testing.T) {
	w, other := begin(t, sandbox.Options{})
	now := preview(t, w, "id,notes\n"+one+",x\n"+two+",y\n")
	plan, err := os.ReadFile(now.Changes.Path)
	if err != nil {
		t.Fatal(err)
	}
	other("id,notes\n" + two + ",from a colleague\n")
	if err := w.Drop("deals.plan.csv", bytes.NewReader(plan)); err != nil {
		t.Fatal(err)
	}
	if now = w.Now(); !now.Job.Plan {
		t.Fatal("the plan is not known as one")
	}
	prepare(t, w, NewRun)
	now = send(t, w)
	want := map[string]int{"SUCCESS": 1, "CONFLICT": 1}
	got := map[string]int{}
	for status, n := range now.Result.Counts.ByStatus {
		got[string(status)] = n
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	state := filepath.Join(t.TempDir(), "state")
	if err := w.Undo(now.Live.Undo, false, state, NewRun, words.For(nil)); err != nil {
		t.Fatal(err)
	}
	w.Wait()
	if now = w.Now(); now.Step != Review || !now.Undoes || now.Changes.Will() != 1 {
		t.Fatalf("undoing: step %d: %v", now.Step, now.Err)
	}
	if now = send(t, w); now.Result.Err != nil {
		t.Error(now.Result.Err)
	}
	if _, err := os.Stat(state); err != nil {
		t.Error(err)
	}
}

func TestChoicesAreForTheColumnsThatThereAre(t *testing.T) {
	w, _ := begin(t, sandbox.Options{})
	if err := w.Drop("deals.csv", strings.NewReader("Title,,\nid,Remark,Old\n"+one+",x,y\n")); err != nil {
		t.Fatal(err)
	}
	now := w.Now()
	if now.Sheet.Usable() {
		t.Fatal("unknown columns are sent")
	}
	if err := w.Choose(now.Serial, Choices{Fields: []string{"id", "notes", "-"}, Ways: now.Ways}); err != nil {
		t.Fatal(err)
	}
	now = w.Now()
	if !now.Sheet.Usable() || len(now.Job.Reading.Mappings) != 1 || len(now.Job.Reading.Ignore) != 1 {
		t.Fatalf("chosen: %v, %+v", now.Sheet.Preview.Unusable, now.Job.Reading)
	}
	// Another row has the headers: the choices for the others mean nothing.
	if err := w.Choose(now.Serial, Choices{HeaderRow: 1, Fields: []string{"", "notes", "-"}, Ways: now.Ways}); err != nil {
		t.Fatal(err)
	}
	if now = w.Now(); len(now.Job.Reading.Mappings) != 0 {
		t.Errorf("the choices are %+v", now.Job.Reading)
	}
}

func TestNamesOfSheets(t *testing.T) {
	for name, want := range map[string]string{
		"clientes.csv": "clientes.csv", `C:\Users\ana\clientes.XLSX`: "clientes.xlsx", "../../etc/passwd": "passwd.csv", "": "sheet.csv", "..": "_.csv",
		".csv": "sheet.csv", "CON.csv": "sheet.csv", "com1.xlsx": "sheet.xlsx", "a:b|c?.csv": "a_b_c_.csv", "são joão.csv": "são joão.csv", "x.exe": "x_exe.csv",
		"tab\there.csv": "tab_here.csv", "end. .csv": "end.csv",
	} {
		if got := SheetName(name); got != want || filepath.Base(got) != got {
			t.Errorf("%q becomes %q, not %q", name, got, want)
		}
	}
}
