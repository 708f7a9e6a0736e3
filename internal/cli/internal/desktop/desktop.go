// Package desktop runs the program for users without a terminal, who double-click it or drop a sheet on it.
package desktop

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/words"
)

// Run is the program as Explorer starts it, in a window that closes with it. Without a file it opens the page; with a
// sheet it makes a dry run, asks, and sends. It returns the exit code when the user has pressed Enter. run is the
// program as a terminal starts it; a shortcut with other arguments runs that.
func Run(w *words.Words, args []string, in io.Reader, out io.Writer, run func(args ...string) int) int {
	answers := bufio.NewReader(in)
	code := 0
	switch sheets := slices.DeleteFunc(slices.Clone(args), isNoSheet); {
	case len(args) == 0:
		fmt.Fprintln(out, w.Say("desktop_guide"))
		code = run("ui")
	case len(sheets) != len(args): // a shortcut with its own command line
		code = run(args...)
	case len(sheets) > 1:
		fmt.Fprintln(out, w.Say("desktop_one_sheet", "sheets", len(sheets)))
		code = 2
	default:
		code = dropped(w, sheets[0], answers, out, run)
	}
	fmt.Fprint(out, "\n"+w.Say("desktop_close"))
	_, _ = answers.ReadString('\n')
	return code
}

func isNoSheet(word string) bool { return !usage.IsSheet(word) }

// dropped checks the sheet, asks, and sends it. Invalid rows don't prevent the others from being sent.
func dropped(w *words.Words, sheet string, answers *bufio.Reader, out io.Writer, run func(args ...string) int) int {
	code := run("update", "--dry-run", "--", sheet)
	if code > 1 {
		return code
	}
	fmt.Fprint(out, "\n"+w.Say("yes_no", "question", words.Ready(w.Say("desktop_ask")))+" ")
	if answer, _ := answers.ReadString('\n'); !w.IsYes(answer) {
		fmt.Fprintln(out, w.Say("desktop_not_sent"))
		return code
	}
	return run("update", "--yes", "--", sheet)
}
