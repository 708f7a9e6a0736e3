package cli

import (
	"math"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/batch/pace"
	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/logs"
	"razebulk/internal/cli/internal/reporting"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
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
	dialect      string
	keyFile      string
	keyCommand   string
	sandbox      bool
	yes          bool
	quiet        bool
	verbose      bool
	logFormat    string
}

func (f *requestFlags) define(g *flagset.Groups) {
	f.defineRequests(g)
	g.Of(flagset.Safety).BoolVar(&f.yes, "yes", false, "skip the confirmation")
	output := g.Of(flagset.Output)
	output.BoolVarP(&f.quiet, "quiet", "q", false, "print only warnings and errors")
	output.BoolVarP(&f.verbose, "verbose", "v", false, "log every request")
	output.StringVar(&f.logFormat, logFlag, "", "write a log to standard error instead of messages: `text|json`")
}

// defineRequests defines the flags that ui also has.
func (f *requestFlags) defineRequests(g *flagset.Groups) {
	send := g.Of(flagset.Send)
	send.IntVar(&f.concurrency, "concurrency", 8, "workers, 1 to 256")
	send.DurationVar(&f.timeout, "timeout", 30*time.Second, "how long one request may take")
	send.IntVar(&f.retries, "retries", 4, "retries after a transient failure")
	quota := g.Of(flagset.Quota)
	quota.Float64Var(&f.rate, "rate", 10, "requests a second, at most; 0 = no cap")
	quota.Var(flagset.Share{To: &f.quotaReserve}, "quota-reserve", "leave this many requests of every window to other programs")
	quota.DurationVar(&f.maxDuration, "max-duration", 0, "stop when the run takes, or would have to take, longer; 0 = never")
	f.defineAccess(g.Of(flagset.Access))
}

// defineAccess defines the flags that say where the API and the key are.
func (f *requestFlags) defineAccess(access *pflag.FlagSet) {
	access.BoolVar(&f.sandbox, "sandbox", false, "run against the embedded API: no account, no network")
	access.StringVar(&f.keyFile, "api-key-file", "", "a `FILE` that holds the API key (else "+apikey.Variable+")")
	access.StringVar(&f.keyCommand, "api-key-command", "", "a `COMMAND` that prints the API key; it is run without a shell")
	access.StringVar(&f.baseURL, "base-url", getraze.DefaultBaseURL, "where the API is (also GETRAZE_BASE_URL)")
	access.StringVar(&f.dialect, "dialect", "", "the service's dialect, `documented|observed`, instead of detecting it")
}

// exclude declares which flags exclude each other. It must be called after the flags are defined.
func (f *requestFlags) exclude(cmd *cobra.Command) {
	cmd.MarkFlagsMutuallyExclusive("quiet", "verbose")
	f.excludeAccess(cmd)
}

func (f *requestFlags) excludeAccess(cmd *cobra.Command) {
	cmd.MarkFlagsMutuallyExclusive("sandbox", "base-url")
	cmd.MarkFlagsMutuallyExclusive("api-key-file", "api-key-command")
}

func (f *requestFlags) check() error {
	switch {
	case f.concurrency < 1 || f.concurrency > 256:
		return reason.New("flag_out_of_range", "flag", "--concurrency", "given", f.concurrency, "min", 1, "max", 256)
	case f.rate < 0 || math.IsNaN(f.rate) || math.IsInf(f.rate, 0):
		return reason.New("flag_negative", "flag", "--rate", "given", f.rate, "rate", true)
	case f.quotaReserve.Percent >= 100:
		return reason.New("flag_takes_all", "flag", "--quota-reserve", "given", "100%")
	case f.timeout <= 0:
		return reason.New("flag_not_positive", "flag", "--timeout", "given", f.timeout)
	case f.maxDuration < 0:
		return negative("--max-duration", f.maxDuration)
	case f.retries < 0:
		return negative("--retries", f.retries)
	}
	if _, known := getraze.NewDialect(f.dialect, true); f.dialect != "" && !known {
		return reason.New("flag_choices", "flag", "--dialect", "given", f.dialect, "choices", []string{"documented", "observed"})
	}
	return logs.Check(f.logFormat)
}

// negative returns the error for a value below 0.
func negative(flag string, given any) error {
	return reason.New("flag_negative", "flag", flag, "given", given, "rate", false)
}

// needs returns the error for flags that have no effect without others.
func needs(others string, flags ...string) error {
	return reason.New("flags_need", "flags", flags, "needs", others)
}

// options returns how requests are made to the API of access.
func (f *requestFlags) options(access access, c console.Console) run.Options {
	fixed, _ := getraze.NewDialect(f.dialect, true) // the zero value if it is to be detected
	return run.Options{
		API:     f.api(access),
		Workers: f.concurrency, Retries: f.retries, PerSecond: f.rate, Reserve: f.quotaReserve, MaxDuration: f.maxDuration,
		Dialect: fixed, Interactive: c.Asks != console.Nobody, Log: c.Log(),
	}
}

func (f *requestFlags) api(access access) getraze.Options {
	return getraze.Options{BaseURL: access.baseURL, Key: access.key, Timeout: f.timeout, UserAgent: "razebulk/" + version()}
}

// address returns the API's address for records that outlive the run: the sandbox's differs each time.
func (f *requestFlags) address() string {
	if f.sandbox {
		return "sandbox"
	}
	return reporting.AddressOf(f.baseURL)
}

// console returns the console of a command, whose sheet comes from standard input if piped.
func (f *requestFlags) console(cmd *cobra.Command, piped bool) console.Console {
	c := console.New(cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr(), piped, f.quiet, f.verbose)
	c.Words = talkWords(cmd)
	if c.Logger = logOf(cmd, cmd.ErrOrStderr()); c.Logger != nil {
		c.Moves = false
	}
	return c
}
