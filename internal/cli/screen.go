package cli

import (
	"io"
	"os"
	"sync"

	"golang.org/x/term"
)

// screen is where messages go. A progress bar that stands there is taken away before each, and comes back with its next
// drawing. It is safe for concurrent use.
type screen struct {
	out io.Writer

	mu  sync.Mutex
	bar func() // takes the bar away; nil if there is none
}

// Write implements [io.Writer].
func (s *screen) Write(message []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bar != nil {
		s.bar()
	}
	return s.out.Write(message)
}

// draw lets a bar draw itself. clear is what takes it away; nil says that it is gone for good.
func (s *screen) draw(drawing, clear func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bar = clear
	drawing()
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// width is how many columns a terminal has at the moment.
func width(terminal *os.File) int {
	columns, _, err := term.GetSize(int(terminal.Fd()))
	if err != nil || columns == 0 {
		return 80
	}
	return columns
}
