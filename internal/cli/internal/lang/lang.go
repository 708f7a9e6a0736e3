// Package lang chooses the language of the program's texts.
package lang

import (
	"cmp"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/reason"
	"razebulk/internal/words"
)

const (
	name     = "lang"
	variable = "RAZEBULK_LANG"
)

// Define adds the flag for the language.
func Define(flags *pflag.FlagSet) {
	flags.Var(new(flag), name, "the language of messages: `pt-BR|en` (default: the system's)")
}

// flag is a language, or "" for the system's.
type flag string

// String implements [pflag.Value].
func (f *flag) String() string { return string(*f) }

// Type implements [pflag.Value].
func (f *flag) Type() string { return "string" }

// Set implements [pflag.Value].
func (f *flag) Set(text string) error {
	l, known := words.LanguageOf(text)
	if !known {
		return reason.New("flag_choices", "flag", "", "given", "", "choices", []string{"pt-BR", "en"})
	}
	*f = flag(l)
	return nil
}

// Of returns the language of a command: from its flag or a setting, or else from the environment.
func Of(cmd *cobra.Command) words.Language {
	if f := cmd.Flags().Lookup(name); f != nil && f.Value.String() != "" {
		l, _ := words.LanguageOf(f.Value.String())
		return l
	}
	return Environment()
}

// Chosen returns the language of a command, and whether a flag, a setting, a variable or the system names a supported
// one.
func Chosen(cmd *cobra.Command) (words.Language, bool) {
	if f := cmd.Flags().Lookup(name); f != nil && f.Value.String() != "" {
		return Of(cmd), true
	}
	return words.LanguageOf(locale(os.Getenv, system))
}

// Environment returns the language of the environment variables, or else the system's. It returns English for an
// unsupported language.
func Environment() words.Language { return environment(os.Getenv, system) }

func environment(getenv func(string) string, system func() string) words.Language {
	l, _ := words.LanguageOf(locale(getenv, system))
	return l
}

func locale(getenv func(string) string, system func() string) string {
	return cmp.Or(getenv(variable), getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"), system())
}
