package cli_test

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"razebulk/internal/sandbox"
)

const networkRows = 200

// networks are the networks that the program must cope with.
var networks = []struct {
	name   string
	faults []fault
	// closing makes the service close the connection after each answer
	closing bool
	flags   string
	// harmless: each row must be stored at the first attempt
	harmless bool
}{
	{name: "latency with jitter", faults: []fault{{share: 1, latency: 30 * ms}}, harmless: true},
	{name: "latency with jitter beyond the timeout", faults: []fault{{share: 1, latency: 60 * ms}}, flags: "--timeout 100ms --retries 1"},
	{name: "latency of the requests beyond the timeout", faults: []fault{{requests: true, share: 1, latency: 60 * ms}},
		flags: "--timeout 100ms --retries 1"},
	{name: "reset before the request arrives", faults: []fault{{requests: true, share: 0.7, resets: true, ends: 5 * ms}}},
	{name: "reset after the update was stored", faults: []fault{{share: 0.7, resets: true, ends: 5 * ms}}},
	{name: "reset of every connection", faults: []fault{{share: 1, resets: true}}, flags: "--retries 0"},
	{name: "reset before any request arrives", faults: []fault{{requests: true, share: 1, resets: true}}, flags: "--retries 0"},
	{name: "slow close", faults: []fault{{share: 1, slowClose: 100 * ms}}, closing: true, harmless: true},
	{name: "answers cut off", faults: []fault{{share: 1, limit: 5000}}},
	{name: "requests cut off", faults: []fault{{requests: true, share: 1, limit: 2500}}},
	{name: "no answer, then the end", faults: []fault{{share: 0.7, swallows: true, ends: 100 * ms}}},
	{name: "no answer, and no end", faults: []fault{{requests: true, share: 0.7, swallows: true}}, flags: "--timeout 300ms"},
	{name: "nothing at all", faults: []fault{{share: 1, swallows: true}}, flags: "--timeout 200ms --retries 0"},
	{name: "narrow", faults: []fault{{share: 1, rate: 60_000}, {requests: true, share: 1, rate: 60_000}}, harmless: true},
	{name: "narrow, slow and breaking", faults: []fault{
		{share: 0.5, rate: 40_000}, {requests: true, share: 0.5, latency: 20 * ms}, {share: 0.7, limit: 4000},
	}},
}

const ms = time.Millisecond

// TestNoRowIsLostOrWrongOnABadNetwork runs the real program over bad networks, and finally over a good one.
func TestNoRowIsLostOrWrongOnABadNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for requests that are lost")
	}
	t.Parallel()
	inDialects(t, noRowIsLostOrWrongOnABadNetwork)
}

func noRowIsLostOrWrongOnABadNetwork(t *testing.T, dialect sandbox.Dialect) {
	for _, c := range networks {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := newNetworkNight(t, dialect, c.closing, c.faults)
			flags := append([]string{"--retries", "3", "--max-failures", "100%"}, strings.Fields(c.flags)...)
			if !c.harmless { // only then may a slow machine end the run early
				flags = append([]string{"--timeout", "1s", "--max-duration", "2s"}, flags...)
			}
			code := n.update(t, n.sheet, flags...)
			requests := n.checkSoFar(t, code)
			if harmless := code == 0 && requests == networkRows; harmless != c.harmless && (c.harmless || onEveryConnection(c.faults)) {
				t.Errorf("exit code %d after %d requests", code, requests)
			}
			n.network.heal()
			if code == 3 || code == 4 {
				code = n.update(t, n.sheet, "--max-failures", "100%")
				n.checkSoFar(t, code)
			}
			if code == 1 {
				code = n.update(t, filepath.Join(filepath.Dir(n.sheet), "deals.failed.csv"))
			}
			if code != 0 {
				t.Errorf("exit code %d on a good network", code)
			}
			n.checkAllStored(t)
		})
	}
}

// onEveryConnection reports whether every connection has a fault.
func onEveryConnection(faults []fault) bool {
	return slices.ContainsFunc(faults, func(f fault) bool { return f.share == 1 })
}

