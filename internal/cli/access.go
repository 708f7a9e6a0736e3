package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"razebulk/internal/getraze"
	"razebulk/internal/sandbox"
)

// access is how a command reaches the API.
type access struct {
	client *getraze.Client
	key    string
	close  func()
}

// openAccess lets no request change anything if it is only to read.
func (f *requestFlags) openAccess(onlyRead bool) (access, error) {
	options := getraze.Options{
		BaseURL: f.baseURL, Timeout: f.timeout, Connections: f.concurrency, UserAgent: userAgent,
	}
	if onlyRead {
		options.ReadOnly = true
	}
	stop := func() {}
	if f.sandbox {
		base, stopSandbox, err := startSandbox()
		if err != nil {
			return access{}, err
		}
		options.BaseURL, options.Key, stop = base, sandbox.DefaultKey, stopSandbox
	} else {
		var err error
		if options.Key, err = findKey(f.keyFile); err != nil {
			return access{}, err
		}
	}
	client, err := getraze.New(options)
	if err != nil {
		stop()
		return access{}, err
	}
	return access{client, options.Key, func() { client.CloseIdleConnections(); stop() }}, nil
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
func startSandbox() (baseURL string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("the sandbox can't listen: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = serveUntil(ctx, ctx, listener, sandbox.New(sandbox.Options{}))
	}()
	return "http://" + listener.Addr().String(), func() { cancel(); <-served }, nil
}
