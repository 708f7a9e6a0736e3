package apikey

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/zalando/go-keyring"

	"razebulk/internal/reason"
)

// service is the name under which the keyring stores the keys.
const service = "razebulk"

// maxKeyring is how long the keyring may take: it may ask the user to unlock it.
const maxKeyring = time.Minute

// account returns the name of a key in the keyring: the host that it is for. A key is never sent to another host.
func account(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return u.Host
}

// stored returns the key in the keyring. It returns none on a machine without a keyring, such as a server.
func stored(ctx context.Context, o Options) (Key, error) {
	var text string
	err := waitFor(ctx, func() (err error) {
		text, err = keyring.Get(service, account(o.Address))
		return err
	})
	if err != nil {
		if ctx.Err() != nil {
			return Key{}, context.Cause(ctx)
		}
		return Key{}, nil //nolint:nilerr // no keyring is no key
	}
	return Key{text, "the keyring of this system"}, nil
}

// Store puts a key into the keyring, replacing any other for the same host, and returns the host.
func Store(ctx context.Context, address, key string) (host string, err error) {
	if err := Check(Key{Text: key}); err != nil {
		return "", err
	}
	err = waitFor(ctx, func() error { return keyring.Set(service, account(address), key) })
	return account(address), ringError(err)
}

// Forget removes the key for a host from the keyring. Found is false if there was none.
func Forget(ctx context.Context, address string) (host string, found bool, err error) {
	err = waitFor(ctx, func() error { return keyring.Delete(service, account(address)) })
	if errors.Is(err, keyring.ErrNotFound) {
		return account(address), false, nil
	}
	return account(address), err == nil, ringError(err)
}

func ringError(err error) error {
	if err == nil {
		return nil
	}
	return reason.New("keyring_unusable").Because(err)
}

var errNoAnswer error = reason.New("keyring_silent")

// waitFor waits for the keyring, whose API takes no context.
func waitFor(ctx context.Context, ask func() error) error {
	done := make(chan error, 1)
	go func() { done <- ask() }()
	late := time.NewTimer(maxKeyring)
	defer late.Stop()
	select {
	case err := <-done:
		return err
	case <-late.C:
		return errNoAnswer
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
