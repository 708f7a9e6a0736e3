package cli

import (
	"context"
	"fmt"
	"net"

	"github.com/spf13/cobra"

	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/serve"
	"razebulk/internal/cli/internal/settings"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
)

// access is what a command needs to reach the API.
type access struct {
	baseURL, key string
	keyFrom      string // for people
	close        func()
}

// open finds the key, or starts the sandbox. What it returns must be closed.
func (f *requestFlags) open(ctx context.Context, cmd *cobra.Command, warn func(reason.Reason)) (access, error) {
	if f.sandbox {
		return startSandbox() //nolint:contextcheck // it outlives an interrupt: requests under way finish
	}
	o := settings.KeyOptions(settingsOf(cmd), cmd.Flags())
	o.Address, o.Warn = f.baseURL, warn
	key, err := apikey.Find(ctx, o)
	return access{f.baseURL, key.Text, key.From, func() {}}, err
}

// startSandbox serves the embedded API on a free port of this machine.
func startSandbox() (access, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return access{}, fmt.Errorf("the sandbox can't listen: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = serve.Until(ctx, ctx, listener, sandbox.New(sandbox.Options{}))
	}()
	return access{"http://" + listener.Addr().String(), sandbox.DefaultKey, "the sandbox", func() { cancel(); <-served }}, nil
}
