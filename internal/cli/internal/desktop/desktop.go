// Package desktop is the program for somebody who has no terminal: who double-clicks it, or drops a sheet on it.
package desktop

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"razebulk/internal/cli/internal/usage"
)

// Guide is what a double click shows.
const Guide = `razebulk updates opportunities in the GetRaze CRM from a spreadsheet.

Drop a sheet (.csv or .xlsx) on this program: it shows what would be sent, and
asks before it sends anything. The API key is read from the environment variable
GETRAZE_API_KEY, which Windows sets under "Edit environment variables for your
account".

All else is done in a terminal: razebulk --help
`

// Run is the program as Explorer starts it, in a window that closes with it: without a file it shows [Guide]; of a
// sheet it makes a dry run, asks, and sends. It ends when the user has pressed Enter, and returns the exit code. run is
// the program as a terminal starts it; a shortcut with arguments of its own means that one.
func Run(args []string, in io.Reader, out io.Writer, run func(args ...string) int) int {
	answers := bufio.NewReader(in)
	code := 0
	switch sheets := slices.DeleteFunc(slices.Clone(args), isNoSheet); {
	case len(args) == 0:
		fmt.Fprint(out, Guide)
	case len(sheets) != len(args): // a shortcut with a command line of its own
		code = run(args...)
	case len(sheets) > 1:
		fmt.Fprintf(out, "One sheet at a time, not %d.\n", len(sheets))
		code = 2
	default:
		code = dropped(sheets[0], answers, out, run)
	}
	fmt.Fprint(out, "\nPress Enter to close this window. ")
	_, _ = answers.ReadString('\n')
	return code
}

func isNoSheet(word string) bool { return !usage.IsSheet(word) }

// dropped checks the sheet, asks, and sends it. Rows that are invalid are no reason not to send the others.
func dropped(sheet string, answers *bufio.Reader, out io.Writer, run func(args ...string) int) int {
	code := run("update", "--dry-run", "--", sheet)
	if code > 1 {
		return code
	}
	fmt.Fprintf(out, "\nSend to the CRM what the plan lists? [y/N] ")
	if answer, _ := answers.ReadString('\n'); !isYes(answer) {
		fmt.Fprintln(out, "Nothing was sent.")
		return code
	}
	return run("update", "--yes", "--", sheet)
}

func isYes(answer string) bool {
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}
