package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func someRun() RunRecord {
	return RunRecord{
		Version: "1.0.0", Started: noon.UTC().Truncate(time.Second), BaseURL: "https://example.com/v1",
		Input:   InputFile{Path: "deals.csv", Size: 123, SHA256: "ab12"},
		Options: RunOptions{Reading: ";", Columns: []string{"id", "notes", ""}},
	}
}

func TestTheSameRunIsOneThatWouldSendTheSame(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*RunRecord)
		same   bool
	}{
		{"nothing", func(*RunRecord) {}, true},
		{"version", func(r *RunRecord) { r.Version = "2.0.0" }, true},
		{"time", func(r *RunRecord) { r.Started = r.Started.Add(time.Hour) }, true},
		{"place of the input", func(r *RunRecord) { r.Input.Path = "/elsewhere/deals.csv" }, true},
		{"size", func(r *RunRecord) { r.Input.Size++ }, false},
		{"content", func(r *RunRecord) { r.Input.SHA256 = "cd34" }, false},
		{"service", func(r *RunRecord) { r.BaseURL = "https://example.com/v2" }, false},
		{"delimiter", func(r *RunRecord) { r.Options.Reading = "," }, false},
		{"a column's field", func(r *RunRecord) { r.Options.Columns = []string{"id", "name", ""} }, false},
		{"order of the columns", func(r *RunRecord) { r.Options.Columns = []string{"notes", "id", ""} }, false},
		{"a column less", func(r *RunRecord) { r.Options.Columns = []string{"id", "notes"} }, false},
		{"a record of no run", func(r *RunRecord) { *r = RunRecord{} }, false},
	} {
		other := someRun()
		c.change(&other)
		if got, back := someRun().SameRun(other), other.SameRun(someRun()); got != c.same || back != c.same {
			t.Errorf("%s: got %v, and %v the other way round", c.name, got, back)
		}
	}
}

func TestARunRecordIsReadAsItWasWritten(t *testing.T) {
	path := resultsPath(t)
	for _, r := range []RunRecord{{Version: "earlier"}, someRun()} { // the second one replaces the first
		if err := WriteRunRecord(path, r); err != nil {
			t.Fatal(err)
		}
		got, err := ReadRunRecord(path)
		if diff := cmp.Diff(r, got); diff != "" || err != nil {
			t.Errorf("%v: %s", err, diff)
		}
		if !r.SameRun(got) {
			t.Errorf("%+v is another run than itself", r)
		}
	}
	if diff := cmp.Diff([]string{"deals.results.csv.run.json"}, names(t, filepath.Dir(path))); diff != "" {
		t.Error(diff)
	}
	info, err := os.Stat(runRecordPath(path))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

func TestARecordThatIsMissingOrDamagedIsOfAnotherRun(t *testing.T) {
	t.Parallel()
	path := resultsPath(t)
	if err := WriteRunRecord(path, someRun()); err != nil {
		t.Fatal(err)
	}
	whole := strings.TrimRight(read(t, runRecordPath(path)), "\n")
	texts := []string{"null", "{}", "[]", "1", whole + "x", whole + whole, strings.Replace(whole, "123", `"123"`, 1), "\x00\x00\x00"}
	for n := range len(whole) {
		texts = append(texts, whole[:n])
	}
	for _, text := range texts {
		write(t, runRecordPath(path), text)
		got, err := ReadRunRecord(path)
		if err != nil || got.SameRun(someRun()) || !cmp.Equal(got, RunRecord{}) {
			t.Errorf("%q: got %+v, %v", text, got, err)
		}
	}
	for range 2 { // the second time there is none
		if err := RemoveRunRecord(path); err != nil {
			t.Error(err)
		}
		if got, err := ReadRunRecord(path); err != nil || got.SameRun(someRun()) {
			t.Errorf("without a record: got %+v, %v", got, err)
		}
	}
}

func TestARecordThatCantBeReadOrRemovedIsAnError(t *testing.T) {
	path := resultsPath(t)
	if err := os.MkdirAll(filepath.Join(runRecordPath(path), "precious"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadRunRecord(path); err == nil {
		t.Error("reading: no error")
	}
	if err := WriteRunRecord(path, someRun()); err == nil {
		t.Error("writing: no error")
	}
	if err := RemoveRunRecord(path); err == nil {
		t.Error("removing: no error")
	}
	if left := names(t, filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}
