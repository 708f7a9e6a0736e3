package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/crm"
	"razebulk/internal/sandbox"
)

// sandboxFlags are the flags of sandbox, as the user gave them.
type sandboxFlags struct {
	listen        string
	keys          []string
	opportunities string
	options       sandbox.Options
}

func newSandbox() *cobra.Command {
	f := &sandboxFlags{}
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve the embedded API for other clients, until interrupted",
		Long: `sandbox serves a GetRaze API over opportunities in memory, with keys, the hourly
quota and the documented errors, until it is interrupted. Its address is printed
on standard output once it listens.`,
		Example: `  razebulk sandbox --key gr_live_mine --opportunities held.csv
  GETRAZE_API_KEY=gr_live_mine GETRAZE_BASE_URL=http://127.0.0.1:8080 \
    razebulk update deals.csv`,
		Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	g := &groups{}
	flags := g.of("Service")
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8080", "the `ADDRESS` to listen on; port 0 is any free one")
	flags.StringArrayVar(&f.keys, "key", []string{sandbox.DefaultKey}, "an API `KEY` that is accepted; may be repeated")
	flags.StringVar(&f.opportunities, "opportunities", "", "a CSV `FILE` of the opportunities it holds (default: fifty of its own)")
	flags.StringVar((*string)(&f.options.Dialect), "dialect", "", "the `DIALECT` to speak: documented (the default) or observed")
	flags.BoolVar(&f.options.Seen, "as-seen", false, "the same as --dialect observed")
	flags.IntVar(&f.options.Limit, "quota", 1000, "requests for each key and window")
	flags.DurationVar(&f.options.Window, "window", time.Hour, "length of a quota window")
	flags.StringSliceVar(&f.options.Ignored, "ignore-fields", nil, "accept the fields `A,B` and don't store them")
	faults := &f.options.Faults
	flags = g.of("Faults")
	flags.DurationVar(&faults.Latency, "latency", 0, "time before each answer")
	flags.Float64Var(&faults.Error500, "error-500", 0, "share of requests that answer 500, 0 to 1")
	flags.Float64Var(&faults.HTML502, "html-502", 0, "share that answer 502 with a proxy's HTML page")
	flags.Float64Var(&faults.Reset, "reset", 0, "share that are stored and then cut off without an answer")
	flags.Float64Var(&faults.Hang, "hang", 0, "share that are never answered")
	g.addTo(cmd)
	cmd.MarkFlagsMutuallyExclusive("dialect", "as-seen")
	return cmd
}

func (f *sandboxFlags) run(cmd *cobra.Command) error {
	if err := errors.Join(f.check(), f.load()); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("--listen %s: no address to listen on, such as 127.0.0.1:8080: %w", f.listen, reasonOf(err))
	}
	outliveReaders()
	next, inFlight, release := onInterrupt(func() {})
	defer release()
	fmt.Fprintf(cmd.OutOrStdout(), "listening on http://%s\n", listener.Addr())
	return serveUntil(next, inFlight, listener, sandbox.New(f.options))
}

func (f *sandboxFlags) check() error {
	if f.options.Limit < 1 || f.options.Window < time.Second {
		return errors.New("--quota must be 1 or more, and --window 1s or more")
	}
	if d := f.options.Dialect; d != "" && !slices.Contains(sandbox.Dialects, d) {
		return fmt.Errorf("--dialect must be documented or observed, not %q", d)
	}
	for _, field := range f.options.Ignored {
		if !slices.Contains(crm.Fields, field) {
			return fmt.Errorf("--ignore-fields: there is no field %q", field)
		}
	}
	faults := f.options.Faults
	for flag, share := range map[string]float64{
		"error-500": faults.Error500, "html-502": faults.HTML502, "reset": faults.Reset, "hang": faults.Hang,
	} {
		if !(share >= 0 && share <= 1) {
			return fmt.Errorf("--%s %v: a share of requests must be 0 to 1", flag, share)
		}
	}
	return nil
}

// reasonOf leaves out what net says of the call.
func reasonOf(err error) error {
	var of *net.OpError
	if !errors.As(err, &of) {
		return err
	}
	var address *net.AddrError
	if errors.As(of.Err, &address) {
		return errors.New(address.Err)
	}
	return of.Err
}

func (f *sandboxFlags) load() error {
	for _, key := range f.keys {
		f.options.Keys = append(f.options.Keys, sandbox.Key{Value: key, Read: true, Write: true})
	}
	if f.opportunities == "" {
		return nil
	}
	file, err := os.Open(f.opportunities)
	if err != nil {
		return err
	}
	defer file.Close()
	if f.options.Opportunities, err = sandbox.ReadOpportunities(file); err != nil {
		return fmt.Errorf("%s: %w", f.opportunities, err)
	}
	return nil
}

// serveUntil serves until ctx ends, lets requests under way finish unless inFlight ends as well, and returns when all
// of it is over.
func serveUntil(ctx, inFlight context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return errors.Join(errServing, err)
	case <-ctx.Done():
	}
	_ = server.Shutdown(inFlight)
	_ = server.Close()
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return errors.Join(errServing, err)
	}
	return nil
}
