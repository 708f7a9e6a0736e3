// Package flagset provides what the flags of several commands share: their groups in the help, and a type of value.
package flagset

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/cli/internal/settings"
	"razebulk/internal/cli/internal/usage"
)

// Groups are the flags of a command under the headings of its help.
type Groups struct {
	titles []string
	sets   map[string]*pflag.FlagSet
}

// Of returns the group with this title.
func (g *Groups) Of(title string) *pflag.FlagSet {
	if g.sets == nil {
		g.sets = map[string]*pflag.FlagSet{}
	}
	if g.sets[title] == nil {
		set := pflag.NewFlagSet(title, pflag.ContinueOnError)
		set.SortFlags = false
		g.titles, g.sets[title] = append(g.titles, title), set
	}
	return g.sets[title]
}

// AddTo adds all flags to the command, and makes its help show them in their groups.
func (g *Groups) AddTo(cmd *cobra.Command) {
	settings.Define(g.Of(Settings))
	usage.CommonFlags(g.Of(Output))
	cmd.Flags().SortFlags = false // so that suggested commands repeat them in the order given
	for _, title := range g.titles {
		cmd.Flags().AddFlagSet(g.sets[title])
	}
	cmd.SetUsageFunc(func(cmd *cobra.Command) error {
		var sections []usage.Section
		for _, title := range g.titles {
			sections = append(sections, usage.Section{Title: title, Flags: g.sets[title]})
		}
		return usage.Show(cmd, sections...)
	})
}

// The headings of help.
const (
	Sheet  = "Sheet"
	Send   = "Sending"
	Quota  = "Quota"
	Safety = "Safety"
	Files  = "Files"
	Access = "Access"
	Output = "Output"

	Settings = "Settings"
)
