package console

import (
	"io"
	"sync"

	"razebulk/internal/words"
)

// Screen writes messages. It is the only place that decides which characters reach a terminal: text from the service,
// from files and from their names is made visible ([words.VisibleLines]), so that it can't control the terminal. A
// progress line is removed before each message, and comes back when it is next drawn. It is safe for concurrent use.
type Screen struct {
	out io.Writer

	mu   sync.Mutex
	line bool // a progress line is shown
}

// NewScreen returns a screen that writes to out.
func NewScreen(out io.Writer) *Screen { return &Screen{out: out} }

// ClearLine clears everything from the cursor on, which is where a progress line begins. That includes its further
// lines, if a terminal that has become narrower has wrapped it.
const ClearLine = "\x1b[J"

// Write implements [io.Writer].
func (s *Screen) Write(message []byte) (int, error) {
	return len(message), s.Print(words.VisibleLines(string(message)))
}

// Print writes text whose only control sequences are this program's own colours.
func (s *Screen) Print(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line {
		text = ClearLine + text
		s.line = false
	}
	_, err := io.WriteString(s.out, text)
	return err
}

// draw replaces the progress line; "" removes it. The cursor stays at its beginning.
func (s *Screen) draw(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if line == "" && !s.line {
		return
	}
	s.line = line != ""
	_, _ = io.WriteString(s.out, ClearLine+line+"\r")
}
