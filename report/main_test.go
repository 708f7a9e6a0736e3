package report

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"razebulk/batch"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	olderHeader = "row,id,status,message,fields_sent,fields_not_applied,fields_unverified,http_status,attempts,line,finished_at"
	header      = olderHeader + ",reason"
)

// inWords returns the text of a reason for a command that has all flags.
func inWords(r reason.Reason) string { return words.For(nil).Text(r.Code, r.Params) }

// errorText returns an error as users see it.
func errorText(err error) string {
	why, ok := errors.AsType[reason.Reason](err)
	if !ok {
		return err.Error()
	}
	text := inWords(why)
	if why.Cause != nil {
		text += ": " + errorText(why.Cause)
	}
	return text
}

// noon is when the tests' rows finish: not in UTC, and with a fraction of a second.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 999, time.FixedZone("BRT", -3*60*60))

// record writes a whole journal.
func record(t testing.TB, results string, rows ...batch.Result) {
	t.Helper()
	j, err := CreateJournal(results, Dialect{}, inWords)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := j.Record(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// said returns a list with one reason, which has this text.
func said(text string) []reason.Reason {
	return []reason.Reason{reason.New("service_refused", "message", text)}
}

func resultsPath(t testing.TB) string { return filepath.Join(t.TempDir(), "deals.results.csv") }

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// table returns a CSV file's cells; the file must begin with a byte order mark.
func table(t testing.TB, path string) [][]string {
	t.Helper()
	content, ok := strings.CutPrefix(read(t, path), utf8BOM)
	if !ok {
		t.Error("no byte order mark")
	}
	cells, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

// names returns the files of a directory, including hidden ones.
func names(t testing.TB, directory string) []string {
	t.Helper()
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	found := []string{}
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}
