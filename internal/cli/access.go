package cli

import (
	"context"

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
	keyFrom      string // as messages show it
	close        func()
}

// open finds the key, or starts the sandbox. The caller must close what it returns.
func (f *requestFlags) open(ctx context.Context, cmd *cobra.Command, warn func(reason.Reason)) (access, error) {
	if f.sandbox {
		address, end, err := serve.InProcess() //nolint:contextcheck // it outlives an interrupt: requests in flight finish
		return access{address, sandbox.DefaultKey, "the sandbox", end}, err
	}
	o := settings.KeyOptions(settingsOf(cmd), cmd.Flags())
	o.Address, o.Warn = f.baseURL, warn
	key, err := apikey.Find(ctx, o)
	return access{f.baseURL, key.Text, key.From, func() {}}, err
}
