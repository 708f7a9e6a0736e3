package cli_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/sandbox"
)

// runRazebulk runs the program against an API, in a directory, and returns what it wrote and its exit code.
func runRazebulk(t *testing.T, api http.Handler, directory string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	server := httptest.NewServer(api)
	defer server.Close()
	path, err := exec.LookPath("razebulk")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = directory
	cmd.Env = append(os.Environ(), "GETRAZE_BASE_URL="+server.URL, "GETRAZE_API_KEY="+sandbox.DefaultKey)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), said.String(), cmd.ProcessState.ExitCode()
}

// deals returns n opportunities in the order of their creation.
func deals(n int) []sandbox.Opportunity {
	all := []sandbox.Opportunity{}
	for i := range n {
		all = append(all, sandbox.Opportunity{
			ID: fmt.Sprintf("%06dab-3bc8-4820-b65f-89a69d7babe4", i), Name: fmt.Sprint("Deal ", i), Notes: fmt.Sprint("Note ", i),
			Status: "new", CreatedAt: time.Unix(int64(i), 0),
		})
	}
	return all
}

// columnOf returns the values of a column of a sheet.
func columnOf(t *testing.T, sheet, name string) []string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(sheet)).ReadAll()
	if err != nil || len(records) == 0 {
		t.Fatalf("%v: %q", err, sheet)
	}
	at := slices.Index(records[0], name)
	if at < 0 {
		t.Fatalf("no column %s: %q", name, records[0])
	}
	values := []string{}
	for _, record := range records[1:] {
		values = append(values, record[at])
	}
	return values
}

func names(from, to int) []string {
	all := []string{}
	for i := from; i < to; i++ {
		all = append(all, fmt.Sprint("Deal ", i))
	}
	return all
}

// oddDeals returns opportunities with values that a sheet could corrupt.
func oddDeals() []sandbox.Opportunity {
	texts := []string{
		`=HYPERLINK("http://example.com","x")`, "+1+1", "-lápis", "@home", "'=quoted", "''-twice", "'tis", "a,b;c|d\te",
		"two\nlines\n", "dos\r\nlines", "e\u0301", "\u200bzero", `say "so"`, `"quoted"`, "#1 of 3", "007", "1.234", "1,5", "é ü ã", "sep=;", "id", " in blanks ", "=", "-5", "+5511977008229",
	}
	amounts := []json.Number{"-0.01", "-1234567.89", "1.234", "0.125", "1234", "1e3", "", "0", "37540.02", "12345678901234.5"}
	odd := deals(len(texts))
	for i, text := range texts {
		odd[i].Name, odd[i].Company, odd[i].Notes, odd[i].Position, odd[i].Phone = text, text, text, text, text
		odd[i].DealValue = amounts[i%len(amounts)]
	}
	return append(odd, sandbox.Opportunity{ID: "265e24ec-3bc8-4820-b65f-89a69d7babe4", Status: "lost", Name: "nothing else", CreatedAt: time.Unix(1e9, 0)})
}

func TestAnUpdateOfAnExportChangesNothing(t *testing.T) {
	for _, seen := range []bool{false, true} {
		for _, form := range []string{"excel-br", "excel-us", "sheets"} {
			if testing.Short() && form != "excel-br" {
				continue
			}
			t.Run(fmt.Sprintf("%s, as seen %t", form, seen), func(t *testing.T) {
				directory := t.TempDir()
				api := sandbox.New(sandbox.Options{Seen: seen, Opportunities: oddDeals(), Record: true})
				_, said, code := runRazebulk(t, api, directory, "export", "--notes", "--rate", "0", "--for", form, "--out", "deals.csv")
				if code != 0 {
					t.Fatalf("export: exit %d: %s", code, said)
				}
				_, said, code = runRazebulk(t, api, directory, "update", "--dry-run", "--compare", "--rate", "0", "deals.csv")
				if want := fmt.Sprintf("%d rows, 0 requests to", len(oddDeals())); code != 0 || !strings.Contains(said, want) {
					plan, _ := os.ReadFile(filepath.Join(directory, "deals.plan.csv"))
					t.Errorf("update: exit %d: %s\n%s", code, said, plan)
				}
				for _, r := range api.Requests() {
					if r.Method != http.MethodGet {
						t.Errorf("%s %s", r.Method, r.Path)
					}
				}
			})
		}
	}
}

func TestExportReadsEveryPageInOrder(t *testing.T) { inDialects(t, exportReadsEveryPageInOrder) }

func exportReadsEveryPageInOrder(t *testing.T, dialect sandbox.Dialect) {
	api := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: deals(350), Record: true})
	sheet, said, code := runRazebulk(t, api, t.TempDir(), "export", "--rate", "0")
	if diff := cmp.Diff(names(0, 350), columnOf(t, sheet, "name")); diff != "" || code != 0 || len(api.Requests()) != 4 {
		t.Errorf("exit %d after %d requests: %s\n%s", code, len(api.Requests()), said, diff)
	}
}

