// Package apikey finds the API key: in the environment, in a file, in the output of a command, among the credentials
// of a systemd service, or in the system's keyring. No error or warning contains the key.
package apikey

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"razebulk/internal/reason"
)

// The environment variables that hold the key. The first one wins.
const (
	OwnVariable = "RAZEBULK_API_KEY"
	Variable    = "GETRAZE_API_KEY"
)

// Credential is the name of the key among the credentials of a systemd service.
const Credential = "getraze_api_key"

// Place is where the user specified a file or a command.
type Place int

// The places, in order of precedence.
const (
	Nowhere Place = iota
	InFile
	InEnvironment
	OnCommandLine
)

// Options specify where the key may be.
type Options struct {
	// File and Command are what the user specified; at most one of them is set.
	File, Command string
	// Named is where the user specified them; it decides whether the variables come before or after them.
	Named Place
	// Getenv looks up a variable.
	Getenv func(string) string
	// Address is the API that the key is for: the keyring has one key for each.
	Address string
	// Warn receives warnings; nil ignores them.
	Warn func(reason.Reason)
}

// Key is a key and a description of where it came from.
type Key struct {
	Text string
	From string
}

// source is a place where the key may be. It returns the zero Key if it has none.
type source func(context.Context, Options) (Key, error)

// Trimmed returns a key that was typed or pasted, or an error if the text is not a key.
func Trimmed(text string) (string, error) {
	key, err := needed(Key{strings.TrimSpace(text), "what was typed"})
	if err == nil {
		err = Check(key)
	}
	return key.Text, err
}

// order returns the sources in the order in which they are tried. The first one that has a key counts.
func (o Options) order() []source {
	switch o.Named {
	case OnCommandLine:
		return []source{named, ownVariable, variable, credential, stored}
	case InEnvironment:
		return []source{ownVariable, named, variable, credential, stored}
	}
	return []source{ownVariable, variable, named, credential, stored}
}

// Find returns the key. Its error is a [reason.Reason] or that of ctx.
func Find(ctx context.Context, o Options) (Key, error) {
	for _, from := range o.order() {
		key, err := from(ctx, o)
		if err != nil || key.Text != "" {
			if err == nil {
				err = Check(key)
			}
			return key, err
		}
	}
	return Key{}, reason.New("key_missing")
}

// Check detects what people accidentally copy along with a key.
func Check(key Key) error {
	for _, name := range []string{OwnVariable, Variable} {
		if strings.HasPrefix(key.Text, name+"=") {
			return reason.New("key_with_name", "variable", name)
		}
	}
	if strings.ContainsAny(key.Text, "\"'") {
		return reason.New("key_with_quotes")
	}
	return nil
}

func ownVariable(_ context.Context, o Options) (Key, error) { return fromVariable(o, OwnVariable), nil }

func variable(_ context.Context, o Options) (Key, error) { return fromVariable(o, Variable), nil }

func fromVariable(o Options, name string) Key {
	return Key{strings.TrimSpace(o.Getenv(name)), "the environment variable " + name}
}

// named reads the key from what the user specified, which must have it.
func named(ctx context.Context, o Options) (Key, error) {
	switch {
	case o.File != "":
		text, err := readFile(ctx, o.File)
		if err != nil {
			return Key{}, err
		}
		o.warnOfReaders()
		return needed(Key{text, "the file " + o.File})
	case o.Command != "":
		return fromCommand(ctx, o.Command)
	}
	return Key{}, nil
}

func needed(key Key) (Key, error) {
	if key.Text == "" {
		return key, reason.New("key_empty_there", "from", key.From)
	}
	return key, nil
}

// readFile reads a file, which may be a pipe that nobody writes to. It stops waiting when ctx ends.
func readFile(ctx context.Context, file string) (string, error) {
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
			return "", reason.New("key_file_unreadable").Because(c.err)
		}
		text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), c.text) // as Notepad and PowerShell write files
		return strings.TrimSpace(string(text)), err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// warnOfReaders warns about a file that every user of the machine can read.
func (o Options) warnOfReaders() {
	info, err := os.Stat(o.File)
	if err == nil && info.Mode().IsRegular() && info.Mode()&0o004 != 0 && runtime.GOOS != "windows" && o.Warn != nil {
		o.Warn(reason.New("key_file_open", "file", o.File))
	}
}

// credential returns the key that systemd passes to a service with LoadCredential= or LoadCredentialEncrypted=.
func credential(ctx context.Context, o Options) (Key, error) {
	folder := o.Getenv("CREDENTIALS_DIRECTORY")
	if folder == "" {
		return Key{}, nil
	}
	path := filepath.Join(folder, Credential)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return Key{}, nil // the service has other credentials
	}
	text, err := readFile(ctx, path)
	if err != nil {
		return Key{}, err
	}
	return needed(Key{text, "the credential " + path})
}
