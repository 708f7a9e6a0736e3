package cli_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"razebulk/internal/cli/internal/complete"
)

// proposed returns what the shell suggests for a command line whose last word is being typed, then the directive.
func proposed(t *testing.T, usage string, line ...string) []string {
	t.Helper()
	root := &cobra.Command{Use: "razebulk"}
	sub := &cobra.Command{Use: usage, Run: func(*cobra.Command, []string) {}}
	for _, flag := range []string{"map", "ignore-columns", "stage-map", "encoding", "for", "status", "ids-from", "state"} {
		sub.Flags().StringArray(flag, nil, "")
	}
	root.AddCommand(sub)
	complete.Define(sub)
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&bytes.Buffer{})
	root.SetArgs(append([]string{cobra.ShellCompNoDescRequestCmd, "update"}, line...))
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	shown := strings.Split(strings.TrimSpace(out.String()), "\n")
	typed := line[len(line)-1]
	return slices.DeleteFunc(shown, func(word string) bool { // shells filter by the typed prefix
		return !strings.HasPrefix(word, typed) && word[0] != ':' && !strings.HasPrefix(shown[len(shown)-1], ":8")
	})
}

func TestValuesAreProposed(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("deals.csv", []byte("id,Valor,Notas\n265e24ec-3bc8-4820-b65f-89a69d7babe4,1,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line []string
		want []string // the last one is the directive: 8 filters files by extension, 4 suggests no files, 2 adds no space
	}{
		{[]string{""}, []string{"csv", "xlsx", "xlsm", ":8"}},
		{[]string{"deals.csv", ""}, []string{":4"}},
		{[]string{"deals.csv", "--map", ""}, []string{"id=", "Valor=", "Notas=", ":6"}},
		{[]string{"deals.csv", "--map", "Valor=deal_v"}, []string{"Valor=deal_value", ":4"}},
		{[]string{"deals.csv", "--ignore-columns", "No"}, []string{"Notas", ":4"}},
		{[]string{"missing.csv", "--ignore-columns", ""}, []string{":4"}},
		{[]string{"--ignore-columns", ""}, []string{":4"}},
		{[]string{"--stage-map", "Ganho=w"}, []string{"Ganho=won", ":4"}},
		{[]string{"--encoding", "mac"}, []string{"macintosh", ":4"}},
		{[]string{"--for", "excel"}, []string{"excel-br", "excel-us", ":4"}},
		{[]string{"--status", "n"}, []string{"new", "negotiation", ":4"}},
		{[]string{"--ids-from", ""}, []string{"csv", "xlsx", "xlsm", ":8"}},
		{[]string{"--state", ""}, []string{":0"}}, // any file
	} {
		if got := proposed(t, "update [flags] FILE", c.line...); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.line, got, c.want)
		}
	}
	if got := proposed(t, "update [flags] PLAN", ""); !slices.Equal(got, []string{"csv", "xlsx", "json", ":8"}) {
		t.Errorf("a command with a plan: %q", got)
	}
	if got := proposed(t, "update [flags]", ""); got[0] != ":4" {
		t.Errorf("a command without a file: %q", got)
	}
}
