// Package console communicates with the user of a command: messages, warnings, a progress line and questions, always on
// standard error or on the terminal itself.
package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"razebulk/batch"
	"razebulk/internal/cli/internal/terminal"
	"razebulk/internal/words"
)

// Console communicates with the user, always on standard error. The zero value asks nobody and has nowhere to
// write.
type Console struct {
	In    io.Reader
	Err   *Screen
	Words *words.Words
	Quiet bool
	// Verbose adds a line for each request.
	Verbose bool
	Asks    Asking
	// Columns returns the columns of the terminal that messages go to; nil if there is none.
	Columns func() int
	// Moves reports that the cursor of that terminal can be moved, and that it has colours.
	Moves bool
	// Logger receives the messages instead of Err; nil for none.
	Logger *slog.Logger
}

// Asking is how a question can be asked.
type Asking int

// Who can answer a question, and where.
const (
	Nobody    Asking = iota
	Here             // messages and answers go through one terminal
	Elsewhere        // on the terminal itself, because a stream is redirected
)

// New returns the console of a command, whose sheet comes from in if piped. Nothing is written to out; if it is
// a terminal, somebody is there.
func New(in io.Reader, out, err io.Writer, piped, quiet, verbose bool) Console {
	c := Console{In: in, Err: NewScreen(err), Quiet: quiet, Verbose: verbose, Columns: terminal.ColumnsOf(err)}
	// A moving line and the lines of --verbose would get in each other's way.
	c.Moves = c.Columns != nil && !verbose && !terminal.IsDumb()
	switch {
	case terminal.Is(in) && terminal.Is(err):
		c.Asks = Here
	case terminal.Is(in), piped && (terminal.Is(err) || terminal.Is(out)):
		c.Asks = Elsewhere
	}
	return c
}

// Coloured reports whether messages may have colours: on a terminal, unless the user wants none (no-color.org).
func (c Console) Coloured() bool { return c.Moves && os.Getenv("NO_COLOR") == "" }

// Width returns how many columns messages may have; 0 for no limit.
func (c Console) Width() int {
	if c.Columns == nil {
		return 0
	}
	return c.Columns()
}

// Say writes the text of a code on a line, unless --quiet is set.
func (c Console) Say(code string, params ...any) { c.SayText(c.Words.Say(code, params...)) }

// SayText writes a text on a line, unless Quiet is set.
func (c Console) SayText(text string) {
	if c.Logger != nil {
		c.Logger.Info("notice", "message", text)
	} else if !c.Quiet {
		fmt.Fprintln(c.Err, text)
	}
}

// Warn writes the text of a code as a warning.
func (c Console) Warn(code string, params ...any) { c.WarnText(c.Words.Say(code, params...)) }

// WarnText writes a text as a warning.
func (c Console) WarnText(text string) {
	if c.Logger != nil {
		c.Logger.Warn("warning", "message", text)
		return
	}
	fmt.Fprintln(c.Err, c.Words.Say("warning", "text", words.Ready(text)))
}

// Log returns a logger that writes a line for each request if --verbose is set.
func (c Console) Log() *slog.Logger {
	if c.Logger != nil {
		return c.Logger
	}
	if !c.Verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(c.Err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// OnTerminal returns the console for a question: this one, or the terminal itself if this one is redirected. The caller
// must call closed.
func (c Console) OnTerminal() (asked Console, closed func(), err error) {
	if c.Asks == Here {
		return c, func() {}, nil
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return c, nil, errors.New(c.Words.Say("no_terminal"))
	}
	c.In, c.Err, c.Columns = tty, NewScreen(tty), terminal.ColumnsOf(tty)
	return c, func() { _ = tty.Close() }, nil
}

// Confirm asks a question and returns whether the answer is yes. It fails if ctx ends first.
func (c Console) Confirm(ctx context.Context, question string) (bool, error) {
	fmt.Fprint(c.Err, c.Words.Say("yes_no", "question", words.Ready(question))+" ")
	answers := make(chan string, 1)
	go func() { // a read from a terminal can't be interrupted; it ends with the process
		line, _ := bufio.NewReader(c.In).ReadString('\n')
		answers <- line
	}()
	select {
	case answer := <-answers:
		return c.Words.IsYes(answer), nil
	case <-ctx.Done():
		fmt.Fprintln(c.Err)
		return false, context.Cause(ctx)
	}
}

// LogPanic shows the stack of a panic in this program if --verbose is set.
func (c Console) LogPanic(err error) {
	var fault *batch.PanicError
	if errors.As(err, &fault) {
		c.Log().Error("panic", "stack", string(fault.Stack))
	}
}
