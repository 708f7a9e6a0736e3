package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/cli/internal/reporting"
	"razebulk/internal/cli/internal/sheet"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/update"
)

// updateFlags are the flags of update, as the user gave them.
type updateFlags struct {
	requestFlags
	dryRun      bool
	results     string
	resume      bool
	restart     bool
	sheet       sheet.Flags
	strict      bool
	state       string
	compare     bool
	undoFile    string
	force       bool
	stage       bool
	stageMap    []string
	ownerMap    []string
	maxFailures pace.Share
	omit        bool // leaves out what the service doesn't store
	minRows     int
	first       int
	maxChanges  pace.Share
	exitCode    bool
	report      reporting.Flags
	planFormat  string
	matchOpen   bool
	rules       sheet.Rules
	content     io.Reader                                    // the sheet that apply makes from a plan
	begin       func(c *command, to *reporting.Report) error // what apply does first; nil for update
}

func newUpdate() *cobra.Command {
	f := &updateFlags{maxFailures: update.MaxFailures}
	cmd := &cobra.Command{
		Use:   "update [flags] FILE",
		Short: "Update the opportunities that a sheet lists",
		Long: `update sends one request for each row of FILE, a CSV file or an Excel workbook
("-" is standard input). The column id says which opportunity a row is about;
the columns name, email, phone, company, position, deal_value, deal_currency,
notes and responsible_user_id are what can be updated, and with --stage the
status. An empty cell means "don't update".

The whole file is checked before anything is sent. The outcome of each row is
written to the results file.

` + exitCodes,
		Example: `  razebulk update --sandbox testdata/opportunities.csv
                                     try it; no account needed
  razebulk update --dry-run deals.csv
                                     check the file and write the plan
  razebulk update deals.csv          send`,
		Args: usage.OneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.reported(&command{cmd: cmd, file: args[0]})
		},
	}
	f.define(cmd)
	return cmd
}

func (f *updateFlags) define(cmd *cobra.Command) {
	g := &flagset.Groups{}
	f.sheet.Define(g.Of(flagset.Sheet))
	g.Of(flagset.Sheet).BoolVar(&f.stage, "stage", false, "set the status of opportunities from the column status")
	g.Of(flagset.Sheet).StringArrayVar(&f.stageMap, "stage-map", nil, "with --stage: what the name of a stage means, as \"`NAME=STATUS-OR-ID`\"; repeatable")
	g.Of(flagset.Sheet).StringArrayVar(&f.ownerMap, "owner-map", nil, "the user id that a text in the owner's column stands for, as \"`TEXT=ID`\"; repeatable")
	g.Of(flagset.Sheet).BoolVar(&f.matchOpen, "match-open", false, "with --match: if several match, take the only one neither won nor lost")
	g.Of(flagset.Send).BoolVar(&f.compare, "compare", false, "read the CRM first, and send only cells that differ from it")
	f.rules.Define(g.Of(flagset.Send))
	f.defineSending(g)
	g.Of(flagset.Quota).IntVar(&f.first, "first", 0, "stop after the first `N` rows that have something to send; 0 = never")
	safety := g.Of(flagset.Safety)
	safety.BoolVarP(&f.dryRun, "dry-run", "n", false, "read, check and plan everything; send nothing; write the plan")
	safety.StringVar(&f.planFormat, "plan-format", "csv", "with --dry-run: `FORMAT` of the plan, csv or json")
	safety.IntVar(&f.minRows, "min-rows", 0, "refuse a sheet with fewer than `N` rows, such as an export that was cut off")
	safety.Var(flagset.Share{To: &f.maxChanges}, "max-changes", "refuse a run that would change more rows than this")
	safety.BoolVar(&f.exitCode, "exit-code", false, "with --dry-run --compare: exit code 6 if anything differs")
	f.defineFailures(g)
	f.defineFiles(g)
	f.requestFlags.define(g)
	g.AddTo(cmd)
	cmd.Flags().SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "backup" { // the flag's earlier name
			name = "undo-file"
		}
		return pflag.NormalizedName(name)
	})
	f.exclude(cmd)
	cmd.MarkFlagsMutuallyExclusive("resume", "restart")
}

