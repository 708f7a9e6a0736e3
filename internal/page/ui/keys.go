package ui

import (
	"context"
	"sync"

	"razebulk/internal/apikey"
	"razebulk/internal/getraze"
)

// Keys holds the API key: the one typed on the page, or the one that the program finds. It is safe for concurrent use.
type Keys struct {
	find func(context.Context) (apikey.Key, error)

	mu  sync.Mutex
	key string // once it is known
}

// NewKeys returns one without a key. find is asked until it finds one, or one is typed.
func NewKeys(find func(context.Context) (apikey.Key, error)) *Keys { return &Keys{find: find} }

// Get returns the key, or why there is none.
func (k *Keys) Get(ctx context.Context) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.key != "" {
		return k.key, nil
	}
	found, err := k.find(ctx)
	if err == nil {
		err = getraze.CheckKey(found.Text)
	}
	if err == nil {
		k.key = found.Text
	}
	return found.Text, err
}

func (k *Keys) set(text string) error {
	key, err := apikey.Trimmed(text)
	if err == nil {
		err = getraze.CheckKey(key)
	}
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.key = key
	return nil
}

// Only the end of a key is shown, and nothing of a short one.
const (
	shown   = 4
	minLong = 12
)

// ending returns the last characters of the key, or "" if it is short. Its error is why there is no key.
func (k *Keys) ending(ctx context.Context) (string, error) {
	key, err := k.Get(ctx)
	if err != nil || len(key) < minLong {
		return "", err
	}
	return key[len(key)-shown:], nil
}
