//go:build unix

package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"unicode"

	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/console"

	"github.com/creack/pty"
	"pgregory.net/rapid"
)

// attacks are sequences that terminals act on: they clear the screen, set a title, ring the bell, change colours,
// move back, or reverse the text direction.
var attacks = []string{
	"\x1b[2J", "\x1b]0;title\a", "\x1b[31mred\x1b[0m", "\u009b31m", "\x9b31m", "\b\b\b", "\rrazebulk: all is well", "\nwarning: forged",
	"\u202egnp.exe", "\u2066x\u2069", "\x7f", "\u2028", "\xff\xfe", "\x1b7\x1b8", "\x00", "plain",
}

func hostileText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom(attacks).Draw(t, "attack") + rapid.String().Draw(t, "more") + string(rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(t, "bytes"))
	})
}

// hostileAnswer draws an answer with hostile text, in the API's format or in no format at all.
func hostileAnswer(t *rapid.T) (status int, location, body string, raw bool) {
	quote := func(text string) string {
		quoted, _ := json.Marshal(text) // replaces invalid UTF-8, which only raw bodies have
		return string(quoted)
	}
	text := hostileText().Draw(t, "text")
	id := quote(rapid.SampledFrom([]string{text, "opp_1"}).Draw(t, "id"))
	status = rapid.SampledFrom([]int{200, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503}).Draw(t, "status")
	switch rapid.SampledFrom([]string{"error", "fields", "page", "observed page", "opportunity", "observed opportunity", "body", "raw"}).Draw(t, "kind") {
	case "error":
		code := rapid.SampledFrom([]string{"NOT_FOUND", "INVALID_API_KEY", "INSUFFICIENT_PERMISSIONS", "X\x1b[2J"}).Draw(t, "code")
		return status, text, `{"success":false,"error":{"code":` + quote(code) + `,"message":` + quote(text) + `}}`, false
	case "fields":
		return 400, "", `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"no","details":{"fields":{` + quote(text) + `:` + quote(text) + `}}}}`, false
	case "page":
		page := `{"success":true,"data":{"opportunities":[{"id":` + id + `,"name":` + quote(text) + `,"status":` + quote(text) + `}],` +
			`"pagination":{"page":1,"limit":100,"total":1,"total_pages":1}}}`
		return 200, "", page, false
	case "observed page":
		page := `{"success":true,"data":[` + observedOpportunity(id, quote(text)) + `],"pagination":{"page":1,"limit":100,"total":1,"total_pages":1}}`
		return 200, "", page, false
	case "observed opportunity":
		return 200, "", `{"success":true,"data":` + observedOpportunity(id, quote(text)) + `}`, false
	case "opportunity":
		return 200, "", `{"success":true,"data":{"id":` + id + `,"name":` + quote(text) + `}}`, false
	case "body":
		return status, text, text, false
	}
	return 0, "", fmt.Sprintf("HTTP/1.1 %d %s\r\nX-%s: %s\r\nContent-Length: 3\r\n\r\nabc", status, text, text, text), true
}

// observedOpportunity returns an opportunity in the observed dialect that has this text in every text field.
func observedOpportunity(id, text string) string {
	return strings.ReplaceAll(`{"id":`+id+`,"title":T,"value":"1","currency":T,"stage_id":T,"stage_name":T,"pipeline_name":T,"owner_user_id":T,"owner_name":T,`+
		`"contact_id":T,"contact_name":T,"contact_email":T,"contact_phone":T,"contact_title":T,"contact_company":T,"updated_at":T}`, "T", text)
}

// onPTY runs a command with a terminal for all streams and returns what the terminal received.
func onPTY(t rapid.TB, args []string) string {
	master, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	shown := make(chan string)
	go func() {
		text, _ := io.ReadAll(master) // until the other side is closed
		shown <- string(text)
	}()
	Run(args, terminal, terminal, terminal)
	_ = terminal.Close()
	return <-shown
}

