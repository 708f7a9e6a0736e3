package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"razebulk/batch/pace"

	"github.com/spf13/cobra"

	"razebulk/batch"
	"razebulk/internal/files"
	"razebulk/internal/getraze"
	"razebulk/internal/words"
	"razebulk/report"
)

// exportFlags are the flags of export, as the user gave them.
type exportFlags struct {
	out      string
	form     string
	notes    bool
	idsFrom  string
	query    getraze.ListQuery
	requests requestFlags
}

// listFilters are the flags that the service itself selects by.
var listFilters = []string{"status", "owner", "search", "source", "campaign"}

func newExport() *cobra.Command {
	f := &exportFlags{}
	cmd := &cobra.Command{
		Use:   "export [flags]",
		Short: "Write opportunities as a sheet that update takes back",
		Long: `export reads opportunities from the CRM and writes them as CSV: the id, the fields that update can change, and behind
them columns that it passes over (status, source, created_at, updated_at, campaign_id, responsible_user). Without a flag
these are all opportunities, and they go to standard output. Nothing in the CRM is changed.

A page of the list, which is one request, has 100 opportunities. Where the list carries no notes, the column notes is left
out; --notes adds it, for one request more for each opportunity.

A text that begins with = + - or @ gets an apostrophe in front, so that no spreadsheet runs it as a formula; update takes
it away again.

Exit codes:
  0    the export is whole
  1    written, but without some opportunities of --ids-from, or without some notes
  2    usage, the key may not read, or not confirmed; nothing was written
  3    stopped: the list could not be read, or the file not be written
  4    stopped on quota, deadline or outage
  130  interrupted
A FILE of --out is only ever a whole export: it stays as it was when the exit code is 2 or more.
`,
		Example: `  razebulk export --sandbox                                try it; no account needed
  razebulk export --out deals.csv --for excel-br           all opportunities, for Excel in Brazil
  razebulk export --status proposal --notes --out open.csv
  razebulk export --ids-from deals.csv --out now.csv       what the CRM now holds for the rows of a sheet`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			form, err := f.check(cmd)
			if err != nil {
				return usageError(err)
			}
			console := newConsole(cmd.InOrStdin(), cmd.ErrOrStderr(), f.requests.quiet, f.requests.verbose)
			return runExport(f, form, console, cmd.OutOrStdout())
		},
	}
	f.define(cmd)
	return cmd
}

func (f *exportFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&f.out, "out", "o", "", "the `FILE` to write, in place of an earlier export (default: standard output)")
	flags.StringVar(&f.form, "for", "sheets", "the program that opens it: excel-br, excel-us or sheets")
	flags.BoolVar(&f.notes, "notes", false, "the notes too, though each may take a request of its own")
	flags.StringVar(&f.idsFrom, "ids-from", "", "only the opportunities of a sheet: a `FILE` with a column id, in its order")
	flags.StringVar(&f.query.Status, "status", "", "only those with this status: "+strings.Join(getraze.Statuses[:], ", "))
	flags.StringVar(&f.query.ResponsibleUserID, "owner", "", "only those for which the user with this `ID` is responsible")
	flags.StringVar(&f.query.Search, "search", "", "only those in which the service finds this `TEXT`")
	flags.StringVar(&f.query.Source, "source", "", "only those from this source")
	flags.StringVar(&f.query.CampaignID, "campaign", "", "only those of the campaign with this `ID`")
	f.requests.define(cmd)
	for _, filter := range listFilters {
		cmd.MarkFlagsMutuallyExclusive("ids-from", filter)
	}
}

func (f *exportFlags) check(cmd *cobra.Command) (report.ExportForm, error) {
	for _, name := range append([]string{"out", "ids-from"}, listFilters...) {
		if flag := cmd.Flags().Lookup(name); flag.Changed && flag.Value.String() == "" {
			return report.ExportForm{}, fmt.Errorf("--%s is empty: it would export more than was asked for, or to another place; leave it out if that is meant", name)
		}
	}
	form, err := report.ParseExportForm(f.form)
	if err != nil {
		return form, fmt.Errorf("--for: %w", err)
	}
	if f.query.Status != "" && !slices.Contains(getraze.Statuses[:], f.query.Status) {
		return form, fmt.Errorf("--status %q: must be one of %s", f.query.Status, strings.Join(getraze.Statuses[:], ", "))
	}
	return form, errors.Join(f.requests.check(), f.checkOut())
}

