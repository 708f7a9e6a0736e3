package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"razebulk/batch"
	"razebulk/internal/cli/internal/terminal"
	"razebulk/internal/words"
)

// console communicates with the user, always on standard error.
type console struct {
	in      io.Reader
	err     *screen
	quiet   bool
	verbose bool
	asks    asking
	columns func() int   // of the terminal that messages go to; nil if there is none
	moves   bool         // the cursor of that terminal can be moved, and it has colours
	logger  *slog.Logger // receives messages instead of err; nil for none
	words   *words.Words
}

// asking is how a question can be asked.
type asking int

const (
	nobody    asking = iota // can answer
	here                    // messages and answers go through one terminal
	elsewhere               // on the terminal itself, because a stream is redirected
)

// newConsole returns the console of a command, whose sheet comes from in if piped. Nothing is written to out; if it is
// a terminal, somebody is there.
func newConsole(in io.Reader, out, err io.Writer, piped, quiet, verbose bool) console {
	c := console{in: in, err: &screen{out: err}, quiet: quiet, verbose: verbose, columns: terminal.ColumnsOf(err)}
	// A moving line and the lines of --verbose would get in each other's way.
	c.moves = c.columns != nil && !verbose && !terminal.IsDumb()
	switch {
	case terminal.Is(in) && terminal.Is(err):
		c.asks = here
	case terminal.Is(in), piped && (terminal.Is(err) || terminal.Is(out)):
		c.asks = elsewhere
	}
	return c
}

// coloured reports whether messages may have colours: on a terminal, unless the user wants none (no-color.org).
func (c console) coloured() bool { return c.moves && os.Getenv("NO_COLOR") == "" }

// width returns how many columns messages may have; 0 for no limit.
func (c console) width() int {
	if c.columns == nil {
		return 0
	}
	return c.columns()
}

// console returns the console of a command, whose sheet comes from standard input if piped.
func (f *requestFlags) console(cmd *cobra.Command, piped bool) console {
	c := newConsole(cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr(), piped, f.quiet, f.verbose)
	c.words = talkWords(cmd)
	if c.logger = logOf(cmd, cmd.ErrOrStderr()); c.logger != nil {
		c.moves = false
	}
	return c
}

// say writes the text of a code on a line, unless --quiet is set.
func (c console) say(code string, params ...any) { c.sayText(c.words.Say(code, params...)) }

func (c console) sayText(text string) {
	if c.logger != nil {
		c.logger.Info("notice", "message", text)
	} else if !c.quiet {
		fmt.Fprintln(c.err, text)
	}
}

// warn writes the text of a code as a warning.
func (c console) warn(code string, params ...any) { c.warnText(c.words.Say(code, params...)) }

func (c console) warnText(text string) {
	if c.logger != nil {
		c.logger.Warn("warning", "message", text)
		return
	}
	fmt.Fprintln(c.err, c.words.Say("warning", "text", words.Ready(text)))
}

// log returns a logger that writes a line for each request if --verbose is set.
func (c console) log() *slog.Logger {
	if c.logger != nil {
		return c.logger
	}
	if !c.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// onTerminal returns the console for a question: this one, or the terminal itself if this one is redirected. The caller
// must call closed.
func (c console) onTerminal() (asked console, closed func(), err error) {
	if c.asks == here {
		return c, func() {}, nil
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return c, nil, errors.New(c.words.Say("no_terminal"))
	}
	c.in, c.err, c.columns = tty, &screen{out: tty}, terminal.ColumnsOf(tty)
	return c, func() { _ = tty.Close() }, nil
}

// confirm asks a question and returns whether the answer is yes. It fails if ctx ends first.
func (c console) confirm(ctx context.Context, question string) (bool, error) {
	fmt.Fprint(c.err, c.words.Say("yes_no", "question", words.Ready(question))+" ")
	answers := make(chan string, 1)
	go func() { // a read from a terminal can't be interrupted; it ends with the process
		line, _ := bufio.NewReader(c.in).ReadString('\n')
		answers <- line
	}()
	select {
	case answer := <-answers:
		return c.words.IsYes(answer), nil
	case <-ctx.Done():
		fmt.Fprintln(c.err)
		return false, context.Cause(ctx)
	}
}

// logPanic shows the stack of a panic in this program if --verbose is set.
func (c console) logPanic(err error) {
	var fault *batch.PanicError
	if errors.As(err, &fault) {
		c.log().Error("panic", "stack", string(fault.Stack))
	}
}
