package cli

import (
	"errors"
	"fmt"
	"math"
	"os"
	"time"

	"razebulk/batch/pace"

	"github.com/spf13/cobra"

	"razebulk/batch"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/words"
	"razebulk/report"
)

// requestFlags are the flags that say how requests are made.
type requestFlags struct {
	concurrency  int
	rate         float64
	timeout      time.Duration
	retries      int
	quotaReserve pace.Share
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

func (f *requestFlags) check() error {
	switch {
	case f.concurrency < 1 || f.concurrency > 256:
		return fmt.Errorf("--concurrency %d: must be 1 to 256", f.concurrency)
	case f.rate < 0 || math.IsNaN(f.rate) || math.IsInf(f.rate, 0):
		return fmt.Errorf("--rate %v: must be 0 or more requests a second", f.rate)
	case f.timeout <= 0:
		return fmt.Errorf("--timeout %s: must be more than 0", f.timeout)
	case f.maxDuration < 0:
		return fmt.Errorf("--max-duration %s: must be 0 or more", f.maxDuration)
	case f.retries < 0:
		return fmt.Errorf("--retries %d: must be 0 or more", f.retries)
	}
	return nil
}

func (f *requestFlags) newPacer(console console) *pace.Pacer {
	limits := pace.Limits{PerSecond: f.rate, Reserve: f.quotaReserve, Warn: func(about reason.Reason) { console.warn("%s", inWords(about)) }}
	if f.maxDuration > 0 {
		limits.Deadline = time.Now().Add(f.maxDuration)
	}
	return pace.NewPacer(limits)
}

// job is one that requests go by, until it is told what to do.
func (f *requestFlags) job(client *getraze.Client, pacer *pace.Pacer, console console, record func(batch.Result) error) batch.Job {
	return batch.Job{
		Client: client, Pacer: pacer, Workers: f.concurrency, Retries: f.retries, Log: console.log(), Record: record,
	}
}

// reader counts its requests in the tally.
func (f *requestFlags) reader(client *getraze.Client, pacer *pace.Pacer, console console, tally *report.Tally) batch.Reader {
	return batch.Reader{
		Client: client, Pacer: pacer, Workers: f.concurrency, Retries: f.retries, Log: console.log(),
		Count: func(requests int) { tally.Count(batch.Result{Status: batch.Success, Attempts: requests}) },
	}
}

func inWords(reasons ...reason.Reason) string {
	return reason.Reasons(reasons).Worded(words.For(nil).Text)
}

// inWordsOf is an error with the words of its reason, if it has one.
func inWordsOf(err error) error {
	var why reason.Reason
	var typed interface{ Reason() reason.Reason }
	switch {
	case errors.As(err, &why):
		return wordedError{err, reasonText(why)}
	case errors.As(err, &typed):
		return wordedError{err, inWords(typed.Reason())}
	}
	return err
}

type wordedError struct {
	error
	text string
}

func (e wordedError) Error() string { return e.text }
func (e wordedError) Unwrap() error { return e.error }

// requester makes the requests of a command.
type requester struct {
	flags   *requestFlags
	console console
	access  access
	pacer   *pace.Pacer
	tally   *report.Tally // of all requests
	stop    func()        // the progress that is shown
}

// newRequester must be closed.
func newRequester(flags *requestFlags, console console) (*requester, error) {
	access, err := flags.openAccess(false)
	if err != nil {
		return nil, err
	}
	return &requester{
		flags: flags, console: console, access: access, pacer: flags.newPacer(console), tally: report.NewTally(), stop: func() {},
	}, nil
}

func (r *requester) close() {
	r.stop()
	r.access.close()
}

func (r *requester) reader() batch.Reader {
	return r.flags.reader(r.access.client, r.pacer, r.console, r.tally)
}

// showProgress shows from now on how many of these requests are done; 0 ends it.
func (r *requester) showProgress(requests int) {
	r.stop()
	r.stop = func() {}
	if requests == 0 {
		return
	}
	r.stop = r.console.showProgress(progressOf{Tally: r.tally, Pacer: r.pacer, What: "requests", Rows: requests, Requests: requests})
}

// timeNeeded tells the windows of the quota that further requests take.
func (f *requestFlags) timeNeeded(pacer *pace.Pacer, requests int) string {
	o := pacer.Outlook(requests)
	needed := time.Until(o.Done)
	quota := "the usual quota of " + words.Thousands(o.Limit) + " requests an hour"
	if o.Reported {
		quota = "the quota of " + words.Thousands(o.Limit) + " requests"
	}
	text := fmt.Sprintf("%s of %s; done about %s (in %s)", words.Plural(o.Windows, "window"), quota, words.Clock(o.Done), words.Countdown(needed))
	if f.maxDuration > 0 && needed > f.maxDuration {
		text += "; that is more than --max-duration allows"
	}
	return text
}
