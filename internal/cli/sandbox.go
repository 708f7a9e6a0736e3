package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/serve"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/cli/internal/usage"
)

func newSandbox() *cobra.Command {
	f := &serve.Flags{}
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
		RunE: func(cmd *cobra.Command, _ []string) error { return runSandbox(cmd, f) },
	}
	g := &flagset.Groups{}
	f.Define(g.Of("Service"), g.Of("Faults"))
	g.AddTo(cmd)
	cmd.MarkFlagsMutuallyExclusive("dialect", "as-seen")
	return cmd
}

func runSandbox(cmd *cobra.Command, f *serve.Flags) error {
	handler, listener, err := f.Open()
	if err != nil {
		return err
	}
	signals.OutliveReaders()
	next, inFlight, release := signals.OnInterrupt(func() {})
	defer release()
	fmt.Fprintf(cmd.OutOrStdout(), "listening on http://%s\n", listener.Addr())
	return serve.Until(next, inFlight, listener, handler)
}
