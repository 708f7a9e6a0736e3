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
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"razebulk/internal/cli"
	"razebulk/internal/sandbox"
)

// TestUndoRestoresEveryValue updates a CRM that has odd values and undoes the update, in both dialects. Every value
// must be restored, except for titles that the undo reports as lost.
func TestUndoRestoresEveryValue(t *testing.T) {
	inDialects(t, func(t *testing.T, dialect sandbox.Dialect) {
		folder, n := t.TempDir(), 0
		rapid.Check(t, func(t *rapid.T) {
			n++
			checkUndo(t, filepath.Join(folder, fmt.Sprint(n)), dialect)
		})
	})
}

func checkUndo(t *rapid.T, dir string, dialect sandbox.Dialect) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	held := drawHeld(t)
	api := sandbox.New(sandbox.Options{Opportunities: held, Dialect: dialect, Limit: 100_000})
	server := httptest.NewServer(api)
	defer server.Close()
	sheet := filepath.Join(dir, "deals.csv")
	if err := os.WriteFile(sheet, drawSheet(t, held, dialect), 0o600); err != nil {
		t.Fatal(err)
	}
	before := storedIn(api)
	if code, talk := updateFile(t, server.URL, sheet); code != 0 {
		t.Fatalf("exit code %d:\n%s", code, talk)
	}
	undo := filepath.Join(dir, "deals.undo.csv")
	lost := map[string]string{} // what the undo says about each opportunity whose title is lost
	if _, err := os.Stat(undo); err == nil {
		code, talk := updateFile(t, server.URL, undo)
		lost = lostTitles(t, filepath.Join(dir, "deals.undo.results.csv"))
		if code != 0 && (code != 1 || len(lost) == 0) {
			t.Fatalf("undoing: exit code %d:\n%s", code, talk)
		}
	}
	for id, after := range storedIn(api) {
		was := before[id]
		if after.Stored.Title != was.Stored.Title {
			if !strings.Contains(lost[id], strconv.Quote(was.Stored.Title)) {
				t.Fatalf("%s has lost its title %q; the undoing says %q", id, was.Stored.Title, lost[id])
			}
			after.Stored.Title = was.Stored.Title
		}
		if diff := cmp.Diff(was, after); diff != "" {
			t.Fatalf("(-before +after the undoing)\n%s", diff)
		}
	}
}

// kept is what a sandbox stores for one opportunity.
type kept struct {
	Opportunity sandbox.Opportunity // in the documented dialect
	Stored      sandbox.Stored
	Contact     sandbox.Contact
}

// storedIn returns what a sandbox stores, without times. It treats null and an empty string as equal where undo can't
// tell them apart: in an e-mail or phone that a contact can't be left without.
func storedIn(api *sandbox.Server) map[string]kept {
	all := map[string]kept{}
	for _, id := range api.IDs() {
		k := kept{}
		var observed bool
		if k.Stored, observed = api.Stored(id); observed {
			k.Contact, _ = api.Contact(k.Stored.ContactID)
			k.Contact.Email.Valid = k.Contact.Email.Valid || k.Contact.Phone.String == ""
			k.Contact.Phone.Valid = k.Contact.Phone.Valid || k.Contact.Email.String == ""
			k.Stored.UpdatedAt = time.Time{}
		} else {
			k.Opportunity, _ = api.Opportunity(id)
			k.Opportunity.UpdatedAt = time.Time{}
		}
		all[id] = k
	}
	return all
}

func lostTitles(t *rapid.T, results string) map[string]string {
	text, err := os.ReadFile(results)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lost := map[string]string{}
	for _, line := range lines[1:] {
		switch status, reason := line[2], line[len(line)-1]; {
		case status == "NOT_APPLIED" && reason == "title_lost":
			lost[line[1]] += line[3]
		case status != "SUCCESS" && status != "UNCHANGED":
			t.Fatalf("undoing: %q", line)
		}
	}
	return lost
}

// oddTexts are values that a CRM may have and a sheet could corrupt. None has outer blanks: a sheet that differs only
// in those changes nothing.
var oddTexts = []string{"", "plain", "=1+1", "'quoted", "two\nlines", `say "so"`, "JoÃ£o", "e\u0301", "<clear>", "#REF!", "1.234", "a,b;c", "S?o"}

var undoFields = []string{"name", "email", "phone", "company", "position", "notes", "deal_value", "responsible_user_id"}

var undoOwners = []string{"5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d01", "5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d02"}

func drawHeld(t *rapid.T) []sandbox.Opportunity {
	text := rapid.SampledFrom(oddTexts)
	var held []sandbox.Opportunity
	for i := range 3 {
		held = append(held, sandbox.Opportunity{
			ID: fmt.Sprintf("%08d-0000-4000-8000-000000000000", i), Name: "n" + text.Draw(t, "name"), Phone: text.Draw(t, "phone"),
			Email: rapid.SampledFrom([]string{"", "a@example.com"}).Draw(t, "email"), Position: text.Draw(t, "position"),
			Company: text.Draw(t, "company"), Notes: text.Draw(t, "notes"), Status: "new",
			DealValue:         json.Number(rapid.SampledFrom([]string{"", "1.234", "-5", "10.50"}).Draw(t, "value")),
			ResponsibleUserID: rapid.SampledFrom(append([]string{""}, undoOwners...)).Draw(t, "owner"),
			Title:             rapid.SampledFrom([]string{"", "Renovação", "new"}).Draw(t, "title"),
			ContactID:         rapid.SampledFrom([]string{"", "shared"}).Draw(t, "contact"),
			CreatedAt:         time.Unix(int64(i), 0).UTC(),
		})
	}
	return held
}

// drawSheet draws a sheet. An opportunity may occur twice in it.
func drawSheet(t *rapid.T, held []sandbox.Opportunity, dialect sandbox.Dialect) []byte {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	_ = w.Write(append([]string{"id"}, undoFields...))
	for range rapid.IntRange(1, 5).Draw(t, "rows") {
		row := []string{rapid.SampledFrom(held).Draw(t, "of").ID}
		for _, field := range undoFields {
			values := []string{"", "new", "newer"}
			switch {
			case field == "deal_value" && dialect == sandbox.Observed: // it never stores the value
				values = []string{""}
			case field == "deal_value":
				values = []string{"", "7.5", "8.25"}
			case field == "email":
				values = []string{"", "x@example.com", "y@example.com"}
			case field == "responsible_user_id":
				values = append([]string{""}, undoOwners...)
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
