// Package usage explains what is wrong with a command line. The user sees no text of the libraries that parse it.
package usage

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// OneFile requires the name of one file after a command.
func OneFile(cmd *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return reason.New("no_file_named", "usage", cmd.UseLine())
	case 1:
		return nil
	}
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = strconv.Quote(arg)
	}
	return reason.New("one_file", "files", quoted)
}

// Nothing requires that only flags follow a command.
func Nothing(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.Flags().Lookup("ids-from") != nil:
		return reason.New("takes_no_file", "command", cmd.Name(), "argument", args[0], "usage", cmd.CommandPath()+" --ids-from "+Word(args[0]))
	}
	return reason.New("takes_only_flags", "command", cmd.Name(), "argument", args[0])
}

// Flag explains the error of a flag.
func Flag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var alone *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var malformed *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return unknownShort(cmd, unknown.GetSpecifiedShortnames())
	case errors.As(err, &unknown):
		return unknownLong(cmd, unknown.GetSpecifiedName())
	case errors.As(err, &alone):
		return reason.New("flag_value_missing", "flag", "--"+alone.GetFlag().Name, "example", example(alone.GetFlag()))
	case errors.As(err, &invalid):
		return invalidValue(invalid)
	case errors.As(err, &malformed):
		return reason.New("flag_malformed", "argument", malformed.GetSpecifiedFlag(), "command", cmd.CommandPath())
	}
	return err
}

func unknownLong(cmd *cobra.Command, name string) error {
	if other := commandWith(name, cmd); other != nil {
		return reason.New("flag_of_command", "flag", "--"+name, "other", other.CommandPath(), "command", cmd.CommandPath())
	}
	near := words.Nearest(name, flagNames(cmd))
	if near != "" {
		near = "--" + near
	}
	return unknownFlag(cmd, "--"+name, near)
}

// commandWith returns another command that has the flag: of several, the one with the most flags; nil for none.
func commandWith(flag string, but *cobra.Command) (found *cobra.Command) {
	for _, other := range but.Root().Commands() {
		has := other != but && other.Flags().Lookup(flag) != nil
		if has && (found == nil || len(flagNames(other)) > len(flagNames(found))) {
			found = other
		}
	}
	return found
}

// unknownShort explains an unknown short flag, which may be a long flag with one hyphen, or the name of a file.
func unknownShort(cmd *cobra.Command, letters string) error {
	given := "-" + letters
	name, _, _ := strings.Cut(letters, "=")
	switch {
	case len(name) > 1 && cmd.Flags().Lookup(name) != nil:
		return unknownFlag(cmd, given, "-"+given)
	case IsSheet(given):
		return reason.New("flag_is_file", "flag", given)
	}
	return unknownFlag(cmd, given, "")
}

func unknownFlag(cmd *cobra.Command, given, near string) error {
	return reason.New("flag_unknown", "flag", given, "nearest", near, "command", cmd.CommandPath())
}

func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	return names
}

// examples are example values by type of flag.
var examples = map[string]string{
	"duration": "30s, 5m or 24h", "float64": "10 or 0.5", "int": "4", "uint": "4", "bool": "true or false", "N|N%": "30 or 10%", "language": "pt-BR",
}

// kinds describes the values by type of flag.
var kinds = map[string]string{"duration": "a duration", "float64": "a number", "int": "a whole number", "uint": "a whole number", "language": "a supported language (pt-BR, en)"}

func example(flag *pflag.Flag) string {
	what, _ := pflag.UnquoteUsage(flag)
	return cmp.Or(examples[flag.Value.Type()], strings.ToUpper(what))
}

// Expects returns what kind of value a flag takes, and an example, for settings.
func Expects(flag *pflag.Flag) (what, sample string) {
	kind := flag.Value.Type()
	switch {
	case kind == "bool":
		return "true or false", "true"
	case kind == "N|N%":
		return "a number or a percentage", examples[kind]
	case kinds[kind] != "":
		return kinds[kind], examples[kind]
	case kind == "stringArray" || kind == "stringSlice":
		what = "a list of texts"
	default:
		what = "a text"
	}
	sample, _ = pflag.UnquoteUsage(flag)
	return what, sample
}

func invalidValue(e *pflag.InvalidValueError) error {
	name, kind := "--"+e.GetFlag().Name, e.GetFlag().Value.Type()
	switch {
	case kinds[kind] != "":
		return reason.New("flag_value_invalid", "flag", name, "given", e.GetValue(), "what", kinds[kind], "example", examples[kind])
	case kind == "bool":
		return reason.New("flag_is_switch", "flag", name, "given", e.GetValue())
	case kind == "stringSlice":
		return reason.New("flag_list_quote", "flag", name, "given", e.GetValue())
	}
	return fmt.Errorf("%s: %w", name, errors.Unwrap(e))
}

var (
	unknownCommand = lazyregexp.New(`^unknown command ("(?:[^"\\]|\\.)*") for "([^"]*)"`)
	excluded       = lazyregexp.New(`none of the others can be; \[(.*)\] were all set$`)
)

// Explain explains an error of the whole command line, for those that cobra has no hook for.
func Explain(root *cobra.Command, args []string, err error) error {
	if err == nil {
		return nil
	}
	if found := unknownCommand.FindStringSubmatch(err.Error()); found != nil {
		root.FParseErrWhitelist.UnknownFlags = true
		_ = root.ParseFlags(args) // cobra has not done so, and one of them may be the language
		name, _ := strconv.Unquote(found[1])
		return unknownWord(root, name)
	}
	if found := excluded.FindStringSubmatch(err.Error()); found != nil {
		names := strings.Fields(found[1])
		slices.Sort(names)
		for i := range names {
			names[i] = "--" + names[i]
		}
		return reason.New("flags_exclude", "flags", names)
	}
	return err
}

// unknownWord explains a word in the place of a command: often it is the sheet.
func unknownWord(root *cobra.Command, name string) error {
	if IsSheet(name) {
		return reason.New("word_is_file", "argument", name, "usage", root.Name()+" update "+Word(name))
	}
	var names []string
	for _, command := range root.Commands() {
		names = append(names, command.Name())
	}
	return reason.New("command_unknown", "argument", name, "nearest", words.Nearest(name, names), "command", root.Name())
}

// IsSheet reports whether a word of the command line is likely a sheet, not a command.
func IsSheet(name string) bool {
	info, err := os.Stat(name)
	extension := strings.ToLower(filepath.Ext(name))
	return err == nil && info.Mode().IsRegular() || extension == ".csv" || extension == ".xlsx"
}

// plainWord is a word that needs no quotes in a shell.
var plainWord = lazyregexp.New(`^[A-Za-z0-9_./:=@%+,-]+$`)

// Word returns text quoted for a shell.
func Word(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
