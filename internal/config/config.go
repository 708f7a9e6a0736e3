// Package config reads the program's settings: values for its flags from files and from the environment, each with its
// source. Flags on the command line take precedence.
package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"razebulk/internal/reason"
)

// Options specify which settings may exist, and where they are.
type Options struct {
	// User is the file that is always read if it exists, and Named is one that must exist; "" means none.
	User, Named string
	// Profile is the part of the files that applies in addition to their top level; "" means none.
	Profile string
	// Environ contains the variables, in the form of [os.Environ].
	Environ []string
	// Known are the flags of all commands that a setting may be for. They also validate the values.
	Known *pflag.FlagSet
	// Aside are the names, without the prefix, of variables that are not settings.
	Aside []string
	// OneRun are the settings that concern a single run only. The top level of the user's file must not have them, because
	// it is always read.
	OneRun []string
	// Aliases are further variables, by setting. The variable with the prefix takes precedence.
	Aliases map[string]string
	// Expects returns what kind of value a flag takes, and an example.
	Expects func(*pflag.Flag) (what, example string)
}

// Kind is a kind of source. A later one takes precedence.
type Kind int

// The kinds of sources, in increasing precedence. In one file, a profile takes precedence over the top level.
const (
	Default Kind = iota
	UserFile
	UserProfile
	NamedFile
	NamedProfile
	Environment
)

// Source is where a setting's value came from.
type Source struct {
	Kind Kind
	// Name is the path of the file, or the name of the variable.
	Name string
	// Line is the line of the file, counted from 1, and Profile is the profile that contains it.
	Line    int
	Profile string
}

// String returns the source as messages show it: "razebulk.yaml:3 (profile nightly)".
func (s Source) String() string {
	switch {
	case s.Kind == Default:
		return "default"
	case s.Kind == Environment:
		return s.Name
	case s.Profile != "":
		return fmt.Sprintf("%s:%d (profile %s)", s.Name, s.Line, s.Profile)
	}
	return fmt.Sprintf("%s:%d", s.Name, s.Line)
}

// IsFile reports whether the value is from a file.
func (s Source) IsFile() bool { return s.Kind > Default && s.Kind < Environment }

// Settings are the values that were set. They are not safe for concurrent use.
type Settings struct {
	values  *koanf.Koanf // by the flag's name, each a []string
	sources map[string]Source
	applied map[string]bool
	oneRun  []string
	// Files are the files that were read, in increasing precedence.
	Files []string
	// Warnings are about unknown variables.
	Warnings []reason.Reason
}

// Load reads all settings. Its error joins all errors found, each a [reason.Reason].
func Load(o Options) (*Settings, error) {
	s := &Settings{values: koanf.New(delimiter), sources: map[string]Source{}, applied: map[string]bool{}, oneRun: o.OneRun}
	if err := s.loadFiles(o); err != nil {
		return nil, err
	}
	if err := s.loadEnvironment(o); err != nil {
		return nil, err
	}
	return s, nil
}

// delimiter is for koanf, which nests keys; settings are flat.
const delimiter = "."

// add adds a layer of values that takes precedence over all before it.
func (s *Settings) add(layer map[string]setting) error {
	values := map[string]any{}
	for name, one := range layer {
		values[name] = one.values
		s.sources[name] = one.source
	}
	return s.values.Load(provided(values), nil)
}

// setting is the value of one flag: a string, or a list of strings.
type setting struct {
	values []string
	source Source
}

// provided is a layer of values for koanf.
type provided map[string]any

// Read implements [koanf.Provider].
func (p provided) Read() (map[string]any, error) { return p, nil }

// ReadBytes implements [koanf.Provider].
func (p provided) ReadBytes() ([]byte, error) { return nil, nil }

// Source returns where the value of a flag came from, if not from the command line.
func (s *Settings) Source(name string) Source { return s.sources[name] }

// Has reports whether the flag has a value from a file or the environment.
func (s *Settings) Has(name string) bool { return s.values.Exists(name) }

// Values returns the values of a setting.
func (s *Settings) Values(name string) []string { return s.values.Strings(name) }

