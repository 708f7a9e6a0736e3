// Package local implements the command ui: it listens on this machine only, opens the browser, and connects the page to
// the program's settings, key and history.
package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"time"

	"github.com/cli/browser"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"razebulk/csvmap"
	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/reporting"
	"razebulk/internal/cli/internal/serve"
	"razebulk/internal/cli/internal/sheet"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/history"
	"razebulk/internal/notify"
	"razebulk/internal/page/ui"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/words"
)

// Flags are the flags of ui, as the user gave them.
type Flags struct {
	listen    string
	noBrowser bool
	sheet     sheet.Flags
}

// NewCommand returns the command ui, which calls run. Its flags are those of the page and of sheets; define adds
// others.
func NewCommand(f *Flags, define func(*cobra.Command, *flagset.Groups), run func(*cobra.Command) error) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ui [flags]",
		Short: "Open a page in the browser that does what update does",
		Long: `ui serves a page on this machine and opens it in the browser: drop a sheet, see
how its columns are read and what would change, send, correct, and undo. No
other machine can reach it. It runs until it is interrupted; an unfinished run
can then be resumed. docs/page.md explains it.`,
		Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd) },
	}
	g := &flagset.Groups{}
	f.define(g.Of("Page"))
	f.sheet.Define(g.Of(flagset.Sheet))
	define(cmd, g)
	return cmd
}

func (f *Flags) define(flags *pflag.FlagSet) {
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "the `ADDRESS` of this machine to listen on; port 0 is any free one")
	flags.BoolVar(&f.noBrowser, "no-browser", false, "print the address and open no browser")
}

// Program is what the page needs from the program.
type Program struct {
	// Version is the program's. BaseURL is the API's address, and Address is the same for records that outlive a run.
	Version, BaseURL, Address string
	Sandbox                   bool
	// Key finds the API key, and Requests returns how requests are made with it.
	Key      func(context.Context) (apikey.Key, error)
	Requests func(key string) run.Options
	// Known returns the flags of all commands, none of them set.
	Known func() *pflag.FlagSet
	// Words are in the user's language; nil leaves it to the browser. Message returns an error as users see it.
	Words   *words.Words
	Message func(*words.Words, error) string
	// EndOf returns how a run has ended, for the history.
	EndOf func(err error) (state notify.State, exitCode int, by string)
}

// Serve serves the page until next ends. Then no further row is sent, and it returns when the requests in flight are
// done or inFlight ends, too. It writes the address to out.
func (f *Flags) Serve(next, inFlight context.Context, out io.Writer, p Program) error {
	options, err := f.sheet.Options()
	if err != nil {
		return err
	}
	listener, err := f.open()
	if err != nil {
		return err
	}
	file, err := history.Open()
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	keys := ui.NewKeys(p.Key)
	folder := filepath.Join(filepath.Dir(file.Path()), "sheets")
	work.RemoveOld(folder, time.Now())
	one := work.New(p.work(folder, options, keys, inFlight))
	page, guard := ui.New(listener.Addr().String(), p.page(one, keys))
	fmt.Fprintln(out, guard.Address())
	if !f.noBrowser {
		browser.Stdout, browser.Stderr = io.Discard, io.Discard
		_ = browser.OpenURL(guard.AddressOnce()) // the address is printed
	}
	served, stop := context.WithCancel(context.Background())
	go func() {
		defer stop()
		<-next.Done()
		one.Close()
	}()
	return serve.Until(served, inFlight, listener, page)
}

// open listens on an address that no other machine can connect to.
func (f *Flags) open() (net.Listener, error) {
	host, port, err := net.SplitHostPort(f.listen)
	if err != nil {
		return nil, reason.New("ui_listen_form", "address", f.listen)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, reason.New("ui_listen_far", "address", f.listen)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, reason.New("ui_listen_failed", "address", f.listen).Because(err)
	}
	return listener, nil
}

func (p Program) page(one *work.Work, keys *ui.Keys) ui.Options {
	return ui.Options{
		Work: one, Host: reporting.HostOf(p.BaseURL), Address: p.Address, Sandbox: p.Sandbox, Words: p.Words, Message: p.Message,
		Keys: keys, Command: p.command,
		Runs: func() (history.Runs, error) {
			file, err := history.Open()
			if err != nil {
				return nil, err
			}
			runs, _, err := file.Read()
			return runs, err
		},
	}
}

func (p Program) work(folder string, read csvmap.Options, keys *ui.Keys, abort context.Context) work.Options {
	windows := &run.Windows{}
	return work.Options{
		Folder: folder, Address: p.Address, Version: p.Version, Sheet: read, Abort: abort,
		Requests: func(ctx context.Context) (run.Options, error) {
			key, err := keys.Get(ctx)
			if err != nil {
				return run.Options{}, err
			}
			o := p.Requests(key)
			o.Interactive, o.Windows = true, windows
			return o, nil
		},
		Saved: p.saved, Save: p.save, Plan: p.plan, Report: p.report, Message: p.Message, MayResume: reporting.MayResume,
	}
}
