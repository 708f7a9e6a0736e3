package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"razebulk/internal/event"
	"razebulk/internal/notify"
)

func TestAnyNameOfASheetIsALabel(t *testing.T) {
	for name, want := range map[string]string{
		"deals.csv": "deals.csv", `C:\new\"deals".csv`: `C:\new\"deals".csv`, "two\nlines": "two\nlines", "João": "João", "\xff.csv": "\uFFFD.csv", "": "",
	} {
		s := notify.NewCollector("1", "id", name, false).Summary()
		parser := expfmt.NewTextParser(model.LegacyValidation)
		families, err := parser.TextToMetricFamilies(strings.NewReader(string(s.Metrics())))
		if err != nil {
			t.Fatalf("%q: %v\n%s", name, err, s.Metrics())
		}
		for _, label := range families["razebulk_run_running"].GetMetric()[0].GetLabel() {
			if label.GetName() == "sheet" && label.GetValue() != want {
				t.Errorf("%q is %q", name, label.GetValue())
			}
		}
	}
}

func TestASummaryIsACopy(t *testing.T) {
	c := notify.NewCollector("1", "id", "x", false)
	before := c.Summary()
	c.Handle(event.Resumed{Done: 1, Rows: 2, ByReason: map[string]int{"a": 1}})
	if len(before.Rows.ByReason) != 0 || before.Resumed {
		t.Errorf("it changed: %+v", before)
	}
}

func TestAnAddressForPingsIsEncryptedOrOfThisMachine(t *testing.T) {
	for address, good := range map[string]bool{
		"https://hc-ping.com/x": true, "http://127.0.0.1:8000/x": true, "http://localhost/x": true, "http://[::1]/x": true,
		"http://hc-ping.com/x": false, "http://10.0.0.1/x": false, "ftp://localhost/x": false, "hc-ping.com/x": false, "https:///x": false, "": false,
		"http://localhost.example.com/x": false,
	} {
		if _, err := notify.NewPing(address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		} else if err != nil && strings.Contains(err.Error(), "/x") {
			t.Errorf("%q: the error shows it: %v", address, err)
		}
	}
}

func TestOnlyAFileOfItsKindIsReplaced(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	s := notify.NewCollector("1", "id", "x", false).Summary()
	for _, tt := range []struct {
		text string
		kind notify.Kind
		good bool
	}{
		{string(s.JSON()), notify.SummaryFile, true}, {string(s.Metrics()), notify.MetricsFile, true}, {"", notify.SummaryFile, true},
		{string(s.JSON()), notify.MetricsFile, false}, {string(s.Metrics()), notify.SummaryFile, false}, {"id,notes\n", notify.SummaryFile, false},
		{`{"other":1}`, notify.SummaryFile, false},
	} {
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := tt.kind.Check(path); (err == nil) != tt.good {
			t.Errorf("%.20q: %v", tt.text, err)
		}
	}
	if err := notify.SummaryFile.Check(folder); err == nil {
		t.Error("a folder is replaced")
	}
	if err := notify.SummaryFile.Check(filepath.Join(folder, "missing")); err != nil {
		t.Error(err)
	}
}
