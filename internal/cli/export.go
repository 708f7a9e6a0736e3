package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/cli/internal/terminal"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/crm"
	"razebulk/internal/export"
	"razebulk/internal/reason"
	"razebulk/report"
)

// exportFlags are the flags of export, as the user gave them.
type exportFlags struct {
	requestFlags
	out     string
	form    string
	notes   bool
	idsFrom string
	filter  export.Filter
}

// listFilters are the flags that select opportunities in the list.
var listFilters = []string{"status", "owner", "pipeline", "company", "search", "source", "campaign"}

func newExport() *cobra.Command {
	f := &exportFlags{}
	cmd := &cobra.Command{
		Use:   "export [flags]",
		Short: "Write opportunities as a sheet that update reads",
		Long: `export reads opportunities from the CRM and writes them as CSV: the id, the
fields that update can change, and then columns that update leaves out (status,
source, created_at, updated_at, campaign_id, responsible_user, title,
stage_name, pipeline_name, contact_id). Without flags it writes all
opportunities to standard output. It changes nothing in the CRM.

An export is complete when it has seen as many different opportunities as the
service counts. If some are missing, it reads the list again in another order.
It applies filters that the service ignores, if the list has the values for it.

Each request reads a page of 100 opportunities. If the list has no notes, the
column notes is left out; --notes adds it, at one more request for each
opportunity.

Text that starts with = + - or @ gets an apostrophe in front, so that no
spreadsheet runs it as a formula; update removes the apostrophe.

Exit codes:
  0    the export is complete
  1    written, but without some opportunities of --ids-from, or without some
       notes
  2    wrong usage, the key may not read, a filter that can't be applied, or
       not confirmed; nothing was written
  3    stopped: the key was rejected, the base URL is wrong, the list could not
       be read, or only in part, or the file could not be written
  4    stopped on quota, deadline or outage
  130  interrupted
The FILE of --out is replaced only by a complete export: it stays as it was
when the exit code is 2 or more.
`,
		Example: `  razebulk export --sandbox          try it; no account needed
  razebulk export --out deals.csv --for excel-br
                                     all opportunities, for Excel in Brazil
  razebulk export --status proposal --notes --out open.csv
  razebulk export --ids-from deals.csv --out now.csv
                                     what the CRM now holds for a sheet's rows`,
		Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			form, err := f.check(cmd)
			if err != nil {
				return err
			}
			c := &command{cmd: cmd, file: f.idsFrom}
			return c.explain(talkWords(cmd), f.run(c, form))
		},
	}
	f.define(cmd)
	return cmd
}

func (f *exportFlags) define(cmd *cobra.Command) {
	g := &flagset.Groups{}
	flags := g.Of("Opportunities")
	flags.StringVar(&f.filter.Status, "status", "", "only those in this `STAGE`: "+strings.Join(crm.Statuses, ", ")+", or a stage's name or id")
	flags.StringVar(&f.filter.Owner, "owner", "", "only those owned by this `USER`: an id; or a name or e-mail, if lists show them")
	flags.StringVar(&f.filter.Pipeline, "pipeline", "", "only those in the `PIPELINE` with this name or id")
	flags.StringVar(&f.filter.Company, "company", "", "only those with this `TEXT` in the company's name")
	flags.StringVar(&f.filter.Search, "search", "", "only those that the service finds by this `TEXT`")
	flags.StringVar(&f.filter.Source, "source", "", "only those from this source")
	flags.StringVar(&f.filter.Campaign, "campaign", "", "only those of the campaign with this `ID`")
	flags.StringVar(&f.idsFrom, "ids-from", "", "only the opportunities of a sheet: a `FILE` with a column id, in its order")
	flags.BoolVar(&f.notes, "notes", false, "include the notes; each may take a request of its own")
	file := g.Of(flagset.Files)
	file.StringVarP(&f.out, "out", "o", "", "the `FILE` to write; replaces an earlier export (default: standard output)")
	file.StringVar(&f.form, "for", "sheets", "the program that opens it: excel-br, excel-us or sheets")
	f.requestFlags.define(g)
	g.AddTo(cmd)
	f.exclude(cmd)
	for _, filter := range listFilters {
		cmd.MarkFlagsMutuallyExclusive("ids-from", filter)
	}
}

func (f *exportFlags) check(cmd *cobra.Command) (report.ExportForm, error) {
	for _, name := range append([]string{"out", "ids-from"}, listFilters...) {
		if flag := cmd.Flags().Lookup(name); flag.Changed && flag.Value.String() == "" {
			return report.ExportForm{}, reason.New("flag_empty", "flag", "--"+name)
		}
	}
	form, err := report.ParseExportForm(f.form)
	if err != nil {
		return form, fmt.Errorf("--for: %w", err)
	}
	return form, f.requestFlags.check()
}

// run prepares the export, asks for confirmation if it takes a request for each opportunity, and writes.
func (f *exportFlags) run(c *command, form report.ExportForm) error {
	w := talkWords(c.cmd)
	talk := f.console(c.cmd, f.idsFrom == "-")
	to := c.cmd.OutOrStdout()
	if f.out == "" && terminal.Is(to) {
		talk.Moves, form.BOM = false, false // a moving line would appear between the rows
		to = &terminal.VisibleWriter{To: to}
	}
	p := newPrinter(talk, w, c)
	if f.out != "" {
		signals.OutliveReaders()
	}
	ctx, _, release := signals.OnInterrupt(func() {})
	defer release()
	access, err := f.open(ctx, c.cmd, p.warnOf)
	if err != nil {
		return err
	}
	defer access.close()
	c.keyFrom = access.keyFrom
	prepared, err := export.Prepare(ctx, export.Options{
		Out: f.out, To: to, Form: form, Notes: f.notes, IDsFrom: f.idsFrom, Stdin: p.In, Filter: f.filter,
		Requests: f.options(access, talk), Handle: p.handle,
	})
	if err != nil {
		return err
	}
	defer prepared.Close()
	if err := f.confirm(ctx, prepared, p); err != nil {
		return err
	}
	summary, err := prepared.Write(ctx)
	c.missing = summary.Missing
	if f.out == "" { // a file takes its name when it is complete
		c.written = summary.Rows
	}
	return err
}

func (f *exportFlags) confirm(ctx context.Context, prepared *export.Run, p *printer) error {
	if !f.notes || prepared.OneByOne() == 0 || p.Asks == console.Nobody || f.yes || f.sandbox {
		return nil
	}
	asked, done, err := p.OnTerminal()
	if err != nil {
		return &notConfirmedError{err}
	}
	defer done()
	yes, err := asked.Confirm(ctx, p.Words.Say("ask_to_read", "requests", prepared.Requests(), "host", prepared.Host()))
	if err == nil && !yes {
		err = &notConfirmedError{reason.New("not_confirmed")}
	}
	return err
}
