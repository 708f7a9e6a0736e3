package ledger

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// crashFile is the environment variable that tells the test binary that it will be killed.
const crashFile = "RAZEBULK_LEDGER_CRASH"

const crashIDs = 20

// workUntilKilled works like a run, one request after another, and prints what it sends.
func workUntilKilled(path string) {
	l, err := Open(path, here)
	if err != nil {
		panic(err)
	}
	for i := 0; ; i++ {
		id := idOf(rand.IntN(crashIDs))
		if err := l.Begin(id, "name", "notes"); err != nil {
			panic(err)
		}
		fmt.Println(id, i) // here the service stores it
		if err := l.Note(id, Noted{"name", text(fmt.Sprint(i)), true}); err != nil {
			panic(err)
		}
		if i%3 == 0 {
			l.commitSoon()
		}
	}
}

func TestAKilledRunLeavesNothingThatIsNotSo(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	last := map[string]string{} // what the service holds
	survived := 0
	for range 6 {
		killAfter(t, path, 20+rand.IntN(200), last)
		l := open(t, path)
		for id, value := range last {
			if _, known := l.Stored(id, "name"); known {
				survived++
				if !l.Holds(id, "name", text(value)) {
					t.Errorf("%s holds another value than the last one that was sent, %s", id, value)
				}
			}
		}
		closed(t, l)
	}
	if survived == 0 {
		t.Error("nothing survived, so nothing was tested")
	}
}

// killAfter kills a process once it has sent this much, and records everything that it sent until it died.
func killAfter(t *testing.T, path string, sent int, last map[string]string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), crashFile+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if id, value, whole := strings.Cut(lines.Text(), " "); whole {
			last[id] = value
		}
		if n == sent {
			must(t, child.Process.Kill())
		}
	}
	_ = child.Wait() // killed
}