// checkPrintable allows only printable characters, line ends and this program's own cursor movements.
func checkPrintable(t rapid.TB, args []string, shown string) {
	rest := strings.NewReplacer("\r\n", "", console.ClearLine, "", "\r"+console.ClearLine, "").Replace(shown)
	rest = strings.ReplaceAll(strings.TrimSuffix(rest, "\r"), "\r", "")
	if at := strings.IndexFunc(rest, func(r rune) bool {
		return !unicode.IsGraphic(r) && r != '\u200c' && r != '\u200d'
	}); at >= 0 {
		t.Fatalf("%q: the terminal got %q in %q", args, rest[at:min(len(rest), at+20)], shown)
	}
}

// TestNothingButPrintableTextReachesATerminal runs every command that makes requests against a service that sends
// anything.
func TestNothingButPrintableTextReachesATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program hundreds of times")
	}
	t.Setenv(apikey.Variable, "gr_live_test")
	t.Setenv("NO_COLOR", "1") // so that each escape sequence comes from the service
	folder := t.TempDir()
	sheet := filepath.Join(folder, "deals.csv")
	var answer atomic.Pointer[func(http.ResponseWriter)]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { (*answer.Load())(w) }))
	defer server.Close()
	rapid.Check(t, func(t *rapid.T) {
		status, location, body, raw := hostileAnswer(t)
		send := func(w http.ResponseWriter) {
			if raw {
				connection, _, err := w.(http.Hijacker).Hijack()
				if err == nil {
					_, _ = io.WriteString(connection, body)
					_ = connection.Close()
				}
				return
			}
			if location != "" {
				w.Header().Set("Location", location)
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
		answer.Store(&send)
		if err := os.WriteFile(sheet, []byte("id,name\nopp_1,a\nopp_2,b\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"update", "--yes", "--restart", "--max-failures", "0", sheet}, {"update", "--yes", "--restart", "--compare", sheet},
			{"update", "--dry-run", "--compare", sheet}, {"update", "--yes", "--restart", "--verbose", sheet}, {"export"},
		} {
			args = append(args, "--base-url", server.URL, "--retries", "0", "--rate", "0", "--max-duration", "300ms")
			checkPrintable(t, args, onPTY(t, args))
		}
	})
	for _, left := range []string{"deals.results.csv", "deals.failed.csv", "deals.plan.csv"} {
		text, _ := os.ReadFile(filepath.Join(folder, left))
		if strings.ContainsFunc(string(text), func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\r\n\t", r) }) {
			t.Errorf("%s holds control characters: %q", left, text)
		}
	}
}

// TestNamesAndCellsReachATerminalPrintable puts attacks into file names, headers, cells, locks and journals.
func TestNamesAndCellsReachATerminalPrintable(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program hundreds of times")
	}
	t.Setenv("NO_COLOR", "1")
	for _, attack := range attacks {
		if strings.ContainsAny(attack, "\x00/") {
			continue
		}
		folder := filepath.Join(t.TempDir(), "a"+attack)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		sheet := filepath.Join(folder, "deals"+attack+".csv")
		cells := strings.NewReplacer("\n", " ", "\r", " ").Replace(strings.ToValidUTF8(attack, "?"))
		text := "id,name," + cells + "\nopp_1," + cells + ",x\n" + cells + ",y,z\n"
		for path, text := range map[string]string{
			sheet: text, filepath.Join(folder, "deals"+attack+".results.csv.partial"): "row,id,status" + attack + "\n",
			filepath.Join(folder, ".deals"+attack+".results.csv.lock"): attack,
		} {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, args := range [][]string{
			{"columns", sheet}, {"update", "--sandbox", sheet}, {"update", "--sandbox", "--ignore-columns", cells, sheet},
			{"update", "--sandbox", "--dry-run", "--ignore-columns", cells, sheet}, {"update", "--sandbox", "--results", sheet + "x", "--state", sheet + "s", sheet},
			{"export", "--sandbox", "--ids-from", sheet}, {"export", "--sandbox", "--out", sheet}, {"update", "--sandbox", sheet + attack}, {attack},
			{"update", "--" + attack}, {"export", "--status", attack}, {"update", "--rate", attack},
		} {
			checkPrintable(t, args, onPTY(t, args))
		}
	}
}
