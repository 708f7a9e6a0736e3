//go:build unix

package cli_test

import (
	"bufio"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"

	"razebulk/internal/sandbox"
)

// ctrlC is sent as the signal that a terminal makes of it: the terminal would also throw away what the program says
// just then.
const ctrlC = "\x03"

// onTerminal runs the program with a terminal for all three streams, types the answer when it is asked, and returns
// what the terminal showed and the exit code.
func onTerminal(t *testing.T, answer string, env []string, args ...string) (string, int) {
	t.Helper()
	path, err := exec.LookPath("razebulk")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), env...)
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	var shown strings.Builder
	for in := bufio.NewReader(terminal); ; {
		b, err := in.ReadByte()
		if err != nil { // the program has ended and closed its side
			break
		}
		shown.WriteByte(b)
		if strings.HasSuffix(shown.String(), "[y/N] ") {
			if answer == ctrlC {
				err = cmd.Process.Signal(os.Interrupt)
			} else {
				_, err = io.WriteString(terminal, answer)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait()
	return shown.String(), cmd.ProcessState.ExitCode()
}

func TestUpdateAsksOnATerminal(t *testing.T) {
	tests := []struct {
		name, answer string
		args         []string
		code         int
		requests     int
		want, not    string
	}{
		{"yes", "y\r", nil, 0, 1, "deals.csv to 127.0.0.1:", "nothing was sent"},
		{"no", "\r", nil, 2, 0, "not confirmed; nothing was sent", "SUCCESS"},
		{"interrupt", ctrlC, nil, 130, 0, "interrupted; nothing was sent", "SUCCESS"},
		{"told not to ask", "", []string{"--yes"}, 0, 1, "SUCCESS", "[y/N]"},
		{"dry run", "", []string{"--dry-run"}, 0, 0, "nothing was sent", "[y/N]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			api := sandbox.New(sandbox.Options{Record: true})
			server := httptest.NewServer(api)
			defer server.Close()
			file := filepath.Join(t.TempDir(), "deals.csv")
			if err := os.WriteFile(file, []byte("id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			env := []string{"GETRAZE_BASE_URL=" + server.URL, "GETRAZE_API_KEY=" + sandbox.DefaultKey}
			shown, code := onTerminal(t, tt.answer, env, append([]string{"update", file}, tt.args...)...)
			if code != tt.code || len(api.Requests()) != tt.requests {
				t.Errorf("exit %d after %d requests, want %d after %d", code, len(api.Requests()), tt.code, tt.requests)
			}
			if !strings.Contains(shown, tt.want) || strings.Contains(shown, tt.not) {
				t.Errorf("the terminal should show %q and not %q:\n%s", tt.want, tt.not, shown)
			}
		})
	}
}

func TestTheSandboxIsNotAskedAbout(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(file, []byte("id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	shown, code := onTerminal(t, "", nil, "update", "--sandbox", file)
	if code != 0 || strings.Contains(shown, "[y/N]") {
		t.Errorf("exit %d, the terminal shows\n%s", code, shown)
	}
}

func TestExportAsksBeforeItTakesARequestForEach(t *testing.T) {
	for _, tt := range []struct {
		name, answer string
		args         []string
		code         int
		requests     int
		want, not    string
	}{
		{"yes", "y\r", []string{"--notes"}, 0, 4, "Make 4 requests to 127.0.0.1:", "nothing was written"},
		{"no", "\r", []string{"--notes"}, 2, 1, "not confirmed; nothing was written", "opportunities to"},
		{"interrupt", ctrlC, []string{"--notes"}, 130, 1, "interrupted; nothing was written", "opportunities to"},
		{"told not to ask", "", []string{"--notes", "--yes"}, 0, 4, "3 opportunities to", "[y/N]"},
		{"without notes", "", nil, 0, 1, "3 opportunities to", "[y/N]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api := sandbox.New(sandbox.Options{Record: true, Opportunities: deals(3)})
			server := httptest.NewServer(api)
			defer server.Close()
			directory := t.TempDir()
			env := []string{"GETRAZE_BASE_URL=" + server.URL, "GETRAZE_API_KEY=" + sandbox.DefaultKey}
			args := append([]string{"export", "--out", filepath.Join(directory, "deals.csv")}, tt.args...)
			shown, code := onTerminal(t, tt.answer, env, args...)
			if code != tt.code || len(api.Requests()) != tt.requests {
				t.Errorf("exit %d after %d requests, want %d after %d", code, len(api.Requests()), tt.code, tt.requests)
			}
			if !strings.Contains(shown, tt.want) || strings.Contains(shown, tt.not) {
				t.Errorf("the terminal should show %q and not %q:\n%s", tt.want, tt.not, shown)
			}
			if left, _ := os.ReadDir(directory); len(left) != 1-min(tt.code, 1) {
				t.Errorf("left: %v", left)
			}
		})
	}
}
