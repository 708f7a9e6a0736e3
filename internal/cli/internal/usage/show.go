package usage

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/internal/cli/internal/lang"
	"razebulk/internal/reason"
)

// width is the width of help in columns.
const width = 80

// Section is a heading of a command's help with its flags.
type Section struct {
	Title string
	Flags *pflag.FlagSet
}

// Show prints how a command is used: its commands and its flags.
func Show(cmd *cobra.Command, sections ...Section) error {
	out := cmd.OutOrStderr()
	fmt.Fprintf(out, "Usage:\n  %s\n", cmd.UseLine())
	if cmd.HasExample() {
		fmt.Fprintf(out, "\nExamples:\n%s\n", cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprint(out, "\nCommands:\n")
		for _, command := range cmd.Commands() {
			if !command.Hidden {
				fmt.Fprintf(out, "  %-12s%s\n", command.Name(), command.Short)
			}
		}
	}
	for _, section := range sections {
		fmt.Fprintf(out, "\n%s:\n%s", section.Title, section.Flags.FlagUsagesWrapped(width))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(out, "\n%s COMMAND --help prints the help of a command.\n", cmd.Name())
	}
	return nil
}

// ShowAll is [Show] for a command whose flags have no groups.
func ShowAll(cmd *cobra.Command) error { return Show(cmd, Section{"Flags", cmd.LocalFlags()}) }

// CommonFlags adds the flags that all commands have.
func CommonFlags(flags *pflag.FlagSet) {
	lang.Define(flags)
	flags.BoolP("help", "h", false, "print this help")
}

// Help returns the command that shows the help of another one.
func Help() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "help [COMMAND]",
		DisableFlagsInUseLine: true,
		Short:                 "Print the help of a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			of, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownWord(cmd.Root(), args[len(args)-1])
			}
			return of.Help()
		},
	}
	CommonFlags(cmd.Flags())
	return cmd
}

// shells are the shells for which there are completions.
var shells = []string{"bash", "zsh", "fish", "powershell"}

// Completion returns the command that prints a shell's completion script.
func Completion() *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "completion " + strings.Join(shells, "|"),
		DisableFlagsInUseLine: true,
		Short:                 "Print a script that completes commands and flags in a shell",
		Example: `  source <(razebulk completion bash)
                                     in ~/.bashrc; zsh likewise in ~/.zshrc
  razebulk completion fish | source  in ~/.config/fish/config.fish`,
		ValidArgs: shells,
		RunE:      complete,
	}
	CommonFlags(cmd.Flags())
	return cmd
}

func complete(cmd *cobra.Command, args []string) error {
	root, out := cmd.Root(), cmd.OutOrStdout()
	switch strings.Join(args, " ") {
	case "":
		return reason.New("shell_unnamed", "usage", cmd.UseLine())
	case "bash":
		return root.GenBashCompletionV2(out, true)
	case "zsh":
		return root.GenZshCompletion(out)
	case "fish":
		return root.GenFishCompletion(out, true)
	case "powershell":
		return root.GenPowerShellCompletionWithDesc(out)
	}
	return reason.New("shell_unknown", "argument", strings.Join(args, " "), "usage", cmd.UseLine())
}
