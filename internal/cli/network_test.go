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

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"razebulk/internal/sandbox"
)

const networkRows = 200

// fault is what is wrong with a network, as toxiproxy calls it.
type fault struct {
	kind, stream string
	toxicity     float64 // the share of the connections that have it
	attributes   string
}

// networks are the ones that the program must come to terms with.
var networks = []struct {
	name   string
	faults []fault
	// closing makes the service end the connection after each answer
	closing bool
	flags   string
	// harmless is a network on which each row must be stored at once
	harmless bool
}{
	{name: "latency with jitter", faults: []fault{{"latency", "downstream", 1, `"latency": 30, "jitter": 30`}}, harmless: true},
	{name: "latency with jitter beyond the timeout", faults: []fault{{"latency", "downstream", 1, `"latency": 60, "jitter": 60`}},
		flags: "--timeout 100ms --retries 1"},
	{name: "latency of the requests beyond the timeout", faults: []fault{{"latency", "upstream", 1, `"latency": 60, "jitter": 60`}},
		flags: "--timeout 100ms --retries 1"},
	{name: "reset before the request arrives", faults: []fault{{"reset_peer", "upstream", 0.7, `"timeout": 5`}}},
	{name: "reset after the update was stored", faults: []fault{{"reset_peer", "downstream", 0.7, `"timeout": 5`}}},
	{name: "reset of every connection", faults: []fault{{"reset_peer", "downstream", 1, `"timeout": 0`}}, flags: "--retries 0"},
	{name: "reset before any request arrives", faults: []fault{{"reset_peer", "upstream", 1, `"timeout": 0`}}, flags: "--retries 0"},
	{name: "slow close", faults: []fault{{"slow_close", "downstream", 1, `"delay": 100`}}, closing: true, harmless: true},
	{name: "answers cut off", faults: []fault{{"limit_data", "downstream", 1, `"bytes": 5000`}}},
	{name: "requests cut off", faults: []fault{{"limit_data", "upstream", 1, `"bytes": 2500`}}},
	{name: "no answer, then the end", faults: []fault{{"timeout", "downstream", 0.7, `"timeout": 100`}}},
	{name: "no answer, and no end", faults: []fault{{"timeout", "upstream", 0.7, `"timeout": 0`}}, flags: "--timeout 300ms"},
	{name: "nothing at all", faults: []fault{{"timeout", "downstream", 1, `"timeout": 0`}}, flags: "--timeout 200ms --retries 0"},
	{name: "narrow", faults: []fault{{"bandwidth", "downstream", 1, `"rate": 60`}, {"bandwidth", "upstream", 1, `"rate": 60`}}, harmless: true},
	{name: "narrow, slow and breaking", faults: []fault{
		{"bandwidth", "downstream", 0.5, `"rate": 40`}, {"latency", "upstream", 0.5, `"latency": 20, "jitter": 20`}, {"limit_data", "downstream", 0.7, `"bytes": 4000`},
	}},
}

// TestNoRowIsLostOrWrongOnABadNetwork runs the real program over bad networks, and over a good one in the end.
func TestNoRowIsLostOrWrongOnABadNetwork(t *testing.T) {
	for i, c := range networks {
		if testing.Short() && i%4 != 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := newNetworkNight(t, c.closing)
			for _, f := range c.faults {
				n.add(t, f)
			}
			flags := append([]string{"--timeout", "1s", "--retries", "3", "--max-failures", "100%", "--max-duration", "2s"}, strings.Fields(c.flags)...)
			code := n.update(t, n.sheet, flags...)
			requests := n.checkSoFar(t, code)
			if harmless := code == 0 && requests == networkRows; harmless != c.harmless && (c.harmless || onEveryConnection(c.faults)) {
				t.Errorf("exit code %d after %d requests", code, requests)
			}
			n.proxy.Toxics.ResetToxics(t.Context())
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

// onEveryConnection tells whether a fault is sure to strike; of one with a lesser share every connection may be spared.
func onEveryConnection(faults []fault) bool {
	return slices.ContainsFunc(faults, func(f fault) bool { return f.toxicity == 1 })
}

// networkNight is a sheet, a service that holds its rows, and the network between.
type networkNight struct {
	sheet string
	api   *sandbox.Server
	proxy *toxiproxy.Proxy
}

func newNetworkNight(t *testing.T, closing bool) *networkNight {
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
	n.api = sandbox.New(sandbox.Options{Opportunities: held, Limit: 1 << 20, Record: true})
	server := httptest.NewUnstartedServer(n.api)
	server.Config.SetKeepAlivesEnabled(!closing)
	server.Start()
	t.Cleanup(server.Close)
	n.proxy = toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop()), "network", "127.0.0.1:0",
		server.Listener.Addr().String())
	if err := n.proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.proxy.Stop)
	return n
}

func idOf(row int) string { return fmt.Sprintf("id-%d", row) }

func noteOf(row int) string { return fmt.Sprintf("note of row %d", row) }

func (n *networkNight) add(t *testing.T, f fault) {
	t.Helper()
	text := fmt.Sprintf(`{"type": %q, "stream": %q, "toxicity": %v, "attributes": {%s}}`, f.kind, f.stream, f.toxicity, f.attributes)
	if _, err := n.proxy.Toxics.AddToxicJson(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
}

// update returns the exit code of a run that ended by itself.
func (n *networkNight) update(t *testing.T, sheet string, flags ...string) int {
	t.Helper()
	cmd := updateCommand("http://"+n.proxy.Listen, sheet)
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

// checkSoFar holds the results of a run that has come to its end, or the journal of one that has not, against what is
// stored. It returns how many requests the results tell of.
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
