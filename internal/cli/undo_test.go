package cli_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"razebulk/internal/cli"
	"razebulk/internal/sandbox"
)

// TestUndoRestoresEveryValue updates a CRM of odd values with a sheet of others, and undoes that: every value is
// what it was, in both dialects of the API.
func TestUndoRestoresEveryValue(t *testing.T) {
	for _, seen := range []bool{false, true} {
		t.Run(fmt.Sprintf("seen=%v", seen), func(t *testing.T) {
			folder, n := t.TempDir(), 0
			rapid.Check(t, func(t *rapid.T) {
				n++
				checkUndo(t, filepath.Join(folder, fmt.Sprint(n)), seen)
			})
		})
	}
}

func checkUndo(t *rapid.T, dir string, seen bool) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	held := drawHeld(t)
	api := sandbox.New(sandbox.Options{Opportunities: held, Seen: seen, Limit: 100_000})
	server := httptest.NewServer(api)
	defer server.Close()
	sheet := filepath.Join(dir, "deals.csv")
	if err := os.WriteFile(sheet, drawSheet(t, held, seen), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, talk := updateFile(t, server.URL, sheet); code != 0 {
		t.Fatalf("exit code %d:\n%s", code, talk)
	}
	undo := filepath.Join(dir, "deals.undo.csv")
	if _, err := os.Stat(undo); err == nil {
		if code, talk := updateFile(t, server.URL, undo); code != 0 {
			t.Fatalf("undoing: exit code %d:\n%s", code, talk)
		}
	}
	for _, before := range held {
		after, _ := api.Opportunity(before.ID)
		if diff := cmp.Diff(before, after, cmpopts.IgnoreFields(sandbox.Opportunity{}, "UpdatedAt", "CreatedAt")); diff != "" {
			t.Fatalf("(-before +after the undoing)\n%s", diff)
		}
	}
}

// oddTexts are what a CRM may hold and a sheet could spoil. None has outer blanks: a sheet that differs in these alone
// changes nothing.
var oddTexts = []string{"", "plain", "=1+1", "'quoted", "two\nlines", `say "so"`, "JoÃ£o", "e\u0301", "<clear>", "#REF!", "1.234", "a,b;c", "S?o"}

var undoFields = []string{"name", "phone", "company", "notes", "deal_value"}

func drawHeld(t *rapid.T) []sandbox.Opportunity {
	text := rapid.SampledFrom(oddTexts)
	var held []sandbox.Opportunity
	for i := range 3 {
		held = append(held, sandbox.Opportunity{
			ID: fmt.Sprintf("%08d-0000-4000-8000-000000000000", i), Name: "n" + text.Draw(t, "name"), Phone: text.Draw(t, "phone"),
			Company: text.Draw(t, "company"), Notes: text.Draw(t, "notes"), Status: "new",
			DealValue: json.Number(rapid.SampledFrom([]string{"", "1.234", "-5", "10.50"}).Draw(t, "value")),
		})
	}
	return held
}

// drawSheet may name an opportunity twice.
func drawSheet(t *rapid.T, held []sandbox.Opportunity, seen bool) []byte {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	_ = w.Write(append([]string{"id"}, undoFields...))
	for range rapid.IntRange(1, 5).Draw(t, "rows") {
		row := []string{rapid.SampledFrom(held).Draw(t, "of").ID}
		for _, field := range undoFields {
			values := []string{"", "new", "newer"}
			if field == "deal_value" {
				values = []string{"", "7.5", "8.25"}
				if seen { // the service that was seen doesn't store it
					values = []string{""}
				}
			}
			row = append(row, rapid.SampledFrom(values).Draw(t, field))
		}
		_ = w.Write(row)
	}
	w.Flush()
	return text.Bytes()
}

func updateFile(t *rapid.T, url, sheet string) (code int, talk string) {
	key := sheet + ".key"
	if err := os.WriteFile(key, []byte(sandbox.DefaultKey), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	code = cli.Run([]string{"update", "--compare", "--base-url", url, "--api-key-file", key, "--rate", "0", sheet},
		strings.NewReader(""), io.Discard, &stderr)
	return code, stderr.String()
}
