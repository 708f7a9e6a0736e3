// Package usage words what is wrong with a command line: no text of the libraries that read it reaches the user.
package usage

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/words"
)

// OneFile wants the name of one file behind a command.
func OneFile(cmd *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return fmt.Errorf("no file is named: %s", cmd.UseLine())
	case 1:
		return nil
	}
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = strconv.Quote(arg)
	}
	return fmt.Errorf("one file at a time, not %d: %s", len(args), strings.Join(quoted, ", "))
}

// Nothing wants no more words behind a command than its flags.
func Nothing(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.Flags().Lookup("ids-from") != nil:
		return fmt.Errorf("%s takes no file, not %q; the opportunities of a sheet: %s --ids-from %s", cmd.Name(), args[0], cmd.CommandPath(),
			Word(args[0]))
	}
	return fmt.Errorf("%s takes nothing but flags, not %q", cmd.Name(), args[0])
}

// Flag is the error of a flag in words.
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
		return fmt.Errorf("--%s needs a value, such as %s", alone.GetFlag().Name, example(alone.GetFlag()))
	case errors.As(err, &invalid):
		return invalidValue(invalid)
	case errors.As(err, &malformed):
		return fmt.Errorf("%q is no flag; %s", malformed.GetSpecifiedFlag(), listed(cmd))
	}
	return err
}

func unknownLong(cmd *cobra.Command, name string) error {
	if other := commandWith(name, cmd); other != nil {
		return fmt.Errorf("--%s is a flag of %s; %s", name, other.CommandPath(), listed(cmd))
	}
	if near := words.Nearest(name, flagNames(cmd)); near != "" {
		return fmt.Errorf("unknown flag --%s; did you mean --%s?", name, near)
	}
	return fmt.Errorf("unknown flag --%s; %s", name, listed(cmd))
}

// commandWith is another command that has the flag: of several, the one with the most flags. nil is none.
func commandWith(flag string, but *cobra.Command) (found *cobra.Command) {
	for _, other := range but.Root().Commands() {
		has := other != but && other.Flags().Lookup(flag) != nil
		if has && (found == nil || len(flagNames(other)) > len(flagNames(found))) {
			found = other
		}
	}
	return found
}

// unknownShort may have met a long flag with one hyphen, or the name of a file.
func unknownShort(cmd *cobra.Command, letters string) error {
	given := "-" + letters
	name, _, _ := strings.Cut(letters, "=")
	switch {
	case len(name) > 1 && cmd.Flags().Lookup(name) != nil:
		return fmt.Errorf("unknown flag %s; did you mean -%s?", given, given)
	case IsSheet(given):
		return fmt.Errorf("unknown flag %s; a file whose name begins with a hyphen is named with its folder: ./%s", given, given)
	}
	return fmt.Errorf("unknown flag %s; %s", given, listed(cmd))
}

func listed(cmd *cobra.Command) string { return cmd.CommandPath() + " --help lists the flags" }

func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	return names
}

// examples are values of flags, by the kind of the flag.
var examples = map[string]string{
	"duration": "30s, 5m or 24h", "float64": "10 or 0.5", "int": "4", "uint": "4", "bool": "true or false", "N|N%": "30 or 10%",
}

// kinds are what the values of flags are.
var kinds = map[string]string{"duration": "a duration", "float64": "a number", "int": "a whole number", "uint": "a whole number"}

func example(flag *pflag.Flag) string {
	what, _ := pflag.UnquoteUsage(flag)
	return cmp.Or(examples[flag.Value.Type()], strings.ToUpper(what))
}

// Expects says what the value of a flag is, and gives an example, for settings.
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
	name, kind := e.GetFlag().Name, e.GetFlag().Value.Type()
	switch {
	case kinds[kind] != "":
		return fmt.Errorf("--%s %q: not %s, such as %s", name, e.GetValue(), kinds[kind], examples[kind])
	case kind == "bool":
		return fmt.Errorf("--%s=%s: say true or false, or --%s alone", name, e.GetValue(), name)
	case kind == "stringSlice":
		return fmt.Errorf("--%s %q: a quote is missing; names with a comma stand in quotes, as in '\"A, B\",C'", name, e.GetValue())
	}
	return fmt.Errorf("--%s: %w", name, errors.Unwrap(e))
}

var (
	unknownCommand = regexp.MustCompile(`^unknown command ("(?:[^"\\]|\\.)*") for "([^"]*)"`)
	excluded       = regexp.MustCompile(`none of the others can be; \[(.*)\] were all set$`)
)

// Explain is an error of the whole command line in words, as far as cobra has no hook for it.
func Explain(root *cobra.Command, err error) error {
	if err == nil {
		return nil
	}
	if found := unknownCommand.FindStringSubmatch(err.Error()); found != nil {
		name, _ := strconv.Unquote(found[1])
		return unknownWord(root, name)
	}
	if found := excluded.FindStringSubmatch(err.Error()); found != nil {
		names := strings.Fields(found[1])
		slices.Sort(names)
		return fmt.Errorf("--%s exclude each other; leave one of them out", strings.Join(names, " and --"))
	}
	return err
}

// unknownWord stands where a command should: often it is the sheet.
func unknownWord(root *cobra.Command, name string) error {
	if IsSheet(name) {
		return fmt.Errorf("%q is a file and no command; to send it: %s update %s", name, root.Name(), Word(name))
	}
	var names []string
	for _, command := range root.Commands() {
		names = append(names, command.Name())
	}
	if near := words.Nearest(name, names); near != "" {
		return fmt.Errorf("unknown command %q; did you mean %s?", name, near)
	}
	return fmt.Errorf("unknown command %q; %s --help lists the commands", name, root.Name())
}

// IsSheet tells whether a word of the command line is rather a sheet than a command.
func IsSheet(name string) bool {
	info, err := os.Stat(name)
	extension := strings.ToLower(filepath.Ext(name))
	return err == nil && info.Mode().IsRegular() || extension == ".csv" || extension == ".xlsx"
}

// plainWord is what a shell takes as it stands.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:=@%+,-]+$`)

// Word is a text as a shell takes it.
func Word(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
