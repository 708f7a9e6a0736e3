//go:build unix

package cli_test

import (
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"razebulk/internal/cli"
)

// platformPrograms are programs for scripts that need signals and limits that only Unix has.
var platformPrograms = map[string]func(){"limited": limited, "ignoring": ignoring}

// ignoring HUP args... is razebulk as nohup starts it. It sends itself a SIGHUP during the run.
func ignoring() {
	signal.Ignore(syscall.SIGHUP)
	time.AfterFunc(50*time.Millisecond, func() { _ = syscall.Kill(os.Getpid(), syscall.SIGHUP) })
	os.Exit(cli.Run(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
}

// limited BYTES args... is razebulk with a maximum file size of BYTES, as on a full disk.
func limited() {
	size, err := strconv.ParseUint(os.Args[1], 10, 64)
	if err != nil {
		panic(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: size}); err != nil {
		panic(err)
	}
	os.Exit(cli.Run(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
}
