package cli_test

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSandboxServesUntilInterrupted runs the real command with the user's own opportunities and key.
func TestSandboxServesUntilInterrupted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mine.csv")
	if err := os.WriteFile(file, []byte("id,name\nmine-1,Mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("razebulk", "sandbox", "--listen", "127.0.0.1:0", "--key", "gr_live_mine", "--opportunities", file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	base := strings.TrimPrefix(strings.TrimSpace(line), "listening on ")
	for key, want := range map[string]int{"gr_live_mine": http.StatusOK, "gr_live_other": http.StatusUnauthorized} {
		if got := get(t, base+"/opportunities/mine-1", key); got != want {
			t.Errorf("GET with key %s answered %d, want %d", key, got, want)
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after an interrupt: %v, want exit 0", err)
	}
}

func get(t *testing.T, url, key string) int {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-API-Key", key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}
