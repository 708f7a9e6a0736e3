package reporting

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"razebulk/internal/cli/internal/planned"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/history"
	"razebulk/internal/notify"
	"razebulk/internal/page/runreport"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// Run describes the run that is reported.
type Run struct {
	ID      string // of [NewID]
	Version string
	Sheet   string // "-" is standard input
	Address string
	DryRun  bool
	// Compared, Stage and StateFile are as in [history.Run].
	Compared, Stage bool
	StateFile       string
	// Leaves are the files that the run may leave, Undo is the one of them that undoes it, and Others are what else it
	// reads or writes. No report replaces any of them.
	Leaves []string
	Undo   string
	Others []string
	// Applies reports whether the sheet is a reviewed plan.
	Applies bool
	// Words are the texts of the page, and Message returns the text of an error.
	Words   *words.Words
	Message func(error) string
}

// Report is the report of one run. It is not safe for concurrent use.
type Report struct {
	flags     Flags
	id        string
	collector *notify.Collector
	ping      *notify.Ping
	warn      func(what string, err error)

	leaves  []string // as absolute paths
	undo    string
	history *history.File
	entry   history.Run // once the run has begun
	begun   bool

	resumable bool
	page      runreport.Report
	message   func(error) string
}

// Begin checks the flags, writes the first reports, and sends the first ping. Its error is a usage error, and means
// that nothing was written. Later failures are only passed to warn, with what failed.
func (f *Flags) Begin(ctx context.Context, run Run, warn func(what string, err error)) (*Report, error) {
	if err := f.check(slices.Concat(run.Leaves, run.Others)); err != nil {
		return nil, err
	}
	r := &Report{flags: *f, id: run.ID, warn: warn, message: run.Message}
	if f.ping != "" {
		var err error
		if r.ping, err = notify.NewPing(f.ping); err != nil {
			return nil, err
		}
	}
	name := files.NameOf(run.Sheet)
	r.collector = notify.NewCollector(run.Version, r.id, name, run.DryRun)
	r.entry = entryOf(run, name)
	for _, path := range run.Leaves {
		r.leaves = append(r.leaves, absolute(path))
	}
	r.undo = absolute(run.Undo)
	r.page = runreport.Report{Words: run.Words, Applies: run.Applies, PlanAge: planned.MaxAge, Host: HostOf(run.Address), User: r.entry.User, Details: runreport.NewCollector(run.DryRun, func(r reason.Reason) string { return run.Message(r) })}
	r.write()
	if r.ping != nil {
		r.warnOf("--ping", r.ping.Start(ctx))
	}
	return r, nil
}

// NewID returns a unique id of a run. Ids sort by time.
func NewID() string {
	return time.Now().UTC().Format("20060102T150405Z") + "-" + rand.Text()[:6]
}

// entryOf returns the history's entry for the run as it begins.
func entryOf(run Run, name string) history.Run {
	entry := history.Run{Address: run.Address, Compared: run.Compared, Stage: run.Stage, StateFile: absolute(run.StateFile)}
	entry.Sheet.Name = name
	if run.Sheet != "-" {
		entry.Sheet.Name = absolute(name)
	}
	if who, err := user.Current(); err == nil {
		entry.User = who.Username
	}
	entry.Host, _ = os.Hostname()
	return entry
}

// HostOf returns the host of an address. What is not an address, such as the sandbox's name, is returned as it is.
func HostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// AddressOf returns an API's address for records that outlive the run. Two spellings of the same address have one: no
// final slash, and scheme and host in lower case.
func AddressOf(baseURL string) string {
	trimmed := strings.TrimRight(baseURL, "/")
	u, err := url.Parse(trimmed)
	if err != nil {
		return trimmed
	}
	u.Host = strings.ToLower(u.Host)
	return u.String()
}

// absolute returns the absolute path; "" stays "".
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil && path != "" {
		return whole
	}
	return path
}

// ID returns the id of the run, unless it resumes another one.
func (r *Report) ID() string { return r.id }

// Handle is an [event.Handler].
func (r *Report) Handle(e event.Event) {
	r.collector.Handle(e)
	if r.flags.page != "" {
		r.page.Details.Handle(e)
	}
	switch e := e.(type) {
	case event.Planned:
		r.write()
	case event.Began:
		r.began(e)
	case event.SetAside:
		r.entry.SetAside = append(r.entry.SetAside, history.SetAside{File: absolute(e.File), Name: absolute(e.Name)})
	}
}

// began records the run in the history. It warns only once if that fails.
func (r *Report) began(e event.Began) {
	r.entry.Began = e.Began
	var err error
	if r.history, err = history.Open(); err == nil {
		err = r.history.Append(r.now())
	}
	r.begun = err == nil
	r.warnOf("the run can't be noted in the history", err)
}

// Applies records which plan the run applies, and whether it sets stages.
func (r *Report) Applies(plan string, stage bool) { r.entry.Plan, r.entry.Stage = plan, stage }

// Resumable records that rows remain and that another run can resume this one.
func (r *Report) Resumable() { r.resumable = true }

// now returns the run's line in the history. While the run is in progress, the line names the undo file that it may
// leave.
func (r *Report) now() history.Run {
	run := r.entry.Of(r.collector.Summary())
	if run.State == notify.Running && run.Compared {
		run.Files.Undo = r.undo
	}
	return run
}

// End reports how the run has ended, and removes old files if that is wanted. By is a code for what ended it, and err
// is the error; nil for none.
func (r *Report) End(state notify.State, exitCode int, by string, err error) {
	if err != nil {
		r.page.Message = r.message(err)
	}
	r.collector.End(state, exitCode, by, r.resumable)
	r.write()
	summary := r.collector.Summary()
	if r.begun {
		r.warnOf("the end of the run can't be noted in the history", r.history.Append(r.now()))
		r.prune()
	}
	if r.ping != nil {
		r.warnOf("--ping", r.ping.End(context.Background(), exitCode == 0, summary.JSON()))
	}
}

// write updates the summary and the metrics.
func (r *Report) write() {
	s := r.collector.Summary()
	if r.flags.summary != "" {
		r.warnOf("--summary", notify.SummaryFile.Write(r.flags.summary, s.JSON()))
	}
	if r.flags.metrics != "" {
		r.warnOf("--metrics", notify.MetricsFile.Write(r.flags.metrics, s.Metrics()))
	}
	if r.flags.page != "" {
		r.warnOf("--report", r.writePage(s))
	}
}

func (r *Report) writePage(s notify.Summary) error {
	r.page.Summary = s
	text, err := r.page.HTML()
	if err != nil {
		return err
	}
	return notify.PageFile.Write(r.flags.page, text)
}

// prune removes files that this program has set aside, except the newest. The current files count as one run.
func (r *Report) prune() {
	if r.flags.keepRuns == 0 {
		return
	}
	runs, _, err := r.history.Read()
	if err == nil {
		err = runs.Prune(r.flags.keepRuns-1, r.leaves...)
	}
	r.warnOf("--keep-runs", err)
}

func (r *Report) warnOf(what string, err error) {
	if err != nil {
		r.warn(what, err)
	}
}
