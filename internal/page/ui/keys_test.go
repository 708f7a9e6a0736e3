package ui

import (
	"context"
	"errors"
	"testing"

	"razebulk/internal/apikey"
	"razebulk/internal/reason"
)

func TestAKeyThatCantBeOneIsRefusedWhereItIsTyped(t *testing.T) {
	found := apikey.Key{Text: "from the environment, with a blank"}
	k := NewKeys(func(context.Context) (apikey.Key, error) { return found, nil })
	malformed := reason.New("key_malformed")
	if key, err := k.Get(t.Context()); !errors.Is(err, malformed) {
		t.Errorf("the key that was found is %q (%v)", key, err)
	}
	if err := k.set("gr_live with a blank"); !errors.Is(err, malformed) {
		t.Error(err)
	}
	if err := k.set(" gr_live_0123456789\n"); err != nil {
		t.Error(err)
	}
	if ending, err := k.ending(t.Context()); ending != "6789" || err != nil {
		t.Errorf("the page shows %q (%v)", ending, err)
	}
}
