// Package terminal detects terminals and what they can do, and makes text safe to write to them.
package terminal

import (
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"razebulk/internal/words"
)

// VisibleWriter applies [words.VisibleLines] to text that is written in pieces, such as a sheet on a terminal. It is
// not safe for concurrent use.
type VisibleWriter struct {
	To   io.Writer
	rest []byte // the beginning of a character, or of a line break
}

// Write implements [io.Writer].
func (v *VisibleWriter) Write(piece []byte) (int, error) {
	text := append(v.rest, piece...)
	whole := len(text)
	for whole > 0 && len(text)-whole < utf8.UTFMax && !utf8.RuneStart(text[whole-1]) {
		whole--
	}
	if whole > 0 && (text[whole-1] == '\r' || !utf8.FullRune(text[whole-1:])) {
		whole--
	} else {
		whole = len(text)
	}
	v.rest = append([]byte(nil), text[whole:]...)
	_, err := io.WriteString(v.To, words.VisibleLines(strings.ReplaceAll(string(text[:whole]), "\r\n", "\n")))
	return len(piece), err
}

// Is reports whether a stream is a terminal.
func Is(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// ColumnsOf returns a function for the current number of a terminal's columns; nil if the stream is not a terminal.
func ColumnsOf(stream any) func() int {
	if !Is(stream) {
		return nil
	}
	terminal := stream.(*os.File)
	return func() int {
		columns, _, err := term.GetSize(int(terminal.Fd()))
		if err != nil || columns == 0 {
			return 80
		}
		return columns
	}
}

// IsDumb reports whether the terminal has no colours and no cursor control.
func IsDumb() bool { return os.Getenv("TERM") == "dumb" }
