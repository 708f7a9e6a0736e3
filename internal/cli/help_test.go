package cli

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"razebulk/internal/cli/internal/flagset"
)

var commands = [][]string{{}, {"update"}, {"export"}, {"columns"}, {"check"}, {"login"}, {"logout"}, {"config"}, {"config", "show"}, {"config", "schema"}, {"sandbox"}, {"version"}, {"completion"}, {"help"}}

// help returns what a command prints for --help.
func help(t *testing.T, command ...string) string {
	t.Helper()
	var out, talk bytes.Buffer
	if code := Run(append(command, "--help"), strings.NewReader(""), &out, &talk); code != 0 || talk.Len() > 0 {
		t.Fatalf("%v: exit %d, %q", command, code, talk.String())
	}
	return out.String()
}

func TestHelpFitsAnOldTerminal(t *testing.T) {
	for _, command := range commands {
		for _, line := range strings.Split(help(t, command...), "\n") {
			if width := utf8.RuneCountInString(line); width > 80 {
				t.Errorf("%v: %d columns: %q", command, width, line)
			}
		}
	}
}

func TestHelpGroupsTheFlags(t *testing.T) {
	shown := help(t, "update")
	at := 0
	for _, title := range []string{flagset.Sheet, flagset.Send, flagset.Quota, flagset.Safety, flagset.Files, flagset.Access, flagset.Output} {
		next := strings.Index(shown, "\n"+title+":\n")
		if next < at {
			t.Errorf("%s is not in its place", title)
		}
		at = next
	}
	for flag, group := range map[string]string{"--map": flagset.Sheet, "--compare": flagset.Send, "--rate": flagset.Quota, "--dry-run": flagset.Safety,
		"--undo-file": flagset.Files, "--api-key-file": flagset.Access, "--quiet": flagset.Output} {
		_, section, _ := strings.Cut(shown, "\n"+group+":\n")
		section, _, _ = strings.Cut(section, "\n\n")
		if !regexp.MustCompile(regexp.QuoteMeta(flag) + `\b`).MatchString(section) {
			t.Errorf("%s is not under %s", flag, group)
		}
	}
	if strings.Contains(shown, "--backup") {
		t.Error("--backup is shown; it is the former name of --undo-file")
	}
}
