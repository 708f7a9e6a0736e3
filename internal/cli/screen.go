package cli

import (
	"io"
	"os"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/term"

	"razebulk/internal/words"
)

// screen is where messages go, and the one place that decides what of them reaches a terminal: text of the service, of
// files and of their names is made visible ([words.VisibleLines]), so that nothing of it is obeyed. A progress line
// that stands there is taken away before each message, and comes back with its next drawing. It is safe for concurrent
// use.
type screen struct {
	out io.Writer

	mu   sync.Mutex
	line bool // a progress line stands there
}

// clearLine clears all below the place of the cursor, which is where a progress line begins: also what a terminal that
// has become narrower has put into further lines.
const clearLine = "\x1b[J"

// Write implements [io.Writer].
func (s *screen) Write(message []byte) (int, error) {
	return len(message), s.print(words.VisibleLines(string(message)))
}

// print writes text in which everything is visible but colours of this program's own.
func (s *screen) print(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line {
		text = clearLine + text
		s.line = false
	}
	_, err := io.WriteString(s.out, text)
	return err
}

// draw puts the progress line in place of the one that stands there; "" takes that away. The cursor stays at its
// beginning.
func (s *screen) draw(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if line == "" && !s.line {
		return
	}
	s.line = line != ""
	_, _ = io.WriteString(s.out, clearLine+line+"\r")
}

// visibleWriter makes visible what is written in pieces, such as a sheet on a terminal. It is for one goroutine.
type visibleWriter struct {
	to   io.Writer
	rest []byte // the beginning of a character, or of a line break
}

// Write implements [io.Writer].
func (v *visibleWriter) Write(piece []byte) (int, error) {
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
	_, err := io.WriteString(v.to, words.VisibleLines(strings.ReplaceAll(string(text[:whole]), "\r\n", "\n")))
	return len(piece), err
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// columnsOf is how many columns a terminal has at the moment; nil for what is none.
func columnsOf(stream any) func() int {
	if !isTerminal(stream) {
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

// isDumb tells of terminals that know no colours and no cursor.
func isDumb() bool { return os.Getenv("TERM") == "dumb" }