// defineSending defines flags that apply also has, as do the next two functions.
func (f *updateFlags) defineSending(g *flagset.Groups) {
	send := g.Of(flagset.Send)
	send.StringVar(&f.state, "state", "", "remember in `FILE` what was stored, and send only cells that differ from it")
	send.BoolVar(&f.resume, "resume", false, "resume an unfinished run of the same file, if there is one")
	send.BoolVar(&f.restart, "restart", false, "start again even if there is a run to resume")
	send.BoolVar(&f.force, "force", false, "with --compare: also send what somebody has changed since")
	send.BoolVar(&f.omit, "ignore-unstored", false, "leave out cells of fields that the service does not store; otherwise their rows fail")
}

func (f *updateFlags) defineFailures(g *flagset.Groups) {
	safety := g.Of(flagset.Safety)
	safety.BoolVar(&f.strict, "strict", false, "send nothing if any row is invalid")
	safety.Var(flagset.Share{To: &f.maxFailures}, "max-failures", "stop when more of the sent rows have failed; N% counts after 50 rows")
}

func (f *updateFlags) defineFiles(g *flagset.Groups) {
	file := g.Of(flagset.Files)
	file.StringVar(&f.results, "results", "", "the results `FILE`; in a dry run, the plan; a workbook if its name ends in .xlsx (default: the input's name with .results.csv)")
	file.StringVar(&f.undoFile, "undo-file", "", "with --compare: the `FILE` that undoes the run (default: the input's name with .undo.csv)")
	f.report.Define(file)
}

// check refuses contradictory flags. A settings file serves several commands: a flag in it that needs another one,
// which this run does not have, is ignored.
func (f *updateFlags) check(cmd *cobra.Command) error {
	given := func(name string) bool { return cmd.Flags().Changed(name) && !settingsOf(cmd).Applied(name) }
	if !f.compare && (given("undo-file") || given("force") && f.force) {
		return needs("--compare", "--undo-file", "--force")
	}
	if !f.compare && (given("only-blank") || given("append")) {
		return needs("--compare", "--only-blank", "--append")
	}
	if err := f.rules.Check(); err != nil {
		return err
	}
	if !f.stage && given("stage-map") {
		return needs("--stage", "--stage-map")
	}
	if given("match-open") && !cmd.Flags().Changed("match") {
		return needs("--match", "--match-open")
	}
	if given("plan-format") && !f.dryRun {
		return needs("--dry-run", "--plan-format")
	}
	if f.planFormat != "" && f.planFormat != "csv" && f.planFormat != "json" {
		return reason.New("flag_choices", "flag", "--plan-format", "given", f.planFormat, "choices", []string{"csv", "json"})
	}
	if f.dryRun && f.planFormat == "json" && f.results != "" && !strings.EqualFold(filepath.Ext(f.results), ".json") {
		return reason.New("plan_format_name", "file", f.results)
	}
	if f.minRows < 0 {
		return negative("--min-rows", f.minRows)
	}
	if f.first < 0 {
		return negative("--first", f.first)
	}
	if given("exit-code") && f.exitCode && (!f.dryRun || !f.compare) {
		return needs("--dry-run --compare", "--exit-code")
	}
	return f.requestFlags.check()
}

// comparingGC is the garbage collector's target percentage with --compare: what the CRM holds stays in memory until the
// end, and the usual 100 would double it.
const comparingGC = 30

// rememberingGC is the same with a state file: each write to it briefly needs a few megabytes.
const rememberingGC = 50

// run prepares the run, asks for confirmation, and sends.
func (f *updateFlags) run(c *command, p *printer, to *reporting.Report) error {
	if err := f.check(c.cmd); err != nil {
		return err
	}
	if f.begin != nil {
		if err := f.begin(c, to); err != nil {
			return err
		}
	}
	switch {
	case f.compare:
		debug.SetGCPercent(comparingGC)
	case f.state != "":
		debug.SetGCPercent(rememberingGC)
	}
	var sending atomic.Bool
	signals.OutliveReaders()
	ctx, abort, release := signals.OnInterrupt(func() {
		if sending.Load() {
			p.Say("interrupt_awaited")
		}
	})
	defer release()
	access, err := f.open(ctx, c.cmd, p.warnOf)
	if err != nil {
		return err
	}
	defer access.close()
	c.keyFrom = access.keyFrom
	o, err := f.updateOptions(c, p, access)
	if err != nil {
		return err
	}
	o.Abort, o.ID, o.EmitPlans, o.MayResume = abort, to.ID(), f.report.WantsPlans(), reporting.MayResume
	o.Handle = func(e event.Event) { to.Handle(e); p.handle(e) }
	prepared, err := update.Prepare(ctx, o)
	if err != nil {
		return err
	}
	defer prepared.Close()
	c.reviewed = prepared.Reviewed()
	if f.dryRun {
		return f.dry(ctx, prepared, p)
	}
	if err := f.confirm(ctx, prepared, p); err != nil {
		return err
	}
	sending.Store(true)
	c.sent, err = prepared.Send(ctx)
	sending.Store(false)
	if c.sent.Resumable {
		to.Resumable()
	}
	p.LogPanic(err)
	return err
}

