package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestASignalEndsTheCheckOfASmallWorkbook measures the CPU time from the signal to the exit, not the elapsed time,
// which grows on a loaded machine.
func TestASignalEndsTheCheckOfASmallWorkbook(t *testing.T) {
	skipUnlessMeasured(t)
	slow := []string{
		"empty texts", "runs of one text", "70 texts of 900 kB", "formats", "blank rows", "blank texts above the header", "a header of all columns",
		"merged cells", "rows of one id", "totals", "900 sheets of blank rows",
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	for _, book := range smallBooks {
		if slices.Contains(slow, book.name) {
			book.write(t, path)
			for _, after := range []time.Duration{100 * time.Millisecond, 500 * time.Millisecond} {
				endsAtASignal(t, book.name, path, after)
			}
		}
	}
}

// endsAtASignal sends a signal once the program has used that much CPU time.
func endsAtASignal(t *testing.T, name, path string, after time.Duration) {
	t.Helper()
	cmd := razebulk(t, "update", "--sandbox", "--dry-run", path)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	used := time.Duration(0)
	for used < after {
		select {
		case <-ended:
			t.Logf("%s: it had ended by itself", name)
			return
		case <-time.After(5 * time.Millisecond):
			used = processorTime(cmd.Process.Pid)
		}
	}
	_ = cmd.Process.Signal(syscall.SIGINT)
	select {
	case <-ended:
	case <-time.After(soon):
		_ = cmd.Process.Kill()
		<-ended
		t.Errorf("%s: it still runs %s after the signal", name, soon)
	}
	more := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime() - used
	t.Logf("%s: after %s, %s more", name, used, more)
	if more > time.Second {
		t.Errorf("%s: it went on for %s of processor time", name, more)
	}
}

// processorTime returns the CPU time that a process has used; 0 if it has ended.
func processorTime(pid int) time.Duration {
	stat, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	_, fields, _ := strings.Cut(string(stat), ") ")
	times := strings.Fields(fields)
	const user, system, ticksPerSecond = 11, 12, 100
	if len(times) <= system {
		return 0
	}
	ticks := 0
	for _, text := range times[user : system+1] {
		n, _ := strconv.Atoi(text)
		ticks += n
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond
}
