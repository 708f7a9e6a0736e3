package cli

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"razebulk/internal/check"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/getraze"
	"razebulk/internal/words"
)

func newCheck() *cobra.Command {
	f := &requestFlags{}
	cmd := &cobra.Command{
		Use:   "check [flags]",
		Short: "Ask the service whether the API key works",
		Long: `check makes one request, or two if the first answer does not show the dialect.
It prints whether the key works, its permissions as far as answers show them,
the quota and what is left of it, and the dialect of the service. It changes
nothing in the CRM.

Exit codes:
  0    the key works
  2    wrong usage, or no key
  3    the key was rejected, or the base URL is wrong
  4    the service does not answer, or the quota is spent
  130  interrupted
`,
		Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c := &command{cmd: cmd}
			return c.explain(c.words(), f.checkKey(c))
		},
	}
	g := &flagset.Groups{}
	f.defineAccess(g.Of(flagset.Access))
	g.Of(flagset.Access).DurationVar(&f.timeout, "timeout", 30*time.Second, "how long one request may take")
	g.AddTo(cmd)
	f.excludeAccess(cmd)
	return cmd
}

func (f *requestFlags) checkKey(c *command) error {
	f.concurrency, f.retries = 1, 0
	if err := f.check(); err != nil {
		return err
	}
	w := c.words()
	p := newPrinter(f.console(c.cmd, false), w, c)
	ctx, _, release := signals.OnInterrupt(func() {})
	defer release()
	access, err := f.open(ctx, c.cmd, p.warnOf)
	if err != nil {
		return err
	}
	defer access.close()
	c.keyFrom = access.keyFrom
	o := f.api(access)
	o.Connections, o.ReadOnly = 1, true
	client, err := getraze.New(o)
	if err != nil {
		return err
	}
	defer client.CloseIdleConnections()
	fixed, _ := getraze.NewDialect(f.dialect, true)
	report, err := check.Run(ctx, client, fixed)
	if err != nil {
		return err
	}
	_, err = io.WriteString(c.cmd.OutOrStdout(), words.VisibleLines(report.Text(w, client.Host(), c.keyFrom)))
	return err
}