// networkNight is a sheet, a service with its opportunities, and the network between them.
type networkNight struct {
	sheet   string
	api     *sandbox.Server
	network *badNetwork
}

func newNetworkNight(t *testing.T, dialect sandbox.Dialect, closing bool, faults []fault) *networkNight {
	t.Helper()
	n := &networkNight{sheet: filepath.Join(t.TempDir(), "deals.csv")}
	var held []sandbox.Opportunity
	var text strings.Builder
	text.WriteString("id,notes\n")
	for row := 2; row < networkRows+2; row++ {
		held = append(held, sandbox.Opportunity{ID: idOf(row), Name: "Deal", Status: "new"})
		fmt.Fprintf(&text, "%s,%s\n", idOf(row), noteOf(row))
	}
	if err := os.WriteFile(n.sheet, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	n.api = sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: held, Limit: 1 << 20, Record: true})
	server := httptest.NewUnstartedServer(n.api)
	server.Config.SetKeepAlivesEnabled(!closing)
	server.Start()
	t.Cleanup(server.Close)
	n.network = newBadNetwork(t, server.Listener.Addr().String(), faults)
	return n
}

func idOf(row int) string { return fmt.Sprintf("cccccccc-0000-4000-8000-%012d", row) }

func noteOf(row int) string { return fmt.Sprintf("note of row %d", row) }

// update runs the program and returns its exit code. A crash fails the test.
func (n *networkNight) update(t *testing.T, sheet string, flags ...string) int {
	t.Helper()
	cmd := updateCommand("http://"+n.network.address(), sheet)
	cmd.Args = append(cmd.Args, flags...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || !exit.Exited() || bytes.Contains(out, []byte("panic"))) {
		t.Fatalf("%v: %s", err, out)
	}
	code := cmd.ProcessState.ExitCode()
	t.Logf("exit code %d %s", code, out)
	return code
}

// checkSoFar compares the results of a finished run, or the journal of an unfinished one, with what is stored. It
// returns the number of requests in the results.
func (n *networkNight) checkSoFar(t *testing.T, code int) (requests int) {
	t.Helper()
	name, inOrder := "deals.results.csv", true
	switch code {
	case 0, 1:
	case 3, 4:
		name, inOrder = "deals.results.csv.partial", false
	default:
		t.Fatalf("exit code %d", code)
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(n.sheet), name))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]string{}
	for i, record := range records[1:] {
		if inOrder && record[0] != fmt.Sprint(i+2) {
			t.Fatalf("line %d is of row %s", i+2, record[0])
		}
		if status[record[0]] != "" {
			t.Fatalf("row %s is there twice", record[0])
		}
		status[record[0]] = record[2]
		attempts, err := strconv.Atoi(record[8])
		if err != nil {
			t.Error(err)
		}
		requests += attempts
	}
	if inOrder && len(status) != networkRows {
		t.Errorf("%d rows, want %d", len(status), networkRows)
	}
	n.checkStatuses(t, status)
	return requests
}

func (n *networkNight) checkStatuses(t *testing.T, status map[string]string) {
	t.Helper()
	arrived := map[string]bool{}
	for _, r := range n.api.Requests() {
		arrived[r.ID] = true
	}
	for row := 2; row < networkRows+2; row++ {
		held, _ := n.api.Opportunity(idOf(row))
		switch says := status[fmt.Sprint(row)]; says {
		case "SUCCESS":
			if held.Notes != noteOf(row) {
				t.Errorf("row %d is called SUCCESS, and %q is stored", row, held.Notes)
			}
		case "NETWORK_ERROR", "SERVER_ERROR":
		case "", "NOT_ATTEMPTED":
			if arrived[idOf(row)] {
				t.Errorf("row %d arrived, and its result is %q", row, cmp.Or(says, "missing"))
			}
		default:
			t.Errorf("row %d is called %s", row, says)
		}
	}
}

func (n *networkNight) checkAllStored(t *testing.T) {
	t.Helper()
	for row := 2; row < networkRows+2; row++ {
		if held, _ := n.api.Opportunity(idOf(row)); held.Notes != noteOf(row) {
			t.Errorf("row %d: %q is stored", row, held.Notes)
		}
	}
}
