// Package settings sets a command's flags from files and the environment, and provides the commands that show these
// settings.
package settings

import (
	"bytes"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/lang"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/config"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Names of the flags that select the settings.
const (
	fileFlag    = "config"
	profileFlag = "profile"
)

// OneRun are the flags that concern a single run only: what it overwrites, whether it asks, and whether it sends at
// all. They are never taken from a file that the user has not named.
var OneRun = []string{"dry-run", "force", "restart", "sandbox", "yes"}

// Sheet are the flags that say how a sheet is read.
var Sheet = []string{
	"map", "ignore-columns", "sheet", "header-row", "decimal", "delimiter", "encoding", "empty-words", "clear-marker",
}

// Define adds the flags that select the settings.
func Define(flags *pflag.FlagSet) {
	flags.String(fileFlag, "", "read settings from `FILE` (YAML), on top of your own")
	flags.String(profileFlag, "", "also use the settings of the profile `NAME`")
}

// Known returns the flags that a setting may be for: those of all commands. If the sandbox and another command have the
// same flag, the other command's counts.
func Known(root *cobra.Command) *pflag.FlagSet {
	known := pflag.NewFlagSet("settings", pflag.ContinueOnError)
	for _, cmd := range commandsOf(root) {
		cmd.Flags().VisitAll(func(flag *pflag.Flag) {
			if !isSetting(flag.Name) || known.Lookup(flag.Name) != nil {
				return
			}
			known.AddFlag(flag)
			if cmd.Name() == sandbox {
				_ = known.SetAnnotation(flag.Name, sandbox, nil) // it exists
			}
		})
	}
	return known
}

// sandbox is the name of a command, and the annotation of the flags that only it has.
const sandbox = "sandbox"

// commandsOf returns a command and all its subcommands, the sandbox last.
func commandsOf(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		all = append(all, commandsOf(sub)...)
	}
	slices.SortStableFunc(all, func(a, b *cobra.Command) int {
		switch ofA, ofB := a.Name() == sandbox, b.Name() == sandbox; {
		case ofA && !ofB:
			return 1
		case ofB && !ofA:
			return -1
		}
		return 0
	})
	return all
}

// isOfSandbox reports whether only the sandbox has the flag.
func isOfSandbox(flag *pflag.Flag) bool { _, is := flag.Annotations[sandbox]; return is }

// isSetting reports whether a flag can also be set outside the command line.
func isSetting(name string) bool {
	return !slices.Contains([]string{fileFlag, profileFlag, "help", "version", "save"}, name)
}

// Apply sets the flags of the command. Known are flags that are not set yet. An undo file is written by this program,
// so settings about the form of sheets don't apply to it.
func Apply(cmd *cobra.Command, args []string, known *pflag.FlagSet) (*config.Settings, error) {
	s, err := config.Load(config.Options{
		User: config.OwnFile(), Named: asked(cmd, fileFlag), Profile: asked(cmd, profileFlag), Environ: os.Environ(), Known: known,
		Aside:  []string{config.Variable(fileFlag), config.Variable(profileFlag), apikey.OwnVariable},
		OneRun: OneRun, Aliases: map[string]string{"base-url": "GETRAZE_BASE_URL"}, Expects: usage.Expects,
	})
	if err != nil {
		return nil, err
	}
	if len(args) == 1 && cmd.Flags().Lookup("map") != nil && isUndoFile(args[0]) {
		s.Drop(Sheet...)
	}
	if err := s.Apply(cmd.Flags()); err != nil {
		return s, err
	}
	lang.SkipFiles(cmd)
	return s, nil
}

// isUndoFile reports whether the first line of a file has the column that makes it an undo file.
func isUndoFile(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	file, err := os.Open(path)
	if err != nil {
		return false // reading it later reports the error
	}
	defer file.Close()
	start := make([]byte, 64<<10)
	n, _ := io.ReadFull(file, start)
	first, _, _ := bytes.Cut(start[:n], []byte("\n"))
	return bytes.Contains(first, []byte(crm.UndoColumn))
}

// asked returns the value of a flag or of its variable.
func asked(cmd *cobra.Command, name string) string {
	flag := cmd.Flags().Lookup(name)
	if flag.Changed {
		return flag.Value.String()
	}
	return os.Getenv(config.Variable(name))
}

// Empty returns warnings about flags with an empty value on the command line, such as an unset variable of a script.
// An export refuses such flags instead, as it would export more than was asked for; so do flags that take a mapping.
func Empty(cmd *cobra.Command, s *config.Settings) []reason.Reason {
	var warnings []reason.Reason
	if cmd.Name() == "export" {
		return nil
	}
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if !s.Applied(flag.Name) && flag.Value.Type() != "stringArray" && strings.Trim(flag.Value.String(), "[]") == "" {
			warnings = append(warnings, reason.New("flag_says_nothing", "flag", "--"+flag.Name))
		}
	})
	return warnings
}

// InForce returns notes about settings that affect the run without being on the command line.
func InForce(cmd *cobra.Command, s *config.Settings) []reason.Reason {
	var notes []reason.Reason
	for _, name := range OneRun {
		flag := cmd.Flags().Lookup(name)
		if flag != nil && s.Applied(name) && flag.Value.String() == "true" {
			notes = append(notes, reason.New("setting_in_force", "key", name, "from", s.Source(name).String()))
		}
	}
	return notes
}
