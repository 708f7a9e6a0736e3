package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"razebulk/internal/cli/internal/serve"
	"razebulk/internal/sandbox"
)

// access is what a command needs to reach the API.
type access struct {
	baseURL, key string
	close        func()
}

// open finds the key, or starts the sandbox. What it returns must be closed.
func (f *requestFlags) open(ctx context.Context) (access, error) {
	if f.sandbox {
		return startSandbox() //nolint:contextcheck // it outlives an interrupt: requests under way finish
	}
	key, err := findKey(ctx, f.keyFile)
	if err == nil {
		err = checkKey(key)
	}
	return access{f.baseURL, key, func() {}}, err
}

// checkKey detects what people copy along with a key.
func checkKey(key string) error {
	switch {
	case strings.HasPrefix(key, keyVariable+"="):
		return errors.New("the API key begins with " + keyVariable + "=: the key alone is wanted, what stands behind that")
	case strings.ContainsAny(key, "\"'"):
		return errors.New("the API key has quotes: write it without them")
	}
	return nil
}

// findKey takes the key from a file or from the environment. There is no flag for it: a command line can be read by
// every user of a machine and stays in the shell's history.
func findKey(ctx context.Context, file string) (string, error) {
	if file != "" {
		return readKey(ctx, file)
	}
	if key := os.Getenv(keyVariable); key != "" {
		return strings.TrimSpace(key), nil
	}
	return "", errors.New(`no API key: make one in GetRaze under Settings, API keys, with the permission opportunities:write,
and opportunities:read for --compare and export;
then put it into the environment variable ` + keyVariable + `, or into a file that is named with --api-key-file
(to try razebulk without a key, add --sandbox)`)
}

// readKey reads a file, which may be a pipe: that can wait for ever for its other end, but no longer than ctx.
func readKey(ctx context.Context, file string) (string, error) {
	type content struct {
		text []byte
		err  error
	}
	done := make(chan content, 1)
	go func() { // a read from a pipe can't be interrupted; it ends with the process
		text, err := os.ReadFile(file)
		done <- content{text, err}
	}()
	select {
	case c := <-done:
		if c.err != nil {
			return "", fmt.Errorf("--api-key-file: %w", c.err)
		}
		return strings.TrimSpace(string(c.text)), nil
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
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
	return access{"http://" + listener.Addr().String(), sandbox.DefaultKey, func() { cancel(); <-served }}, nil
}
