// Package serve implements the command sandbox: its flags, and serving until it is stopped.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
)

// ErrServing means that the sandbox failed as a server.
var ErrServing = errors.New("serving")

// Flags are the flags of sandbox, as the user gave them.
type Flags struct {
	listen        string
	keys          []string
	opportunities string
	options       sandbox.Options
}

// Define defines the flags of the service and those of its faults.
func (f *Flags) Define(service, faults *pflag.FlagSet) {
	service.StringVar(&f.listen, "listen", "127.0.0.1:8080", "the `ADDRESS` to listen on; port 0 is any free one")
	service.StringArrayVar(&f.keys, "key", []string{sandbox.DefaultKey}, "an API `KEY` that is accepted; may be repeated")
	service.StringVar(&f.opportunities, "opportunities", "", "a CSV `FILE` of the opportunities it holds (default: fifty of its own)")
	service.StringVar((*string)(&f.options.Dialect), "dialect", "", "the `DIALECT` to speak: documented (the default) or observed")
	service.BoolVar(&f.options.Seen, "as-seen", false, "the same as --dialect observed")
	service.IntVar(&f.options.Limit, "quota", 1000, "requests for each key and window")
	service.DurationVar(&f.options.Window, "window", time.Hour, "length of a quota window")
	service.StringSliceVar(&f.options.Ignored, "ignore-fields", nil, "accept the fields `A,B` and don't store them")
	injected := &f.options.Faults
	faults.DurationVar(&injected.Latency, "latency", 0, "time before each answer")
	faults.Float64Var(&injected.Error500, "error-500", 0, "share of requests that answer 500, 0 to 1")
	faults.Float64Var(&injected.HTML502, "html-502", 0, "share that answer 502 with a proxy's HTML page")
	faults.Float64Var(&injected.Reset, "reset", 0, "share that are stored and then cut off without an answer")
	faults.Float64Var(&injected.Hang, "hang", 0, "share that are never answered")
}

// Open checks the flags and listens on the address. The caller serves the handler there.
func (f *Flags) Open() (http.Handler, net.Listener, error) {
	if err := errors.Join(f.check(), f.load()); err != nil {
		return nil, nil, err
	}
	listener, err := net.Listen("tcp", f.listen)
	if err != nil {
		return nil, nil, reason.New("listen_address", "address", f.listen).Because(reasonOf(err))
	}
	return sandbox.New(f.options), listener, nil
}

func (f *Flags) check() error {
	if f.options.Limit < 1 || f.options.Window < time.Second {
		return reason.New("sandbox_quota")
	}
	if d := f.options.Dialect; d != "" && !slices.Contains(sandbox.Dialects, d) {
		return reason.New("flag_choices", "flag", "--dialect", "given", d, "choices", []string{"documented", "observed"})
	}
	for _, field := range f.options.Ignored {
		if !slices.Contains(crm.Fields, field) {
			return reason.New("rule_field_unknown", "flag", "--ignore-fields", "given", field, "fields", crm.Fields)
		}
	}
	faults := f.options.Faults
	for flag, share := range map[string]float64{
		"error-500": faults.Error500, "html-502": faults.HTML502, "reset": faults.Reset, "hang": faults.Hang,
	} {
		if !(share >= 0 && share <= 1) {
			return reason.New("flag_not_fraction", "flag", "--"+flag, "given", share)
		}
	}
	return nil
}

// reasonOf returns the error without what package net says about the call.
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

func (f *Flags) load() error {
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

// InProcess serves the embedded API on a free port of this machine until end is called.
func InProcess() (address string, end func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, reason.New("sandbox_not_listening").Because(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = Until(ctx, ctx, listener, sandbox.New(sandbox.Options{}))
	}()
	return "http://" + listener.Addr().String(), func() { cancel(); <-served }, nil
}

// Until serves until ctx ends, lets requests in flight finish unless inFlight ends as well, and returns when all is
// done.
func Until(ctx, inFlight context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return errors.Join(ErrServing, err)
	case <-ctx.Done():
	}
	_ = server.Shutdown(inFlight)
	_ = server.Close()
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return errors.Join(ErrServing, err)
	}
	return nil
}
