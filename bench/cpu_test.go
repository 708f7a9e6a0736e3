//go:build unix

package bench

import (
	"syscall"
	"testing"
	"time"
)

// cpuTime is what the whole process has used of all processors, the garbage collector's share included. It grows with
// the work alone, where the clock also counts what other programs did meanwhile.
func cpuTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
