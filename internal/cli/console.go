package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// console is the talk with the user, all of it on standard error.
type console struct {
	in      io.Reader
	err     *screen
	quiet   bool
	verbose bool
	canAsk  bool       // somebody is there to answer
	columns func() int // of the terminal that messages go to; nil if it is none
}

func newConsole(in io.Reader, err io.Writer, quiet, verbose bool) console {
	c := console{in: in, err: &screen{out: err}, quiet: quiet, verbose: verbose, canAsk: isTerminal(in) && isTerminal(err)}
	if isTerminal(err) && !verbose { // a bar and the lines of --verbose would get in each other's way
		c.columns = func() int { return width(err.(*os.File)) }
	}
	return c
}

func width(terminal *os.File) int {
	columns, _, err := term.GetSize(int(terminal.Fd()))
	if err != nil || columns == 0 {
		return 80
	}
	return columns
}

// screen is where messages go: straight out, or through whoever draws there at the moment.
type screen struct {
	out io.Writer

	mu    sync.Mutex
	owner io.Writer
}

func (s *screen) Write(message []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.owner != nil {
		return s.owner.Write(message)
	}
	return s.out.Write(message)
}

// ownedBy makes messages pass through owner from now on; nil ends it.
func (s *screen) ownedBy(owner io.Writer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.owner = owner
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// coloured tells whether messages may have colours: on a terminal, unless the user wants none (no-color.org).
func (c console) coloured() bool { return c.columns != nil && os.Getenv("NO_COLOR") == "" }

// showProgress begins to show how far a run is, until stop is called.
func (c console) showProgress(run progressOf) (stop func()) {
	if c.quiet {
		return func() {}
	}
	p := startProgress(run, c.err.out, c.columns)
	c.err.ownedBy(p)
	return func() {
		c.err.ownedBy(nil)
		p.Stop()
	}
}

// say tells what a user who asked for quiet doesn't want to know.
func (c console) say(format string, args ...any) {
	if !c.quiet {
		fmt.Fprintf(c.err, format+"\n", args...)
	}
}

// warn tells what may have to be looked into, whether or not quiet was asked for.
func (c console) warn(format string, args ...any) {
	fmt.Fprintf(c.err, "warning: "+format+"\n", args...)
}

func (c console) log() *slog.Logger {
	if !c.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// confirm asks a question and returns whether the answer is yes. It fails if ctx ends first.
func (c console) confirm(ctx context.Context, question string) (bool, error) {
	fmt.Fprintf(c.err, "%s [y/N] ", question)
	answers := make(chan string, 1)
	go func() { // a read from a terminal can't be interrupted; it ends with the process
		line, _ := bufio.NewReader(c.in).ReadString('\n')
		answers <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case answer := <-answers:
		return answer == "y" || answer == "yes", nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}
