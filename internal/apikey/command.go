package apikey

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"strings"
	"time"

	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

// maxCommand is how long a command may take: it may ask the user to touch a device.
const maxCommand = time.Minute

// maxOutput is how many bytes of a command's output are kept.
const maxOutput = 64 << 10

// fromCommand runs a command without a shell and returns the first line that it prints.
func fromCommand(ctx context.Context, line string) (Key, error) {
	words, err := split(line)
	if err != nil {
		return Key{}, err
	}
	limited, stop := context.WithTimeout(ctx, maxCommand)
	defer stop()
	var out, talk limitedBuffer
	cmd := exec.CommandContext(limited, words[0], words[1:]...) //nolint:gosec // the user specified it
	cmd.Stdout, cmd.Stderr = &out, &talk
	cmd.WaitDelay = time.Second // its child processes may keep its output open
	err = cmd.Run()
	key, _, _ := strings.Cut(strings.TrimSpace(string(out.kept)), "\n")
	key = strings.TrimSpace(key)
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return Key{}, context.Cause(ctx)
	case limited.Err() != nil:
		return Key{}, reason.New("key_command_late", "program", words[0], "max", maxCommand, "message", said(talk, key))
	case errors.As(err, &ended):
		return Key{}, reason.New("key_command_failed", "program", words[0], "status", ended.ExitCode(), "message", said(talk, key))
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return Key{}, reason.New("key_command_not_run", "program", words[0]).Because(withoutName(err))
	}
	return needed(Key{key, "the command " + words[0]})
}

// keyForm matches a key of the service.
var keyForm = lazyregexp.New(`[a-z]{2}_(live|test)_[^\s"']+`)

// said returns a command's error message, with the key masked.
func said(talk limitedBuffer, key string) string {
	text := keyForm.ReplaceAllString(string(talk.kept), "[key]")
	if key != "" {
		text = strings.ReplaceAll(text, key, "[key]")
	}
	const most = 300
	if runes := []rune(strings.ToValidUTF8(text, "?")); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// withoutName returns the error of a program that can't be started, without its name, which the message already
// contains.
func withoutName(err error) error {
	var of *exec.Error
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}

// limitedBuffer keeps the beginning of what is written to it.
type limitedBuffer struct{ kept []byte }

// Write implements [io.Writer].
func (b *limitedBuffer) Write(p []byte) (int, error) {
	b.kept = append(b.kept, p[:min(len(p), maxOutput-len(b.kept))]...)
	return len(p), nil
}

var _ io.Writer = (*limitedBuffer)(nil)

// split splits a command at blanks. Single and double quotes protect blanks; nothing else is special: no variables, no
// pipes, no backslashes.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	quote, inWord := rune(0), false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 {
		return nil, reason.New("key_command_quote")
	}
	if inWord {
		words = append(words, word.String())
	}
	if len(words) == 0 || words[0] == "" {
		return nil, reason.New("key_command_empty")
	}
	return words, nil
}
