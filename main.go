// Command razebulk makes the opportunities of a GetRaze CRM agree with a spreadsheet.
package main

import (
	"os"

	"razebulk/internal/cli"
)

func main() {
	os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