func TestExportOfASheetTakesTheFewestRequests(t *testing.T) {
	for _, tt := range []struct {
		name     string
		ids      []int
		seen     bool
		notes    bool
		requests int
	}{
		{"all on the first page", []int{99, 0, 50}, false, false, 1},
		{"few on other pages", []int{0, 340, 120}, false, false, 3},
		{"many on other pages", []int{340, 330, 320, 310, 0}, false, false, 4},
		{"the list has no notes", []int{0, 1, 340, 330, 320}, false, true, 6},
		{"the list has notes", []int{340, 330, 320, 310, 0}, true, true, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			directory := t.TempDir()
			all := deals(350)
			ids, want := "id\n", []string{}
			for n, i := range tt.ids {
				if id := all[i].ID; n == 0 { // the list has it in lower case
					ids += strings.ToUpper(id) + "\n"
				} else {
					ids += id + "\n"
				}
				want = append(want, all[i].Name)
			}
			if err := os.WriteFile(filepath.Join(directory, "ids.csv"), []byte(ids), 0o600); err != nil {
				t.Fatal(err)
			}
			api := sandbox.New(sandbox.Options{Seen: tt.seen, Opportunities: all, Record: true})
			args := []string{"export", "--rate", "0", "--ids-from", "ids.csv"}
			if tt.notes {
				args = append(args, "--notes")
			}
			sheet, said, code := runRazebulk(t, api, directory, args...)
			if diff := cmp.Diff(want, columnOf(t, sheet, "name")); diff != "" || code != 0 || len(api.Requests()) != tt.requests {
				t.Errorf("exit %d after %d requests, want %d: %s\n%s", code, len(api.Requests()), tt.requests, said, diff)
			}
		})
	}
}

// movingList serves the first page from one account and all later ones from another, as if opportunities had been
// added or deleted in between.
type movingList struct {
	first, then http.Handler
	moved       atomic.Bool
}

func (m *movingList) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if m.moved.Swap(true) {
		m.then.ServeHTTP(w, r)
	} else {
		m.first.ServeHTTP(w, r)
	}
}

func TestAListThatMovesWhileItIsRead(t *testing.T) {
	t.Parallel()
	inDialects(t, aListThatMovesWhileItIsRead)
}

func aListThatMovesWhileItIsRead(t *testing.T, dialect sandbox.Dialect) {
	all := deals(250)
	account := func(held []sandbox.Opportunity) http.Handler {
		return sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: held})
	}
	sheet, said, code := runRazebulk(t, &movingList{first: account(all[1:]), then: account(all)}, t.TempDir(), "export", "--rate", "0")
	if diff := cmp.Diff(append(names(1, 250), "Deal 0"), columnOf(t, sheet, "name")); diff != "" || code != 0 || strings.Contains(said, "warning") {
		t.Errorf("one more: exit %d: %s\n%s", code, said, diff)
	}
	sheet, said, code = runRazebulk(t, &movingList{first: account(all), then: account(all[1:])}, t.TempDir(), "export", "--rate", "0")
	if rows := columnOf(t, sheet, "name"); len(rows) != 250 || !slices.Contains(rows, "Deal 100") || code != 0 || strings.Contains(said, "warning") {
		t.Errorf("one less: exit %d after %d rows: %s", code, len(rows), said)
	}
}

// unfiltered is a service that ignores the status filter.
type unfiltered struct{ http.Handler }

func (u unfiltered) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	query.Del("status")
	r.URL.RawQuery = query.Encode()
	u.Handler.ServeHTTP(w, r)
}

func TestAFilterThatTheServiceIgnores(t *testing.T) {
	held := deals(3)
	held[1].Status = "won"
	sheet, said, _ := runRazebulk(t, unfiltered{sandbox.New(sandbox.Options{Opportunities: held})}, t.TempDir(), "export", "--status", "won")
	if diff := cmp.Diff([]string{"Deal 1"}, columnOf(t, sheet, "name")); diff != "" || !strings.Contains(said, "the service does not filter by status: 2 opportunities left out here") {
		t.Errorf("%s\n%s", said, diff)
	}
}

func TestWhatTheAnswersLeaveOutIsTold(t *testing.T) {
	held := deals(3)
	api := sandbox.New(sandbox.Options{Opportunities: held})
	odd := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		if api.ServeHTTP(answer, r); strings.HasSuffix(r.URL.Path, held[1].ID) {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		text := strings.ReplaceAll(answer.Body.String(), `"phone"`, `"telephone"`)
		if strings.HasSuffix(r.URL.Path, held[2].ID) { // it has just been renamed
			text = strings.ReplaceAll(text, "Deal 2", "Newer")
		}
		_, _ = w.Write([]byte(text))
	})
	sheet, said, code := runRazebulk(t, odd, t.TempDir(), "export", "--notes", "--retries", "0", "--rate", "0")
	if diff := cmp.Diff([]string{"Note 0", "", "Note 2"}, columnOf(t, sheet, "notes")); diff != "" || code != 1 {
		t.Errorf("exit %d: %s\n%s", code, said, diff)
	}
	if diff := cmp.Diff([]string{"Deal 0", "Deal 1", "Newer"}, columnOf(t, sheet, "name")); diff != "" {
		t.Error(diff)
	}
	for _, part := range []string{"do not report phone for 3 rows", `the notes of "` + held[1].ID + `" could not be read and are left empty: SERVER_ERROR`, "1 opportunity could not be read"} {
		if !strings.Contains(said, part) {
			t.Errorf("stderr lacks %q:\n%s", part, said)
		}
	}
}
