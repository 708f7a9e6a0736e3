// Package login provides the commands that store the API key in the system's keyring and remove it.
package login

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"razebulk/internal/apikey"
	"razebulk/internal/cli/internal/lang"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/words"
)

// Context returns a context that ends when the user interrupts; the caller must call release.
type Context func() (ctx context.Context, release func())

// In returns the command login. Address is the flag for the base URL.
func In(interruptible Context) (cmd *cobra.Command, address *string) {
	return keyringCommand(interruptible, "login", "Store the API key in the keyring of this system",
		`login asks for the API key, without showing it, and stores it in the keyring of
this system, for the host of the base URL. Without a terminal it reads one line
of standard input. No request is made; razebulk check tries the key.`,
		func(ctx context.Context, cmd *cobra.Command, address string) error {
			key, err := askKey(ctx, cmd)
			if err != nil {
				return err
			}
			host, err := apikey.Store(ctx, address, key)
			if err == nil {
				tell(cmd, "key_stored", "host", host)
			}
			return err
		})
}

// Out returns the command logout. Address is the flag for the base URL.
func Out(interruptible Context) (cmd *cobra.Command, address *string) {
	return keyringCommand(interruptible, "logout", "Remove the API key from the keyring of this system",
		`logout removes the API key for the host of the base URL from the keyring of this
system. The key itself stays valid: revoke it in GetRaze.`,
		func(ctx context.Context, cmd *cobra.Command, address string) error {
			host, found, err := apikey.Forget(ctx, address)
			switch {
			case err != nil:
				return err
			case !found:
				tell(cmd, "key_not_stored", "host", host)
			default:
				tell(cmd, "key_forgotten", "host", host)
			}
			return nil
		})
}

func tell(cmd *cobra.Command, code string, params ...any) {
	fmt.Fprintln(cmd.ErrOrStderr(), words.Visible(words.For(nil).In(lang.Of(cmd)).Say(code, params...)))
}

func keyringCommand(interruptible Context, name, short, long string,
	run func(ctx context.Context, cmd *cobra.Command, address string) error) (cmd *cobra.Command, address *string) {
	address = new(string)
	return &cobra.Command{
		Use: name + " [flags]", Short: short, Long: long, Args: usage.Nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, release := interruptible()
			defer release()
			return run(ctx, cmd, *address)
		},
	}, address
}

// askKey reads the key from a terminal without showing it, or else from the first line of standard input.
func askKey(ctx context.Context, cmd *cobra.Command) (string, error) {
	answers := make(chan string, 1)
	restore := func() {}
	if in := cmd.InOrStdin(); isTerminal(in) {
		terminal := int(in.(*os.File).Fd())
		if state, err := term.GetState(terminal); err == nil {
			restore = func() { _ = term.Restore(terminal, state) }
		}
		fmt.Fprint(cmd.ErrOrStderr(), words.For(nil).In(lang.Of(cmd)).Say("ask_key"))
		go func() { // a read from a terminal can't be interrupted; it ends with the process
			text, _ := term.ReadPassword(terminal)
			answers <- string(text)
		}()
	} else {
		go func() {
			line, _ := bufio.NewReader(io.LimitReader(in, 64<<10)).ReadString('\n')
			answers <- line
		}()
	}
	select {
	case key := <-answers:
		if isTerminal(cmd.InOrStdin()) {
			fmt.Fprintln(cmd.ErrOrStderr())
		}
		return apikey.Trimmed(key)
	case <-ctx.Done():
		restore()
		fmt.Fprintln(cmd.ErrOrStderr())
		return "", context.Cause(ctx)
	}
}

func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