func (f *updateFlags) updateOptions(c *command, p *printer, access access) (update.Options, error) {
	reading, err := f.sheet.Options()
	if err != nil {
		return update.Options{}, err
	}
	reading.Stage, reading.UpdatedAt = f.stage, f.compare
	stages, err := update.ParseStageMap(f.stageMap)
	if err != nil {
		return update.Options{}, fmt.Errorf("--stage-map %w", err)
	}
	owners, err := update.ParseOwnerMap(f.ownerMap)
	if err != nil {
		return update.Options{}, fmt.Errorf("--owner-map %w", err)
	}
	inFiles := c.words()
	paths, err := update.PathsFor(c.file, f.results, f.undoFile)
	if f.planFormat == "json" && f.results == "" {
		paths.Plan = strings.TrimSuffix(paths.Plan, ".csv") + ".json"
	}
	o := update.Options{
		File: c.file, Stdin: p.In, Content: f.content, Paths: paths, Sheet: reading, Requests: f.requestFlags.options(access, p.Console), Address: f.address(),
		DryRun: f.dryRun, Strict: f.strict, Resume: f.resume, Restart: f.restart, State: f.state, MinRows: f.minRows, First: f.first, MatchOpen: f.matchOpen, Compare: f.compare, Force: f.force,
		StageMap: stages, OwnerMap: owners, IgnoreUnstored: f.omit, MaxFailures: f.maxFailures, Version: version(), Words: func(r reason.Reason) string { return message.OfReason(inFiles, r) },
	}
	if f.compare {
		o.Rules = f.rules.Of(time.Now())
	}
	if c.cmd.Flags().Changed("max-changes") {
		o.MaxChanges = &f.maxChanges
	}
	return o, err
}

// dry ends a dry run.
func (f *updateFlags) dry(ctx context.Context, prepared *update.Run, p *printer) error {
	if err := prepared.WritePlan(ctx); err != nil {
		return err
	}
	c := p.command
	c.survey, c.plan = prepared.Survey(), prepared.Paths().Plan
	if f.compare {
		p.preview(prepared)
	}
	p.repeats(prepared.Repeats())
	p.Say("dry_run_done", "file", c.plan)
	if err := prepared.CheckChanges(); err != nil {
		return err
	}
	switch {
	case c.survey.Invalid > 0 && f.strict:
		return errWouldWithhold
	case c.survey.Invalid > 0:
		return errInvalidRows
	case f.exitCode && differing(c.survey) > 0:
		return errDiffers
	}
	return nil
}

// differing returns how many rows differ from the CRM.
func differing(s batch.Survey) int { return s.Rows - s.Invalid - s.Unchanged - s.Empty }

// confirm asks for confirmation if somebody is there to answer.
func (f *updateFlags) confirm(ctx context.Context, prepared *update.Run, p *printer) error {
	survey := prepared.Survey()
	if p.Asks == console.Nobody || f.yes || f.sandbox || survey.Requests == 0 || prepared.Withheld() {
		return nil
	}
	asked, done, err := p.OnTerminal()
	if err != nil {
		return &notConfirmedError{err}
	}
	defer done()
	if f.compare {
		newPrinter(asked, p.Words, p.command).preview(prepared)
	}
	yes, err := asked.Confirm(ctx, p.Words.Say("ask_to_send", "requests", survey.Requests, "file", prepared.Name(), "host", prepared.Host()))
	if err == nil && !yes {
		err = &notConfirmedError{reason.New("not_confirmed")}
	}
	return err
}
