// Package settings gives the flags of a command their values from files and the environment, and has the commands that
// show them.
package settings

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/config"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Names of the flags that say which settings count.
const (
	fileFlag    = "config"
	profileFlag = "profile"
)

// OneRun are the flags that decide about one run: what it overwrites, whether it asks, and whether it sends at all.
// They are never taken from a file that nobody has named.
var OneRun = []string{"dry-run", "force", "restart", "sandbox", "yes"}

// Sheet are the flags that say how a sheet is read.
var Sheet = []string{
	"map", "ignore-columns", "sheet", "header-row", "decimal", "delimiter", "encoding", "empty-words", "clear-marker",
}

// Define adds the flags that say which settings count.
func Define(flags *pflag.FlagSet) {
	flags.String(fileFlag, "", "read settings from `FILE` (YAML), on top of your own")
	flags.String(profileFlag, "", "also use the settings of the profile `NAME`")
}

// UserFile is the file that is always read if it is there; "" if this system has no place for it.
func UserFile() string {
	folder, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "razebulk", "config.yaml")
}

// Known are the flags that a setting may be for: those of all commands. Those of the sandbox come last: where another
// command has the same one, that one counts.
func Known(root *cobra.Command) *pflag.FlagSet {
	known := pflag.NewFlagSet("settings", pflag.ContinueOnError)
	for _, cmd := range commandsOf(root) {
		cmd.Flags().VisitAll(func(flag *pflag.Flag) {
			if !isSetting(flag.Name) || known.Lookup(flag.Name) != nil {
				return
			}
			known.AddFlag(flag)
			if cmd.Name() == sandbox {
				_ = known.SetAnnotation(flag.Name, sandbox, nil) // it is there
			}
		})
	}
	return known
}

// sandbox is a command, and the annotation of the flags that it alone has.
const sandbox = "sandbox"

// commandsOf are a command and all below it, the sandbox last.
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

// isOfSandbox tells of a flag that decides about nothing but the sandbox.
func isOfSandbox(flag *pflag.Flag) bool { _, is := flag.Annotations[sandbox]; return is }

// isSetting tells whether a flag can be set but by the command line.
func isSetting(name string) bool {
	return !slices.Contains([]string{fileFlag, profileFlag, "help", "version", "save"}, name)
}

// Apply gives the flags of the command their values. Known are flags that nothing has set yet. An undo file is a sheet
// of this program's own: what settings say of the form of sheets is not about it.
func Apply(cmd *cobra.Command, args []string, known *pflag.FlagSet) (*config.Settings, error) {
	s, err := config.Load(config.Options{
		User: UserFile(), Named: asked(cmd, fileFlag), Profile: asked(cmd, profileFlag), Environ: os.Environ(), Known: known,
		Aside:  []string{config.Variable(fileFlag), config.Variable(profileFlag), apikey.OwnVariable},
		OneRun: OneRun, Aliases: map[string]string{"base-url": "GETRAZE_BASE_URL"}, Expects: usage.Expects,
	})
	if err != nil {
		return nil, err
	}
	if len(args) == 1 && cmd.Flags().Lookup("map") != nil && isUndoFile(args[0]) {
		s.Drop(Sheet...)
	}
	return s, s.Apply(cmd.Flags())
}

// isUndoFile tells whether the first line of a file has the column that makes it an undo file.
func isUndoFile(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	file, err := os.Open(path)
	if err != nil {
		return false // whoever reads it says so
	}
	defer file.Close()
	start := make([]byte, 64<<10)
	n, _ := io.ReadFull(file, start)
	first, _, _ := bytes.Cut(start[:n], []byte("\n"))
	return bytes.Contains(first, []byte(crm.UndoColumn))
}

// asked is the value of a flag or of its variable.
func asked(cmd *cobra.Command, name string) string {
	flag := cmd.Flags().Lookup(name)
	if flag.Changed {
		return flag.Value.String()
	}
	return os.Getenv(config.Variable(name))
}

// Empty are warnings of flags that the command line gives an empty value, as of a variable that a script lacks. An
// export would be of more than was asked for then, and refuses it; so do flags that take a mapping.
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

// InForce are notes about what decides about the run without standing on the command line.
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
