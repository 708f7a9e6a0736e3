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
	"syscall"
	"testing"

	"github.com/creack/pty"

	"razebulk/internal/sandbox"
)

// ctrlC is sent as the signal that a terminal turns it into: a terminal would also discard the program's pending
// output.
const ctrlC = "\x03"

// onTerminal runs the program with a terminal for all three streams, types the answer when asked, and returns what
// the terminal showed and the exit code.
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
		if strings.HasSuffix(shown.String(), "[y/N] ") || strings.HasSuffix(shown.String(), "[s/N] ") {
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

func TestUpdateAsksOnATerminal(t *testing.T) { inDialects(t, updateAsksOnATerminal) }

func updateAsksOnATerminal(t *testing.T, dialect sandbox.Dialect) {
	tests := []struct {
		name, answer string
		args         []string
		code         int
		requests     int
		want, not    string
	}{
		{"yes", "y\r", nil, 0, 1, "deals.csv to 127.0.0.1:", "nothing was sent"},
		{"no", "\r", nil, 2, 0, "not confirmed; nothing was sent", "SUCCESS"},
		{"yes, in Portuguese", "s\r", []string{"--lang", "pt-BR"}, 0, 1, "Enviar 1 atualização de ", "nada foi enviado"},
		{"no, in Portuguese", "n\r", []string{"--lang", "pt-BR"}, 2, 0, "[s/N] n\r\nrazebulk: não confirmado; nada foi enviado", "SUCCESS"},
		{"interrupt", ctrlC, nil, 130, 0, "[y/N] \r\nrazebulk: interrupted; nothing was sent", "SUCCESS"},
		{"told not to ask", "", []string{"--yes"}, 0, 1, "SUCCESS", "[y/N]"},
		{"dry run", "", []string{"--dry-run"}, 0, 0, "nothing was sent", "[y/N]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			api := sandbox.New(sandbox.Options{Dialect: dialect, Record: true})
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
	t.Parallel()
	inDialects(t, exportAsksBeforeItTakesARequestForEach)
}

func exportAsksBeforeItTakesARequestForEach(t *testing.T, dialect sandbox.Dialect) {
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
		if dialect == sandbox.Observed { // its list has the notes
			if len(tt.answer) > 0 {
				tt.want, tt.not = "3 opportunities to", "[y/N]"
			}
			tt.code, tt.requests = 0, 1
		}
		t.Run(tt.name, func(t *testing.T) {
			api := sandbox.New(sandbox.Options{Dialect: dialect, Record: true, Opportunities: deals(3)})
			server := httptest.NewServer(api)
			defer server.Close()
			directory := t.TempDir()
			env := []string{"GETRAZE_BASE_URL=" + server.URL, "GETRAZE_API_KEY=" + sandbox.DefaultKey}
			args := append([]string{"export", "--rate", "0", "--out", filepath.Join(directory, "deals.csv")}, tt.args...)
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

// withTerminal runs the program with a controlling terminal and some redirected streams, and answers the question on
// the terminal. It returns what the terminal showed and the exit code.
func withTerminal(t *testing.T, answer string, redirect func(cmd *exec.Cmd, terminal *os.File), args ...string) (shown string, code int) {
	t.Helper()
	path, err := exec.LookPath("razebulk")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	master, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = terminal, terminal, terminal
	redirect(cmd, terminal)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 1} // standard output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = terminal.Close()
	var text strings.Builder
	for in := bufio.NewReader(master); ; {
		b, err := in.ReadByte()
		if err != nil {
			break
		}
		text.WriteByte(b)
		if strings.HasSuffix(text.String(), "[y/N] ") {
			if _, err := io.WriteString(master, answer); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait()
	return text.String(), cmd.ProcessState.ExitCode()
}

func TestAQuestionIsAskedOnTheTerminalWhateverIsRedirected(t *testing.T) {
	inDialects(t, aQuestionIsAskedOnTheTerminalWhateverIsRedirected)
}

func aQuestionIsAskedOnTheTerminalWhateverIsRedirected(t *testing.T, dialect sandbox.Dialect) {
	sheet := "id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"
	for _, tt := range []struct {
		name     string
		redirect func(t *testing.T, cmd *exec.Cmd)
		piped    bool
	}{
		{"stderr in a file", func(t *testing.T, cmd *exec.Cmd) { cmd.Stderr = tempFile(t) }, false},
		{"the sheet from a pipe", func(_ *testing.T, cmd *exec.Cmd) { cmd.Stdin = strings.NewReader(sheet) }, true},
		{"both", func(t *testing.T, cmd *exec.Cmd) { cmd.Stdin, cmd.Stderr = strings.NewReader(sheet), tempFile(t) }, true},
	} {
		for answer, code := range map[string]int{"y\r": 0, "n\r": 2} {
			t.Run(tt.name+" "+answer[:1], func(t *testing.T) {
				api := sandbox.New(sandbox.Options{Dialect: dialect, Record: true})
				server := httptest.NewServer(api)
				defer server.Close()
				t.Setenv("GETRAZE_BASE_URL", server.URL)
				t.Setenv("GETRAZE_API_KEY", sandbox.DefaultKey)
				folder := t.TempDir()
				file := filepath.Join(folder, "deals.csv")
				if err := os.WriteFile(file, []byte(sheet), 0o600); err != nil {
					t.Fatal(err)
				}
				args := []string{"update", file}
				if tt.piped {
					args = []string{"update", "--results", filepath.Join(folder, "r.csv"), "-"}
				}
				shown, got := withTerminal(t, answer, func(cmd *exec.Cmd, _ *os.File) { tt.redirect(t, cmd) }, args...)
				if got != code || len(api.Requests()) != 1-code/2 || !strings.Contains(shown, "Send 1 update from ") {
					t.Errorf("exit %d after %d requests; the terminal shows %q", got, len(api.Requests()), shown)
				}
			})
		}
	}
}

func tempFile(t *testing.T) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestADumbTerminalGetsNoEscapeSequences(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(file, []byte("id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for term, wanted := range map[string]bool{"dumb": false, "xterm": true} {
		shown, code := onTerminal(t, "", []string{"TERM=" + term}, "update", "--sandbox", "--compare", "--dry-run", file)
		if code != 0 || strings.Contains(shown, "\x1b[") != wanted {
			t.Errorf("%s: exit %d, the terminal shows %q", term, code, shown)
		}
	}
}

// TestWithoutATerminalToAskOnNothingIsSent provides a keyboard to answer on, but no terminal to show the question.
func TestWithoutATerminalToAskOnNothingIsSent(t *testing.T) {
	inDialects(t, withoutATerminalToAskOnNothingIsSent)
}

func withoutATerminalToAskOnNothingIsSent(t *testing.T, dialect sandbox.Dialect) {
	api := sandbox.New(sandbox.Options{Dialect: dialect, Record: true})
	server := httptest.NewServer(api)
	defer server.Close()
	t.Setenv("GETRAZE_BASE_URL", server.URL)
	t.Setenv("GETRAZE_API_KEY", sandbox.DefaultKey)
	file := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(file, []byte("id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path, err := exec.LookPath("razebulk")
	if err != nil {
		t.Fatal(err)
	}
	master, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer terminal.Close()
	var said strings.Builder
	for i, args := range [][]string{{"update", file}, {"update", "--yes", file}} {
		said.Reset()
		cmd := exec.Command(path, args...)
		cmd.Stdin, cmd.Stderr = terminal, &said
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // no controlling terminal
		_ = cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != 2-2*i || len(api.Requests()) != i {
			t.Errorf("%q: exit %d after %d requests: %s", args, code, len(api.Requests()), said.String())
		}
		if i == 0 && !strings.Contains(said.String(), "there is no terminal to ask on; --yes skips the question; nothing was sent") {
			t.Errorf("says %s", said.String())
		}
	}
}