// Drop removes settings.
func (s *Settings) Drop(names ...string) {
	for _, name := range names {
		s.values.Delete(name)
		delete(s.sources, name)
	}
}

// Names returns the settings that have a value, sorted.
func (s *Settings) Names() []string { return s.values.Keys() }

// check sets a known flag, so that an invalid value is refused wherever it is.
func check(flag *pflag.Flag, values []string) error {
	if list, isList := flag.Value.(pflag.SliceValue); isList {
		return list.Replace(values)
	}
	return flag.Value.Set(values[0])
}

// Apply sets the flags that the command line has not set and marks them as changed. The flags must have been parsed.
func (s *Settings) Apply(flags *pflag.FlagSet) error {
	if err := s.exclude(flags); err != nil {
		return err
	}
	var failed error
	flags.VisitAll(func(flag *pflag.Flag) {
		if s.Has(flag.Name) && !flag.Changed && failed == nil {
			failed = check(flag, s.Values(flag.Name))
			flag.Changed, s.applied[flag.Name] = s.isOn(flag) && !besideGiven(flags, flag), true
		}
	})
	return failed
}

// besideGiven reports whether another flag of its groups has already been set. For cobra, that flag excludes this one
// even if it is false.
func besideGiven(flags *pflag.FlagSet, flag *pflag.Flag) bool {
	return slices.ContainsFunc(flag.Annotations[excluding], func(group string) bool {
		return slices.ContainsFunc(strings.Fields(group), func(name string) bool {
			return name != flag.Name && flags.Changed(name)
		})
	})
}

// Applied reports whether the flag has its value from a setting, not from the command line.
func (s *Settings) Applied(name string) bool { return s.applied[name] }

// excluding is cobra's annotation for groups of flags of which at most one may be set: their names, separated by
// blanks.
const excluding = "cobra_annotation_mutually_exclusive"

// onCommandLine takes precedence over all kinds of sources.
const onCommandLine = Environment + 1

// exclude drops settings that contradict one with precedence. Two from the same source are an error, and so is dropping
// one of [Options.OneRun]: a user who has sandbox in a file must not use the real service without noticing.
func (s *Settings) exclude(flags *pflag.FlagSet) error {
	var failed error
	flags.VisitAll(func(flag *pflag.Flag) {
		for _, group := range flag.Annotations[excluding] {
			if failed == nil && s.isOn(flag) {
				failed = s.excludeIn(flags, flag, group)
			}
		}
	})
	return failed
}

func (s *Settings) excludeIn(flags *pflag.FlagSet, flag *pflag.Flag, group string) error {
	for _, name := range strings.Fields(group) {
		other := flags.Lookup(name)
		if other == nil || other == flag || !s.isOn(other) || !s.isOn(flag) {
			continue
		}
		mine, its := s.kindOf(flag), s.kindOf(other)
		loser := flag.Name
		if mine > its {
			loser = name
		}
		switch {
		case mine == onCommandLine && its == onCommandLine: // cobra says so
		case mine == its || slices.Contains(s.oneRun, loser):
			return reason.New("settings_exclude", "one", flag.Name, "from", s.placeOf(flag), "other", name, "other_from", s.placeOf(other))
		default:
			s.Drop(loser)
		}
	}
	return nil
}

// placeOf returns where a flag was set, as messages show it.
func (s *Settings) placeOf(flag *pflag.Flag) string {
	if flag.Changed {
		return "command line"
	}
	return s.sources[flag.Name].String()
}

func (s *Settings) kindOf(flag *pflag.Flag) Kind {
	if flag.Changed {
		return onCommandLine
	}
	return s.sources[flag.Name].Kind
}

// isOn reports whether a flag was set, and not to false.
func (s *Settings) isOn(flag *pflag.Flag) bool {
	switch {
	case flag.Changed:
		return flag.Value.Type() != "bool" || flag.Value.String() == "true"
	case !s.Has(flag.Name):
		return false
	}
	return flag.Value.Type() != "bool" || isTrue(s.Values(flag.Name)[0])
}

func isTrue(text string) bool {
	on, err := strconv.ParseBool(text)
	return err == nil && on
}