// checkOut makes sure that --out takes the place of nothing but an earlier export.
func (f *exportFlags) checkOut() error {
	if f.out == "" {
		return nil
	}
	if f.idsFrom != "" && sameFile(f.out, f.idsFrom) {
		return fmt.Errorf("--out %s: this is the file of --ids-from; name another", f.out)
	}
	if err := files.CheckReplaceable(f.out); err != nil {
		return err
	}
	replaceable, err := report.IsExport(f.out, exportColumns(true), exportColumns(false))
	if err == nil && !replaceable {
		err = fmt.Errorf("%s is no export and is kept; name another file with --out", f.out)
	}
	return err
}

// exporting is one call of export under way.
type exporting struct {
	*requester
	flags *exportFlags
	form  report.ExportForm
	ctx   context.Context // ends with the first interrupt
	to    io.Writer
	file  *files.File // of --out, until it is in place
	ids   *idList     // of --ids-from, or nil

	export    *report.Export // begun with the first page
	columns   []string
	onlyUUIDs bool
	listed    listed
	rows      int
	untold    map[string]int // rows for which the service doesn't tell a field
	lacking   int            // what could not be read
}

func runExport(flags *exportFlags, form report.ExportForm, console console, stdout io.Writer) error {
	ctx, _, release := onInterrupt(func() {})
	defer release()
	e := &exporting{flags: flags, form: form, ctx: ctx, to: stdout, untold: map[string]int{}}
	if flags.out == "" && isTerminal(stdout) {
		console.columns = nil // a bar would stand between the rows
	}
	if err := e.prepare(console); err != nil {
		return e.ended(usageError(err))
	}
	defer e.close()
	err := e.fetch()
	e.showProgress(0)
	if err == nil {
		err = e.commit()
	}
	if err != nil {
		e.discard()
		return e.ended(err)
	}
	return e.summarize()
}

// prepare does what can fail before the first request.
func (e *exporting) prepare(console console) (err error) {
	if e.flags.idsFrom != "" {
		if e.ids, err = readIDs(e.ctx, e.flags.idsFrom, console); err != nil {
			return err
		}
		e.lacking = e.ids.refused
	}
	if e.requester, err = newRequester(&e.flags.requests, console); err != nil {
		return err
	}
	if e.flags.out == "" {
		return nil
	}
	if e.file, err = files.Create(e.flags.out); err != nil {
		e.close()
		return err
	}
	e.to = e.file
	return nil
}

func (e *exporting) commit() error {
	if err := e.export.Flush(); err != nil || e.file == nil {
		return err
	}
	file := e.file
	e.file = nil
	return file.Commit()
}

func (e *exporting) discard() {
	if e.file != nil {
		e.file.Discard()
	}
}

// errNotConfirmed ends an export that was to cost too much.
var errNotConfirmed = errors.New("not confirmed")

// ended gives what ended an export before its end its exit code and words.
func (e *exporting) ended(err error) error {
	left := "nothing was written"
	if e.flags.out == "" && e.rows > 0 {
		left = fmt.Sprintf("the %s that were written are not all", words.Plural(e.rows, "row"))
	}
	err = inWordsOf(err)
	var outOfTime *pace.OutOfTime
	var usage *exitError
	switch {
	case errors.Is(context.Cause(e.ctx), errInterrupted):
		return withCode(exitInterrupted, fmt.Errorf("%w; %s", errInterrupted, left))
	case errors.As(err, &usage):
		return err
	case errors.Is(err, errNotConfirmed):
		return usageError(fmt.Errorf("%w; %s", err, left))
	case errors.Is(err, batch.ErrKeyRejected):
		return usageError(fmt.Errorf("%w; an export needs a key with the permission opportunities:read; %s", err, left))
	case errors.As(err, &outOfTime):
		reason, from := explainTime(outOfTime)
		return withCode(exitOutOfTime, fmt.Errorf("%s; %s; run again%s", reason, left, from))
	}
	return withCode(exitStopped, fmt.Errorf("%w; %s", err, left))
}

// summarize tells what was written, and what is lacking.
func (e *exporting) summarize() error {
	to := "standard output"
	if e.flags.out != "" {
		to = e.flags.out
	}
	e.console.say("%s to %s (%s)", words.Plural(e.rows, "opportunity"), to, words.Plural(e.tally.Counts().Requests, "request"))
	for _, field := range e.columns {
		if rows := e.untold[field]; rows > 0 {
			e.console.warn("the service's answers don't tell %s for %s: left empty there", field, words.Plural(rows, "row"))
		}
	}
	e.listed.warn(e.console)
	if e.lacking == 0 {
		return nil
	}
	return withCode(exitFailedRows, fmt.Errorf("%s could not be read, or not wholly: see the warnings", words.Plural(e.lacking, "opportunity")))
}
