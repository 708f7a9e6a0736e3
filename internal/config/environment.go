package config

import (
	"encoding/csv"
	"slices"
	"strings"

	"github.com/knadh/koanf/providers/env/v2"
	"github.com/spf13/pflag"

	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// Prefix is the prefix of variables that are settings: RAZEBULK_MAX_DURATION is max-duration.
const Prefix = "RAZEBULK_"

// Variable returns the name of a setting in the environment.
func Variable(name string) string {
	return Prefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// loadEnvironment reads the variables. An empty one counts as not set.
func (s *Settings) loadEnvironment(o Options) error {
	variables := env.Provider("", env.Opt{
		EnvironFunc: func() []string { return o.Environ },
		TransformFunc: func(name, value string) (string, any) {
			if value == "" || !strings.HasPrefix(name, Prefix) && !o.isAlias(name) {
				return "", nil
			}
			return name, value
		},
	})
	found, err := variables.Read()
	if err != nil {
		return err
	}
	layer := map[string]setting{}
	var first error
	o.Known.VisitAll(func(flag *pflag.Flag) {
		variable := Variable(flag.Name)
		value, isSet := found[variable]
		if alias := o.Aliases[flag.Name]; !isSet && alias != "" {
			variable = alias
			value, isSet = found[alias]
		}
		if isSet && first == nil {
			layer[flag.Name], first = o.fromVariable(flag, variable, value.(string))
		}
	})
	if first != nil {
		return first
	}
	s.warnOfUnknown(o, found)
	return s.add(layer)
}

func (o Options) isAlias(variable string) bool {
	for _, alias := range o.Aliases {
		if alias == variable {
			return true
		}
	}
	return false
}

// fromVariable parses a variable's value for a flag. A list is separated by commas, with quotes around values that
// contain one.
func (o Options) fromVariable(flag *pflag.Flag, variable, value string) (setting, error) {
	texts, err := []string{value}, error(nil)
	if _, isList := flag.Value.(pflag.SliceValue); isList {
		texts, err = csv.NewReader(strings.NewReader(value)).Read()
	}
	if err == nil {
		err = check(flag, texts)
	}
	if err != nil {
		what, example := o.Expects(flag)
		return setting{}, reason.New("variable_invalid", "variable", variable, "text", value, "what", what, "example", example)
	}
	return setting{texts, Source{Kind: Environment, Name: variable}}, nil
}

// warnOfUnknown warns about misspelt names.
func (s *Settings) warnOfUnknown(o Options, found map[string]any) {
	known := slices.Clone(o.Aside)
	o.Known.VisitAll(func(flag *pflag.Flag) { known = append(known, Variable(flag.Name)) })
	var unknown []string
	for name := range found {
		if strings.HasPrefix(name, Prefix) && !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		s.Warnings = append(s.Warnings, reason.New("variable_unknown", "variable", name, "nearest", words.Nearest(name, known)))
	}
}
