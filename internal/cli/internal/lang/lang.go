// Package lang chooses the language of the program's texts.
package lang

import (
	"cmp"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/config"
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
func (f *flag) Type() string { return "language" }

// Set implements [pflag.Value].
func (f *flag) Set(text string) error {
	l, known := words.LanguageOf(text)
	if !known {
		return reason.New("flag_choices", "flag", "", "given", "", "choices", []string{"pt-BR", "en"})
	}
	*f = flag(l)
	return nil
}

// Of returns the language of a command: from its flag or a setting, or else from the environment. Before the settings
// are read, and if they have errors, it looks for the setting in their files.
func Of(cmd *cobra.Command) words.Language {
	l, _ := Chosen(cmd)
	return l
}

// Chosen returns the language of a command, and whether a flag, a setting, a variable or the system names a supported
// one.
func Chosen(cmd *cobra.Command) (words.Language, bool) {
	if f := cmd.Flags().Lookup(name); f != nil && f.Value.String() != "" {
		return words.LanguageOf(f.Value.String())
	}
	return words.LanguageOf(locale(os.Getenv, func() string { return inFilesOf(cmd) }, system))
}

// skipFiles is the annotation of the flag once the settings are in the command's flags.
const skipFiles = "skip-files"

// SkipFiles is to be called once the settings are in the command's flags: files are not read for the language again.
func SkipFiles(cmd *cobra.Command) { _ = cmd.Flags().SetAnnotation(name, skipFiles, nil) }

// inFilesOf returns the language that the command's settings files name; "" if none does, or if the flag has it.
func inFilesOf(cmd *cobra.Command) string {
	if f := cmd.Flags().Lookup(name); f != nil {
		if _, done := f.Annotations[skipFiles]; done {
			return ""
		}
	}
	named := ""
	if f := cmd.Flags().Lookup("config"); f != nil {
		named = f.Value.String()
	}
	return inFiles(named)
}

// Environment returns the language of the environment variables, of the user's settings, or else the system's. It
// returns English for an unsupported language.
func Environment() words.Language {
	l, _ := words.LanguageOf(locale(os.Getenv, func() string { return inFiles("") }, system))
	return l
}

// inFiles returns the language that the named settings file or the user's own has; "" if none has one.
func inFiles(named string) string {
	for _, path := range []string{cmp.Or(named, os.Getenv(config.Variable("config"))), config.OwnFile()} {
		if text := config.LanguageIn(path); text != "" {
			return text
		}
	}
	return ""
}

func locale(getenv func(string) string, settings, system func() string) string {
	return cmp.Or(getenv(variable), settings(), getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"), system())
}
