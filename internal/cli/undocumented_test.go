package cli_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"razebulk/internal/sandbox"
)

// TestAListThatCannotBeReadEndsWithItsMember: the service is not usable, and no part of a list is taken for the whole.
func TestAListThatCannotBeReadEndsWithItsMember(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for retries")
	}
	t.Parallel()
	for _, c := range []struct{ old, other, says string }{
		{`"pagination":`, `"pages":`, "has no data.pagination"},
		{`"total":3`, `"total":-1`, `data.pagination.total is "-1"`},
	} {
		api := sandbox.New(sandbox.Options{Opportunities: deals(3)})
		served := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			api.ServeHTTP(answer, r)
			for name, values := range answer.Header() {
				if name != "Content-Length" {
					w.Header()[name] = values
				}
			}
			w.WriteHeader(answer.Code)
			_, _ = io.WriteString(w, strings.ReplaceAll(answer.Body.String(), c.old, c.other))
		})
		directory := t.TempDir()
		if err := os.WriteFile(filepath.Join(directory, "deals.csv"), []byte("email,notes\nana@example.com,new\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"export", "--retries", "1", "--out", "out.csv"},
			{"update", "--retries", "1", "--match", "email", "--dry-run", "deals.csv"},
		} {
			_, said, code := runRazebulk(t, served, directory, args...)
			if code != 3 || !strings.Contains(said, c.says) || strings.Contains(said, "is failing") {
				t.Errorf("%v: exit code %d: %s", args, code, said)
			}
		}
		if _, err := os.Stat(filepath.Join(directory, "out.csv")); err == nil {
			t.Error("an incomplete export was written")
		}
	}
}

// TestACheckShowsNoResetThatNoClockHas, but what is left of the quota.
func TestACheckShowsNoResetThatNoClockHas(t *testing.T) {
	for reset, shows := range map[string]bool{"9223372036854775807": false, "600": true} {
		api := sandbox.New(sandbox.Options{Limit: 500, Opportunities: deals(1)})
		served := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			api.ServeHTTP(answer, r)
			maps.Copy(w.Header(), answer.Header())
			w.Header().Set("X-RateLimit-Reset", reset)
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
		})
		out, said, code := runRazebulk(t, served, t.TempDir(), "check")
		if code != 0 || !strings.Contains(out, "500 requests an hour, 499 left") || strings.Contains(out, " until ") != shows {
			t.Errorf("exit code %d: %s%s", code, out, said)
		}
	}
}

// TestAListWhosePagesAreAllTheFirstIsIncomplete, even if each answer repeats the number that was asked for.
func TestAListWhosePagesAreAllTheFirstIsIncomplete(t *testing.T) {
	t.Parallel()
	api := sandbox.New(sandbox.Options{Opportunities: deals(250)})
	served := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		asked := query.Get("page")
		query.Set("page", "1")
		r.URL.RawQuery = query.Encode()
		answer := httptest.NewRecorder()
		api.ServeHTTP(answer, r)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, strings.Replace(answer.Body.String(), `"page":1`, `"page":`+asked, 1))
	})
	directory := t.TempDir()
	_, said, code := runRazebulk(t, served, directory, "export", "--rate", "0", "--out", "out.csv")
	if code != 3 || !strings.Contains(said, "could not be found") || strings.Contains(said, "is failing") {
		t.Errorf("exit code %d: %s", code, said)
	}
	if _, err := os.Stat(filepath.Join(directory, "out.csv")); err == nil {
		t.Error("an incomplete export was written")
	}
}
