package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/lang"
	"razebulk/internal/cli/internal/local"
	"razebulk/internal/cli/internal/message"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/notify"
	"razebulk/internal/page/ui"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/run"
)

// uiFlags are the flags of ui, as the user gave them.
type uiFlags struct {
	requestFlags
	page local.Flags
}

func newUI() *cobra.Command {
	f := &uiFlags{}
	return local.NewCommand(&f.page, func(cmd *cobra.Command, g *flagset.Groups) {
		f.defineRequests(g)
		g.AddTo(cmd)
		f.excludeAccess(cmd)
	}, f.serve)
}

func (f *uiFlags) serve(cmd *cobra.Command) error {
	if err := f.check(); err != nil {
		return err
	}
	find := func(ctx context.Context) (access, error) { return f.open(ctx, cmd, func(reason.Reason) {}) }
	p := local.Program{
		Version: version(), BaseURL: f.baseURL, Address: f.address(), Sandbox: f.sandbox, Known: knownSettings, Message: message.Of, EndOf: endOf,
	}
	if f.sandbox {
		box, err := find(context.Background())
		if err != nil {
			return err
		}
		defer box.close()
		p.BaseURL = box.baseURL
		find = func(context.Context) (access, error) { return box, nil } //nolint:unparam // as the other one
	}
	p.Key = func(ctx context.Context) (apikey.Key, error) {
		found, err := find(ctx)
		return apikey.Key{Text: found.key, From: found.keyFrom}, err
	}
	p.Requests = func(key string) run.Options {
		return f.options(access{baseURL: p.BaseURL, key: key}, console.Console{})
	}
	if l, chosen := lang.Chosen(cmd); chosen {
		p.Words = ui.In(l)
	}
	signals.OutliveReaders()
	next, inFlight, release := signals.OnInterrupt(func() {})
	defer release()
	return f.page.Serve(next, inFlight, cmd.OutOrStdout(), p)
}

// endOf returns how a run of the page has ended. A run that a person stopped was interrupted.
func endOf(err error) (state notify.State, code int, by string) {
	if errors.Is(err, work.ErrStopped) {
		err = errors.Join(signals.ErrInterrupted, err)
	}
	code = codeOf(err)
	return stateOf(code), code, endedBy(err)
}
