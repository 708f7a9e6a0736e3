package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/lang"
	"razebulk/internal/cli/internal/local"
	"razebulk/internal/cli/internal/sheet"
	"razebulk/internal/cli/internal/signals"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/notify"
	"razebulk/internal/page/ui"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/run"
)

// uiFlags are the flags of ui, as the user gave them.
type uiFlags struct {
	requestFlags
	page  local.Flags
	sheet sheet.Flags
}

func newUI() *cobra.Command {
	f := &uiFlags{}
	cmd := &cobra.Command{
		Use:   "ui [flags]",
		Short: "Open a page in the browser that does what update does",
		Long: `ui serves a page on this machine, and opens it in the browser: drop a sheet, see
how its columns are read and what would change, send, correct, and undo. No other
machine can reach it. It ends when it is interrupted; a run that is under way then
can be resumed. docs/page.md explains it.`,
		Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.serve(cmd) },
	}
	g := &flagset.Groups{}
	f.page.Define(g.Of("Page"))
	f.sheet.Define(g.Of(flagset.Sheet))
	f.defineRequests(g)
	g.AddTo(cmd)
	f.excludeAccess(cmd)
	return cmd
}

func (f *uiFlags) serve(cmd *cobra.Command) error {
	w := talkWords(cmd)
	options, err := f.sheet.Options()
	if err = errors.Join(err, f.check()); err != nil {
		return explained{err, message(w, err)}
	}
	p := local.Program{
		Version: version(), BaseURL: f.baseURL, Address: f.address(), Sandbox: f.sandbox, Sheet: options, Known: knownSettings, Message: message, EndOf: endOf,
		Key: func(ctx context.Context) (apikey.Key, error) {
			access, err := f.open(ctx, cmd, func(reason.Reason) {})
			return apikey.Key{Text: access.key, From: access.keyFrom}, err
		},
	}
	if l, chosen := lang.Chosen(cmd); chosen {
		p.Words = ui.In(l)
	}
	if f.sandbox {
		box, err := startSandbox()
		if err != nil {
			return err
		}
		defer box.close()
		p.BaseURL = box.baseURL
		p.Key = func(context.Context) (apikey.Key, error) { return apikey.Key{Text: box.key, From: box.keyFrom}, nil }
	}
	p.Requests = func(key string) run.Options {
		return f.options(access{baseURL: p.BaseURL, key: key}, console{})
	}
	signals.OutliveReaders()
	next, inFlight, release := signals.OnInterrupt(func() {})
	defer release()
	return f.page.Serve(next, inFlight, cmd.OutOrStdout(), p)
}

// endOf is how a run of the page has ended. A person who stops it has interrupted it.
func endOf(err error) (state notify.State, code int, by string) {
	if errors.Is(err, work.ErrStopped) {
		err = errors.Join(signals.ErrInterrupted, err)
	}
	code = codeOf(err)
	return stateOf(code), code, endedBy(err)
}
