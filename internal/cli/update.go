package cli

import (
	"errors"

	"razebulk/batch/pace"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// updateFlags are the flags of update, as the user gave them.
type updateFlags struct {
	requestFlags
	dryRun      bool
	results     string
	resume      bool
	restart     bool
	sheet       sheetFlags
	strict      bool
	state       string
	compare     bool
	backup      string
	force       bool
	stage       bool
	maxFailures pace.Share

	given []givenFlag // to repeat them in a command that goes on
}

func newUpdate() *cobra.Command {
	f := &updateFlags{maxFailures: pace.Share{Percent: 50}}
	cmd := &cobra.Command{
		Use:   "update [flags] FILE",
		Short: "Update the opportunities that a sheet lists",
		Long: `update sends one request for each row of FILE, a CSV file or an Excel workbook ("-" is standard input). The column
id says which opportunity a row is about; the columns name, email, phone, company, position, deal_value,
deal_currency, notes and responsible_user_id are what can be updated, and with --stage the status. An empty cell
means "don't update".

The whole file is checked before anything is sent. What became of each row is written to the results file.

` + exitCodes,
		Example: `  razebulk update --sandbox testdata/opportunities.csv   try it; no account needed
  razebulk update --dry-run deals.csv                    check the file and write the plan; send nothing
  razebulk update deals.csv                              send`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return usageError(err)
			}
			f.given = givenFlags(cmd)
			return runUpdate(f, args[0], newConsole(cmd.InOrStdin(), cmd.ErrOrStderr(), f.quiet, f.verbose))
		},
	}
	f.define(cmd)
	return cmd
}

func (f *updateFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVarP(&f.dryRun, "dry-run", "n", false, "read, check and plan everything; send nothing; write the plan")
	flags.StringVar(&f.results, "results", "", "the results `FILE`; in a dry run, the plan (default: the input's name with .results.csv)")
	flags.BoolVar(&f.resume, "resume", false, "go on with a run of the same file that ended before its time, if there is one")
	flags.BoolVar(&f.restart, "restart", false, "begin anew although there is a run to go on with")
	f.sheet.define(flags)
	flags.BoolVar(&f.strict, "strict", false, "send nothing if any row is invalid")
	flags.StringVar(&f.state, "state", "", "remember in `FILE` what was stored, and send only cells that differ from it")
	flags.BoolVar(&f.compare, "compare", false, "read what the CRM holds first, and send only cells that differ from it")
	flags.StringVar(&f.backup, "backup", "", "with --compare: the `FILE` that takes the run back (default: the input's name with .undo.csv)")
	flags.BoolVar(&f.force, "force", false, "with --compare: send also what somebody has changed since")
	flags.BoolVar(&f.stage, "stage", false, "set the status of opportunities from the column status")
	f.requestFlags.define(cmd)
	flags.Var(shareFlag{&f.maxFailures}, "max-failures", "stop when more of the rows that were sent have failed; N% counts after 50")
	cmd.MarkFlagsMutuallyExclusive("resume", "restart")
}

// givenFlag is a flag as a user gave it, as words of a command line.
type givenFlag struct {
	name  string
	words []string
}

// givenFlags are the flags that the user gave, but for those of how to begin.
func givenFlags(cmd *cobra.Command) []givenFlag {
	var given []givenFlag
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		name, text := "--"+flag.Name, flag.Value.String()
		g := givenFlag{name: flag.Name, words: []string{name, text}}
		switch list, isList := flag.Value.(pflag.SliceValue); {
		case flag.Name == "resume" || flag.Name == "restart" || flag.Name == "yes":
			return
		case flag.Value.Type() == "bool":
			g.words = []string{name}
		case flag.Value.Type() == "stringArray":
			g.words = nil
			for _, one := range list.GetSlice() {
				g.words = append(g.words, name, one)
			}
		case isList:
			g.words = []string{name, text[1 : len(text)-1]} // pflag shows a list in brackets
		}
		given = append(given, g)
	})
	return given
}

func (f *updateFlags) check() error {
	if !f.compare && (f.backup != "" || f.force) {
		return errors.New("--backup and --force are for --compare")
	}
	return f.requestFlags.check()
}
