package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	// maxCPU and maxPeak limit the check of a workbook of less than 1 MB: CPU time, which other load hardly changes, and
	// resident memory.
	maxCPU  = 5 * time.Second
	maxPeak = 200 << 20
	// busy is the factor by which CPU time may grow on a machine whose caches and cores are shared with other load.
	busy = 2
)

// TestSmallWorkbooksTakeLittle runs the real program on workbooks made to exhaust time or memory.
func TestSmallWorkbooksTakeLittle(t *testing.T) {
	skipUnlessMeasured(t)
	folder := t.TempDir()
	peak := filepath.Join(folder, "peak")
	t.Setenv(peakFile, peak)
	for i, book := range smallBooks {
		t.Run(book.name, func(t *testing.T) {
			path := filepath.Join(folder, "book"+strconv.Itoa(i)+".xlsx")
			book.write(t, path)
			cmd := razebulk(t, "update", "--sandbox", "--dry-run", path)
			var said bytes.Buffer
			cmd.Stdout, cmd.Stderr = &said, &said
			_ = cmd.Run() // the exit code is checked below
			code := cmd.ProcessState.ExitCode()
			took := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			text := said.String()
			t.Logf("exit %d, %s, %s", code, took, text[max(0, len(text)-200):])
			const maxSaid = 8 << 10
			if code < 0 || code > 2 || !strings.Contains(text, book.refused) || len(text) > maxSaid {
				t.Errorf("exit %d, want %q, says %d bytes", code, book.refused, len(text))
			}
			if refused := book.refused == tooFull || book.refused == tooLarge; refused != (strings.Contains(text, tooFull) || strings.Contains(text, tooLarge)) {
				t.Error("refused or not")
			}
			if took > maxCPU*busy {
				t.Errorf("took %s of processor time", took)
			}
			held, err := os.ReadFile(peak)
			if bytes, wrong := strconv.Atoi(string(held)); err == nil && (wrong != nil || bytes > maxPeak) {
				t.Errorf("held %s bytes of memory", held)
			}
			t.Logf("held %s bytes", held)
		})
	}
}

// skipUnlessMeasured skips a test that measures time and memory in a short run, and under the race detector, which
// multiplies both.
func skipUnlessMeasured(t *testing.T) {
	t.Helper()
	info, _ := debug.ReadBuildInfo()
	if testing.Short() || info != nil && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		t.Skip("takes a minute, and measures")
	}
}

// peakFile is the environment variable that names a file for the program's peak memory, in bytes.
const peakFile = "TEST_RAZEBULK_PEAK"

// notePeak writes that file, if the system reports the peak. The figure that a parent gets includes the parent's own
// memory.
func notePeak() {
	path := os.Getenv(peakFile)
	if path == "" {
		return
	}
	if bytes, err := peakOf("self"); err == nil {
		_ = os.WriteFile(path, []byte(strconv.Itoa(bytes)), 0o600)
	}
}

// peakOf returns the peak resident memory of a process, in bytes. It works on Linux only.
func peakOf(process string) (int, error) {
	status, err := os.ReadFile("/proc/" + process + "/status")
	if err != nil {
		return 0, err
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	kib, err := strconv.Atoi(strings.Fields(peak + " -")[0])
	return kib << 10, err
}

func razebulk(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("razebulk")
	if err != nil {
		t.Fatal(err)
	}
	return exec.Command(program, args...)
}
