package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"razebulk/batch"
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

// coloured tells whether messages may have colours: on a terminal, unless the user wants none (no-color.org).
func (c console) coloured() bool { return c.columns != nil && os.Getenv("NO_COLOR") == "" }

// say writes a line that --quiet leaves out.
func (c console) say(format string, args ...any) {
	if !c.quiet {
		fmt.Fprintf(c.err, format+"\n", args...)
	}
}

// warn writes a line that may have to be looked into.
func (c console) warn(format string, args ...any) {
	fmt.Fprintf(c.err, "warning: "+format+"\n", args...)
}

// log has a line for each request where --verbose asks for it.
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

// logPanic shows the stack of a fault of this program where --verbose asks for it.
func (c console) logPanic(err error) {
	var fault *batch.PanicError
	if errors.As(err, &fault) {
		c.log().Error("panic", "stack", string(fault.Stack))
	}
}
