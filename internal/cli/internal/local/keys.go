package local

import (
	"context"
	"sync"

	"razebulk/internal/apikey"
	"razebulk/internal/getraze"
)

// keys holds the API key: the one typed on the page, or the one that the program finds.
type keys struct {
	find func(context.Context) (apikey.Key, error)

	mu  sync.Mutex
	key string // once it is known
}

func (k *keys) get(ctx context.Context) (string, error) {
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

func (k *keys) set(text string) error {
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

func (k *keys) ending(ctx context.Context) (string, error) {
	key, err := k.get(ctx)
	if err != nil || len(key) < minLong {
		return "", err
	}
	return key[len(key)-shown:], nil
}
