package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"razebulk/internal/cli"
)

// TestManual builds and runs contrib/manual.
func TestManual(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a program")
	}
	folder := t.TempDir()
	if out, err := exec.Command("go", "run", "./contrib/manual", folder).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Run("every command has a page with its flags", func(t *testing.T) { everyCommandHasAPageWithItsFlags(t, folder) })
	t.Run("the table of exit codes keeps its lines", func(t *testing.T) { theTableOfExitCodesKeepsItsLines(t, folder) })
}

func everyCommandHasAPageWithItsFlags(t *testing.T, folder string) {
	for _, cmd := range cli.Command().Commands() {
		page := filepath.Join(folder, "man", strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if cmd.Name() == "update" && !strings.Contains(string(text), "<clear>") {
			t.Errorf("%s lacks what stands in angle brackets", page)
		}
		cmd.Flags().VisitAll(func(flag *pflag.Flag) {
			if name := strings.ReplaceAll("--"+flag.Name, "-", `\-`); !strings.Contains(string(text), name) && !strings.Contains(string(text), "--"+flag.Name) {
				t.Errorf("%s lacks --%s", page, flag.Name)
			}
		})
	}
	for _, name := range []string{"razebulk.bash", "_razebulk", "razebulk.fish", "razebulk.ps1"} {
		if text, err := os.ReadFile(filepath.Join(folder, "completion", name)); err != nil || !strings.Contains(string(text), "razebulk") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func theTableOfExitCodesKeepsItsLines(t *testing.T, folder string) {
	man, err := exec.LookPath("man")
	if err != nil {
		t.Skip("there is no man to show a page with")
	}
	show := exec.Command(man, "-P", "cat", "-l", filepath.Join(folder, "man", "razebulk-update.1"))
	show.Env = append(os.Environ(), "MANWIDTH=100", "LC_ALL=C")
	shown, err := show.Output()
	if err != nil {
		t.Skip("this man shows no page by its file:", err)
	}
	lines := strings.Split(string(shown), "\n")
	for _, start := range []string{"5    another run is using the files", "130  interrupted; can be resumed"} {
		found := false
		for _, line := range lines {
			found = found || strings.HasPrefix(strings.TrimSpace(line), start)
		}
		if !found {
			t.Errorf("no line begins with %q:\n%s", start, shown)
		}
	}
}
