// Command razebulk makes the opportunities of a GetRaze CRM agree with a spreadsheet.
package main

import (
	"os"
	"runtime"

	"razebulk/internal/cli"
)

// headroom is never touched, and takes no memory. It counts as used, so that the garbage collector begins later: with
// the few megabytes that a run holds it would be at work all the time, for an eighth of all processor time.
var headroom []byte

func main() {
	headroom = make([]byte, 4<<20)
	code := cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	runtime.KeepAlive(headroom)
	os.Exit(code)
}
