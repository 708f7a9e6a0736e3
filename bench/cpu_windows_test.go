package bench

import (
	"syscall"
	"testing"
	"time"
)

// cpuTime returns the time that the whole process has used on all processors, see the one for Unix.
func cpuTime(b *testing.B) time.Duration {
	process, err := syscall.GetCurrentProcess()
	if err != nil {
		b.Fatal(err)
	}
	var created, exited, kernel, user syscall.Filetime
	if err := syscall.GetProcessTimes(process, &created, &exited, &kernel, &user); err != nil {
		b.Fatal(err)
	}
	return length(kernel) + length(user)
}

// length reads a duration that Windows counts in units of 100 nanoseconds.
func length(t syscall.Filetime) time.Duration {
	return time.Duration(uint64(t.HighDateTime)<<32|uint64(t.LowDateTime)) * 100
}
