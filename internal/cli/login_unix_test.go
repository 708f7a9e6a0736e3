//go:build unix

package cli_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// echoes reports whether a terminal shows what is typed.
func echoes(t *testing.T, terminal *os.File) bool {
	t.Helper()
	stty := exec.Command("stty", "-a")
	stty.Stdin = terminal
	out, err := stty.Output()
	if err != nil {
		t.Skip("there is no stty for this terminal: ", err)
	}
	return !strings.Contains(string(out), "-echo ")
}

// TestLoginShowsNothingOfTheKey types a key, or interrupts: then the terminal shows again what is typed.
func TestLoginShowsNothingOfTheKey(t *testing.T) {
	const key = "gr_live_typed"
	path, err := exec.LookPath("razebulk")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		code int
		said string
	}{"typed": {0, "is in the keyring"}, "interrupted": {130, "interrupted"}} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(path, "login")
			side, other, err := pty.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer side.Close()
			defer other.Close()
			cmd.Stdin, cmd.Stderr = other, other
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			in := bufio.NewReader(side)
			shown, err := in.ReadString(':')
			if err != nil {
				t.Fatal(err)
			}
			for echoes(t, side) {
				if cmd.ProcessState != nil {
					t.Fatal("it has ended")
				}
			}
			if name == "typed" {
				_, err = io.WriteString(side, key+"\n")
			} else {
				err = cmd.Process.Signal(os.Interrupt)
			}
			if err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if !echoes(t, side) {
				t.Error("the terminal shows no more what is typed")
			}
			for !strings.Contains(shown, want.said) {
				more, err := in.ReadString('\n')
				if err != nil {
					break
				}
				shown += more
				if strings.Contains(shown, "razebulk") || strings.Contains(shown, want.said) {
					break
				}
			}
			if code := cmd.ProcessState.ExitCode(); code != want.code || !strings.Contains(shown, want.said) || strings.Contains(shown, key) {
				t.Errorf("exit %d, %q", code, shown)
			}
		})
	}
}
