//go:build unix

package bench

import (
	"syscall"
	"testing"
	"time"
)

// cpuTime returns the time that the whole process has used on all processors, including the garbage collector. It
// grows with the work alone, whereas the clock also counts what other programs did meanwhile.
func cpuTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
