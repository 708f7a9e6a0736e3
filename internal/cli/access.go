package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"razebulk/internal/sandbox"
)

// access is what a command needs to reach the API.
type access struct {
	baseURL, key string
	close        func()
}

// open finds the key, or starts the sandbox. What it returns must be closed.
func (f *requestFlags) open() (access, error) {
	if f.sandbox {
		return startSandbox()
	}
	key, err := findKey(f.keyFile)
	return access{f.baseURL, key, func() {}}, err
}

// findKey takes the key from a file or from the environment. There is no flag for it: a command line can be read by
// every user of a machine and stays in the shell's history.
func findKey(file string) (string, error) {
	if file != "" {
		content, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("--api-key-file: %w", err)
		}
		return strings.TrimSpace(string(content)), nil
	}
	if key := os.Getenv(keyVariable); key != "" {
		return strings.TrimSpace(key), nil
	}
	return "", errors.New(`no API key: make one in GetRaze under Settings, API keys, with the permission opportunities:write,
and opportunities:read for --compare and export;
then put it into the environment variable ` + keyVariable + `, or into a file that is named with --api-key-file
(to try razebulk without a key, add --sandbox)`)
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
		_ = serveUntil(ctx, ctx, listener, sandbox.New(sandbox.Options{}))
	}()
	return access{"http://" + listener.Addr().String(), sandbox.DefaultKey, func() { cancel(); <-served }}, nil
}
