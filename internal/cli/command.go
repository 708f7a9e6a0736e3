package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/batch"
	"razebulk/internal/cli/internal/lang"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// command is a command as the user typed it, and what has come of it. It is used to suggest the next command.
type command struct {
	cmd     *cobra.Command
	file    string // the sheet
	keyFrom string // where the API key came from, once that is known

	reviewed bool // the sheet has reviewed changes, as one made from a plan has
	stage    bool // the plan that is applied sets stages

	sent             update.Summary // by an update
	survey           batch.Survey   // of a dry run
	plan             string         // the file that a dry run has written
	written, missing int            // opportunities, by an export
}

// words returns texts that name only flags that the command has.
func (c *command) words() *words.Words {
	return words.For(func(flag string) bool { return c.cmd.Flags().Lookup(flag) != nil }).In(lang.Of(c.cmd))
}

// resume returns the command that resumes the run: the same command with --resume, without some flags.
func (c *command) resume(without ...string) string {
	return commandLine(c.cmd.Name(), []string{"--resume"}, c.given(func(name string) bool {
		return !slices.Contains([]string{"resume", "restart", "first", "yes"}, name) && !slices.Contains(without, name)
	}), c.file)
}

// undo returns the command that undoes the run with this file.
func (c *command) undo(file string) string {
	kept := []string{"stage", "state", "config", "profile", "base-url", "api-key-file", "api-key-command", "sandbox"}
	needed := []string{"--compare"}
	if c.stage {
		needed = append(needed, "--stage")
	}
	return commandLine("update", needed, c.given(func(name string) bool { return slices.Contains(kept, name) }), file)
}

// shaping are the flags without which the file of failed rows would be read differently from the sheet, or fail a check
// that the sheet was exempt from.
var shaping = []string{
	"config", "profile", "encoding", "decimal", "header-row", "map", "ignore-columns", "clear-marker", "empty-words", "stage", "stage-map", "owner-map",
	"ignore-unstored", "only-blank", "append", "match", "match-open",
}

// again returns the command that sends the failed rows again; "" if it needs nothing but the file's name.
func (c *command) again(failed string) string {
	given := c.given(func(name string) bool { return slices.Contains(shaping, name) })
	var needed []string
	if c.reviewed || slices.Contains(given, "--only-blank") || slices.Contains(given, "--append") {
		needed = append(needed, "--compare")
	}
	if c.stage {
		needed = append(needed, "--stage")
	}
	if len(needed)+len(given) == 0 {
		return ""
	}
	return commandLine("update", needed, given, failed)
}

// given returns the flags that the user gave and that are wanted, as words of a command line.
func (c *command) given(wanted func(name string) bool) []string {
	var line []string
	c.cmd.Flags().Visit(func(flag *pflag.Flag) {
		if wanted(flag.Name) {
			line = append(line, givenAs(flag)...)
		}
	})
	return line
}

func givenAs(flag *pflag.Flag) []string {
	name, text := "--"+flag.Name, flag.Value.String()
	list, isList := flag.Value.(pflag.SliceValue)
	switch {
	case flag.Value.Type() == "bool":
		if on, err := strconv.ParseBool(text); err == nil && !on {
			return []string{name + "=false"}
		}
		return []string{name}
	case flag.Value.Type() == "stringArray":
		var line []string
		for _, one := range list.GetSlice() {
			line = append(line, name, one)
		}
		return line
	case isList:
		return []string{name, text[1 : len(text)-1]} // pflag shows a list in brackets
	}
	return []string{name, text}
}

// commandLine returns a command of this program, quoted for a shell.
func commandLine(command string, flags, given []string, file string) string {
	line := slices.Concat([]string{"razebulk", command}, flags, given, []string{file})
	for i, word := range line {
		line[i] = usage.Word(word)
	}
	return strings.Join(line, " ")
}
