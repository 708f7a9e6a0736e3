package cli

import (
	"io"
	"sync"

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
