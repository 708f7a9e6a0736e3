//go:build unix

package cli_test

import (
	"bufio"
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

// TestATerminalShowsThatASheetIsRead provides the sheet only when the terminal shows that the program waits for it.
func TestATerminalShowsThatASheetIsRead(t *testing.T) {
	server := httptest.NewServer(sandbox.New(sandbox.Options{}))
	defer server.Close()
	for _, c := range []struct {
		args []string
		then string // what the terminal also shows
	}{
		{[]string{"update", "--dry-run"}, "planning deals.csv · "},
		{[]string{"columns"}, "notes"},
		{[]string{"export", "--out", "out.csv", "--ids-from"}, "out.csv"},
	} {
		t.Run(c.args[0], func(t *testing.T) {
			if shown := onTerminalWithLateSheet(t, server.URL, append(c.args, "deals.csv")...); !strings.Contains(shown, c.then) {
				t.Errorf("the terminal shows %q", shown)
			}
		})
	}
}

// onTerminalWithLateSheet runs a command on a terminal, and provides the sheet deals.csv when the terminal shows that
// it is being read.
func onTerminalWithLateSheet(t *testing.T, url string, args ...string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := syscall.Mkfifo("deals.csv", 0o600); err != nil {
		t.Fatal(err)
	}
	path, err := exec.LookPath("razebulk")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), "GETRAZE_BASE_URL="+url, "GETRAZE_API_KEY="+sandbox.DefaultKey)
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	var shown strings.Builder
	given := false
	for in := bufio.NewReader(terminal); ; {
		b, err := in.ReadByte()
		if err != nil {
			break
		}
		if shown.WriteByte(b); !given && strings.HasSuffix(shown.String(), "reading deals.csv") {
			given = true
			if err := os.WriteFile("deals.csv", []byte("id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err != nil || !given {
		t.Errorf("%v, the terminal shows %q", err, shown.String())
	}
	return shown.String()
}

func TestQuietShowsNoReading(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(file, []byte("id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if shown, code := onTerminal(t, "", nil, "update", "--sandbox", "--quiet", file); code != 0 || shown != "" {
		t.Errorf("exit %d, the terminal shows %q", code, shown)
	}
}
