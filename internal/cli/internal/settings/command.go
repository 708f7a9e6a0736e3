package settings

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/lang"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/config"
	"razebulk/internal/words"
)

// NewCommand returns the command config. Known returns the flags of all commands, none of them set; define gives a
// command its flags, and of returns the settings of a running command.
func NewCommand(known func() *pflag.FlagSet, define func(*cobra.Command), of func(*cobra.Command) *config.Settings) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the current settings, or their schema",
		Long: `Settings are values for flags, from files and from the environment.
docs/settings.md explains them.`,
		Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	show := &cobra.Command{
		Use:   "show",
		Short: "Show which value each flag has, and where it came from",
		Long: `show prints the value that each flag has if the command line does not set it,
and where the value came from. It never shows the API key, only where it would
come from. Flags that only sandbox has are shown where they are set.`,
		Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := io.WriteString(cmd.OutOrStdout(), words.VisibleLines(shown(words.For(nil).In(lang.Of(cmd)), known(), of(cmd))))
			return err
		},
	}
	define(show)
	schema := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of a settings file, for editors",
		Args:  usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			encoder := json.NewEncoder(cmd.OutOrStdout())
			encoder.SetIndent("", "  ")
			encoder.SetEscapeHTML(false)
			return encoder.Encode(config.Schema(known()))
		},
	}
	usage.CommonFlags(cmd.Flags())
	usage.CommonFlags(schema.Flags())
	cmd.AddCommand(show, schema)
	return cmd
}

// shown returns a table of all settings.
func shown(w *words.Words, known *pflag.FlagSet, s *config.Settings) string {
	var out strings.Builder
	fmt.Fprintln(&out, w.Say("config_file", "file", fileState(config.OwnFile(), s)))
	for _, file := range s.Files {
		if file != config.OwnFile() {
			fmt.Fprintln(&out, w.Say("config_named", "file", file))
		}
	}
	fmt.Fprintf(&out, "%s\n\n", w.Say("config_key", "from", keyFrom(s)))
	defaults := koanf.New(".")
	_ = defaults.Load(posflag.ProviderWithFlag(known, ".", defaults, func(f *pflag.Flag) (string, any) { return f.Name, f.DefValue }), nil)
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, w.Say("config_head"))
	for _, name := range defaults.Keys() {
		if isOfSandbox(known.Lookup(name)) && !s.Has(name) {
			continue
		}
		value := defaultText(known.Lookup(name), defaults.String(name))
		if s.Has(name) {
			value = strings.Join(s.Values(name), ", ")
		}
		if name == "key" { // the sandbox's, which accepts any
			value = w.Term("[not shown]")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", name, words.Visible(value), w.Term(s.Source(name).String()))
	}
	_ = table.Flush() // writing to memory can't fail
	return out.String()
}

func defaultText(flag *pflag.Flag, text string) string {
	if _, isList := flag.Value.(pflag.SliceValue); isList && text == "[]" || text == "" {
		return "-"
	}
	return text
}

func fileState(path string, s *config.Settings) string {
	switch {
	case path == "":
		return "this system has no place for one"
	case slices.Contains(s.Files, path):
		return path
	}
	return path + " (not there)"
}

// keyFrom returns where the key would be looked for first. It reads and runs nothing.
func keyFrom(s *config.Settings) string {
	o := KeyOptions(s, nil)
	switch {
	case o.Named == apikey.InFile && os.Getenv(apikey.OwnVariable)+os.Getenv(apikey.Variable) == "", o.Named == apikey.InEnvironment && os.Getenv(apikey.OwnVariable) == "":
		return "from " + s.Source(namedBy(s)).String()
	case os.Getenv(apikey.OwnVariable) != "":
		return "from " + apikey.OwnVariable
	case os.Getenv(apikey.Variable) != "":
		return "from " + apikey.Variable
	}
	return "from this service's credentials or the keyring, if they have it"
}

// namedBy returns the setting that says where the key is; the one with precedence, if both do.
func namedBy(s *config.Settings) string {
	if s.Source("api-key-command").Kind > s.Source("api-key-file").Kind {
		return "api-key-command"
	}
	return "api-key-file"
}

// KeyOptions returns where the key may be; flags are those of the command, or nil.
func KeyOptions(s *config.Settings, flags *pflag.FlagSet) apikey.Options {
	o := apikey.Options{Getenv: os.Getenv, Named: placeOf(s.Source(namedBy(s)))}
	if flags == nil {
		return o
	}
	for _, name := range []string{"api-key-file", "api-key-command"} {
		if flags.Changed(name) && !s.Applied(name) {
			o.Named = apikey.OnCommandLine
		}
	}
	o.File, o.Command = flags.Lookup("api-key-file").Value.String(), flags.Lookup("api-key-command").Value.String()
	return o
}

func placeOf(s config.Source) apikey.Place {
	switch {
	case s.Kind == config.Environment:
		return apikey.InEnvironment
	case s.IsFile():
		return apikey.InFile
	}
	return apikey.Nowhere
}
