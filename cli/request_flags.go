package cli

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"razebulk/batch"
	"razebulk/getraze"
	"razebulk/report"
)

// requestFlags are the flags that say how requests are made.
type requestFlags struct {
	concurrency  int
	rate         float64
	timeout      time.Duration
	retries      int
	quotaReserve batch.Share
	maxDuration  time.Duration
	baseURL      string
	keyFile      string
	sandbox      bool
	yes          bool
	quiet        bool
	verbose      bool
}

func (f *requestFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.IntVar(&f.concurrency, "concurrency", 8, "workers, 1 to 256")
	flags.Float64Var(&f.rate, "rate", 10, "requests a second, at most; 0 = no cap")
	flags.DurationVar(&f.timeout, "timeout", 30*time.Second, "how long one request may take")
	flags.IntVar(&f.retries, "retries", 4, "further tries after a failure that may pass")
	flags.Var(shareFlag{&f.quotaReserve}, "quota-reserve", "leave so many requests of every window to other programs")
	flags.DurationVar(&f.maxDuration, "max-duration", 0, "stop when the run has taken, or would have to take, longer; 0 = never")
	flags.StringVar(&f.baseURL, "base-url", getraze.DefaultBaseURL, "where the API is (also "+baseURLVariable+")")
	flags.StringVar(&f.keyFile, "api-key-file", "", "a `FILE` that holds the API key (else "+keyVariable+")")
	flags.BoolVar(&f.sandbox, "sandbox", false, "run against the embedded API: no account, no network")
	flags.BoolVar(&f.yes, "yes", false, "don't ask")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "say only what went wrong")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "tell of every request")
	cmd.MarkFlagsMutuallyExclusive("quiet", "verbose")
	cmd.MarkFlagsMutuallyExclusive("sandbox", "base-url")
	cmd.PreRun = func(*cobra.Command, []string) {
		if fromEnvironment := os.Getenv(baseURLVariable); fromEnvironment != "" && !flags.Changed("base-url") {
			f.baseURL = fromEnvironment
		}
	}
}

// asUpdate are the same flags as update has them.
func (f *requestFlags) asUpdate() *updateFlags {
	return &updateFlags{
		concurrency: f.concurrency, rate: f.rate, timeout: f.timeout, retries: f.retries, quotaReserve: f.quotaReserve,
		maxDuration: f.maxDuration, baseURL: f.baseURL, keyFile: f.keyFile, sandbox: f.sandbox,
	}
}

// requester makes the requests of a command.
type requester struct {
	flags   *requestFlags
	console console
	access  access
	pacer   *batch.Pacer
	tally   *report.Tally // of all requests
	stop    func()        // the progress that is shown
	// cutShort tells that time was up for a request that the service had put off.
	cutShort bool
}

// newRequester must be closed.
func newRequester(flags *requestFlags, console console) (*requester, error) {
	access, err := flags.asUpdate().openAccess()
	if err != nil {
		return nil, err
	}
	limits := batch.Limits{PerSecond: flags.rate, Reserve: flags.quotaReserve, Warn: console.warn}
	if flags.maxDuration > 0 {
		limits.Deadline = time.Now().Add(flags.maxDuration)
	}
	return &requester{
		flags: flags, console: console, access: access, pacer: batch.NewPacer(limits), tally: report.NewTally(), stop: func() {},
	}, nil
}

func (r *requester) close() {
	r.stop()
	r.access.close()
}

func (r *requester) job() batch.Job {
	return batch.Job{
		Client: r.access.client, Pacer: r.pacer, Workers: r.flags.concurrency, Retries: r.flags.retries,
		Log: r.console.log(), Record: r.record,
	}
}

// record gives a key that is rejected its own error, which a page of a list that can't be read would hide.
func (r *requester) record(result batch.Result) error {
	r.tally.Count(result)
	r.cutShort = r.cutShort || result.Status == batch.NotAttempted
	if result.HTTPStatus == 401 || result.HTTPStatus == 403 {
		return fmt.Errorf("%w: %s %s", batch.ErrKeyRejected, result.Status, result.Message)
	}
	return nil
}

// showProgress shows from now on how many of these requests are done; 0 ends it.
func (r *requester) showProgress(requests int) {
	r.stop()
	r.stop = func() {}
	if r.flags.quiet || requests == 0 {
		return
	}
	run := report.Run{Tally: r.tally, Pacer: r.pacer, What: "requests", Rows: requests, Requests: requests}
	progress := report.StartProgress(run, r.console.err.out, r.console.columns)
	r.console.err.ownedBy(progress)
	r.stop = func() {
		r.console.err.ownedBy(nil)
		progress.Stop()
	}
}

// timeNeeded tells the windows of the quota that further requests take.
func (r *requester) timeNeeded(requests int) string {
	o := r.pacer.Outlook(requests)
	needed := time.Until(o.Done)
	text := fmt.Sprintf("%s of the quota of %s requests; done about %s (in %s)",
		report.Plural(o.Windows, "window"), report.Thousands(o.Limit), report.Clock(o.Done), report.Countdown(needed))
	if d := r.flags.maxDuration; d > 0 && needed > d {
		text += "; that is more than --max-duration allows"
	}
	return text
}
