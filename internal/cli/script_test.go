package cli_test

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/zalando/go-keyring"
	"go.uber.org/goleak"

	"razebulk/internal/cli"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
)

func TestMain(m *testing.M) {
	keyring.MockInit() // no test uses the keyring of the user who runs it
	programs := map[string]func(){
		"razebulk": func() {
			code := cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
			notePeak()
			os.Exit(code)
		},
	}
	maps.Copy(programs, platformPrograms)
	testscript.Main(leakChecked{m}, programs)
}

// leakChecked fails if the tests leak a goroutine.
type leakChecked struct{ *testing.M }

func (m leakChecked) Run() int {
	if signal.Ignored(os.Interrupt) { // as in the background of a shell: the programs that a test interrupts inherit it
		signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	}
	_ = flag.Set("test.parallel", "8") // they mostly wait for the rate limit or the disk; -parallel overrides it
	// The user who runs the tests may have settings.
	_ = os.Unsetenv("RAZEBULK_LANG")
	_ = os.Setenv("LC_ALL", "C") // whatever the language of the machine
	_ = os.Setenv("XDG_CONFIG_HOME", filepath.Join(os.TempDir(), "no-settings"))

	// For the history of runs outside of scripts.
	state, err := os.MkdirTemp("", "razebulk-state-*")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(state)
	_ = os.Setenv("XDG_STATE_HOME", state)
	_ = os.Setenv("LocalAppData", state)
	code := m.M.Run()
	http.DefaultClient.CloseIdleConnections()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// dialects are the API's dialects. Everything that talks to it is tested in both.
var dialects = sandbox.Dialects

// TestScripts runs the real program as users do, against a sandbox that the test can inspect. Each script runs in
// both dialects, or in one of them in a short run. A line with [documented] or [observed] is for that dialect only. A
// script for a single dialect begins with a skip that says why. A script that is too long for a short run begins with
// [short] skip.
func TestScripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no scripts", err)
	}
	for _, dialect := range dialects {
		var scripts []string
		for _, file := range files {
			if !testing.Short() || shortDialect(t, file) == dialect {
				scripts = append(scripts, file)
			}
		}
		t.Run(string(dialect), func(t *testing.T) {
			t.Parallel()
			runScripts(t, dialect, scripts)
		})
	}
}

// shortDialect returns the dialect of a script in a short run: its only one, or one chosen by the file's name.
func shortDialect(t *testing.T, file string) sandbox.Dialect {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, other := range dialects {
		if bytes.Contains(text, []byte("["+string(other)+"] skip")) {
			return dialects[1-i]
		}
	}
	return sandboxtest.Of(filepath.Base(file))
}

var inDialects = sandboxtest.InDialects

func runScripts(t *testing.T, dialect sandbox.Dialect, scripts []string) {
	examples, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	docs, err := filepath.Abs("../../docs")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files: scripts,
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLES", examples)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "no-settings")) // the user who runs the tests may have some
			env.Setenv("DOCS", docs)
			env.Setenv("LC_ALL", "C") // whatever the language of the machine
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
			env.Setenv("LocalAppData", filepath.Join(env.WorkDir, "state"))
			env.Setenv("DIALECT", string(dialect))
			env.Values[apiKey{}] = new(*api)
			env.Values[pingKey{}] = new(*pingService)
			return os.MkdirAll(filepath.Join(env.WorkDir, "tmp"), 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"sandbox":     startSandbox,
			"exits":       exits,
			"signals":     signals,
			"requests":    requests,
			"bodies":      bodies,
			"column":      column,
			"leaves-only": leavesOnly,
			"contains":    contains,

			"saves-bodies": savesBodies,
			"holds-body":   holdsBody,
			"holds":        holds,
			"kills":        kills,
			"spoils":       spoils,

			"writes":    writes,
			"log-lines": logLines,

			"summary-is":  summaryIs,
			"json-is":     jsonIs,
			"metrics-are": metricsAre,
			"pings":       pings,
			"pinged":      pinged,
			"run-id":      runID,
			"set-aside":   setAside,

			"wrote-all-but-one": wroteAllButOne,
		},
		Condition: func(condition string) (bool, error) {
			if !slices.Contains(dialects, sandbox.Dialect(condition)) {
				return false, fmt.Errorf("unknown condition %s", condition)
			}
			return condition == string(dialect), nil
		},
		RequireExplicitExec: true,
	})
}

// api is a service that a script has started.
type api struct {
	*sandbox.Server
	arrived chan struct{} // one for each request
	held    *exec.Cmd     // the command that holds started
}

type apiKey struct{}

// apiOf returns the service that the script started last.
func apiOf(ts *testscript.TestScript) *api { return *ts.Value(apiKey{}).(**api) }

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.arrived <- struct{}{}
	a.Server.ServeHTTP(w, r)
}

// sandbox [-flag value]... serves an API in the script's dialect. The script's later commands use it.
func startSandbox(ts *testscript.TestScript, _ bool, args []string) {
	options := sandbox.Options{Record: true}
	key := sandbox.DefaultKey
	flags := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	flags.StringVar((*string)(&options.Dialect), "dialect", ts.Getenv("DIALECT"), "")
	flags.IntVar(&options.Limit, "limit", 0, "")
	flags.DurationVar(&options.Window, "window", 0, "")
	flags.Float64Var(&options.Faults.Error500, "error500", 0, "")
	flags.Float64Var(&options.Faults.HTML502, "html502", 0, "")
	flags.Float64Var(&options.Faults.Reset, "reset", 0, "")
	flags.Float64Var(&options.Faults.Hang, "hang", 0, "")
	flags.DurationVar(&options.Faults.Latency, "latency", 0, "")
	flags.StringVar(&key, "key", key, "")
	ignored := flags.String("ignored", "", "")
	readOnly := flags.Bool("readonly", false, "")
	writeOnly := flags.Bool("writeonly", false, "")
	ts.Check(flags.Parse(args))
	if *ignored != "" {
		options.Ignored = strings.Split(*ignored, ",")
	}
	options.Keys = []sandbox.Key{{Value: sandbox.DefaultKey, Read: !*writeOnly, Write: !*readOnly}}
	service := &api{Server: sandbox.New(options), arrived: make(chan struct{}, 10_000)}
	*ts.Value(apiKey{}).(**api) = service
	server := httptest.NewServer(service)
	ts.Defer(func() {
		server.CloseClientConnections()
		server.Close()
	})
	ts.Setenv("GETRAZE_BASE_URL", server.URL)
	ts.Setenv("GETRAZE_API_KEY", key)
}

// exits CODE command... runs the command and checks its exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	wantCode(ts, args[0], err)
}

func wantCode(ts *testscript.TestScript, want string, err error) {
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}

var signalsByName = map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}

// signals N SIGNAL[,SIGNAL] command... sends the signals to the command once the API has received N requests, the
// second one after the command has reported the first. The exit code must be 130.
func signals(ts *testscript.TestScript, _ bool, args []string) {
	wanted, err := strconv.Atoi(args[0])
	ts.Check(err)
	cmd := command(ts, args[2:])
	stderr, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	for range wanted {
		<-apiOf(ts).arrived
	}
	said := bufio.NewReader(stderr)
	first, second, two := strings.Cut(args[1], ",")
	ts.Check(cmd.Process.Signal(signalsByName[first]))
	if two {
		for line := ""; !strings.HasPrefix(line, "interrupted:"); {
			line, err = said.ReadString('\n')
			ts.Check(err)
		}
		ts.Check(cmd.Process.Signal(signalsByName[second]))
	}
	_, _ = io.Copy(ts.Stderr(), said)
	wantCode(ts, "130", cmd.Wait())
}

// holds command... starts the command and waits until the API has received a request from it.
func holds(ts *testscript.TestScript, _ bool, args []string) {
	cmd := command(ts, args)
	for len(apiOf(ts).arrived) > 0 { // requests from earlier commands
		<-apiOf(ts).arrived
	}
	ts.Check(cmd.Start())
	<-apiOf(ts).arrived
	apiOf(ts).held = cmd
	ts.Defer(func() { _ = cmd.Process.Kill() })
}

// kills kills the command that holds started, as a power cut would.
func kills(ts *testscript.TestScript, _ bool, _ []string) {
	cmd := apiOf(ts).held
	ts.Check(cmd.Process.Kill())
	_ = cmd.Wait()
}

// spoils DIRECTORY command... creates the directory once the API has received a request from the command. The exit
// code must be 3.
func spoils(ts *testscript.TestScript, _ bool, args []string) {
	cmd := command(ts, args[1:])
	cmd.Stderr = ts.Stderr()
	ts.Check(cmd.Start())
	<-apiOf(ts).arrived
	ts.Check(os.Mkdir(ts.MkAbs(args[0]), 0o700))
	wantCode(ts, "3", cmd.Wait())
}

// wrote-all-but-one FILE checks that the journal has all requests that the API received except the last, and an
// incomplete line.
func wroteAllButOne(ts *testscript.TestScript, _ bool, args []string) {
	whole := strings.Count(ts.ReadFile(args[0]), "\n") - 1
	if seen := len(apiOf(ts).Requests()); seen != whole+1 {
		ts.Fatalf("%d requests, and %d results on the disk", seen, whole)
	}
}

func command(ts *testscript.TestScript, args []string) *exec.Cmd {
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	cmd := exec.Command(path, args[1:]...)
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "GETRAZE_BASE_URL="+ts.Getenv("GETRAZE_BASE_URL"), "GETRAZE_API_KEY="+ts.Getenv("GETRAZE_API_KEY"),
		"XDG_STATE_HOME="+ts.Getenv("XDG_STATE_HOME"), "LocalAppData="+ts.Getenv("LocalAppData"))
	return cmd
}

// requests N checks that the API has received exactly N requests.
func requests(ts *testscript.TestScript, _ bool, args []string) {
	if seen := apiOf(ts).Requests(); strconv.Itoa(len(seen)) != args[0] {
		ts.Fatalf("the API saw %d requests, want %s: %v", len(seen), args[0], seen)
	}
}

// bodies FILE checks that the file lists the requests that the API received, one per line in any order: METHOD ID
// BODY.
func bodies(ts *testscript.TestScript, _ bool, args []string) {
	seen := seenBodies(ts)
	want := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	slices.Sort(want)
	if !slices.Equal(seen, want) {
		ts.Fatalf("the API saw\n%s\nwant\n%s", strings.Join(seen, "\n"), strings.Join(want, "\n"))
	}
}

// saves-bodies FILE writes the file that bodies expects.
func savesBodies(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(seenBodies(ts), "\n")+"\n"), 0o600))
}

// holds-body REQUEST checks that the API has received a request, written as for bodies.
func holdsBody(ts *testscript.TestScript, _ bool, args []string) {
	if seen := seenBodies(ts); !slices.Contains(seen, args[0]) {
		ts.Fatalf("the API saw\n%s\nwant\n%s", strings.Join(seen, "\n"), args[0])
	}
}

func seenBodies(ts *testscript.TestScript) []string {
	var seen []string
	for _, r := range apiOf(ts).Requests() {
		seen = append(seen, fmt.Sprintf("%s %s %s", r.Method, r.ID, r.Body))
	}
	slices.Sort(seen)
	return seen
}

// column FILE NAME VALUE... checks that the column of a CSV file has exactly these values.
func column(ts *testscript.TestScript, _ bool, args []string) {
	records := readCSV(ts, args[0])
	at := slices.Index(records[0], args[1])
	if at < 0 {
		ts.Fatalf("%s has no column %s: %q", args[0], args[1], records[0])
	}
	var values []string
	for _, record := range records[1:] {
		values = append(values, record[at])
	}
	if !slices.Equal(values, args[2:]) {
		ts.Fatalf("%s, column %s: %q, want %q", args[0], args[1], values, args[2:])
	}
}

func readCSV(ts *testscript.TestScript, path string) [][]string {
	text := strings.TrimPrefix(ts.ReadFile(path), "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	for _, delimiter := range ";\t|" {
		if header, _, _ := strings.Cut(text, "\n"); strings.ContainsRune(header, delimiter) {
			r.Comma = delimiter
		}
	}
	records, err := r.ReadAll()
	ts.Check(err)
	return records
}

// writes FILE TEXT writes the text. Escapes such as \xe3 stand for bytes, as in Go.
func writes(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(unescaped(ts, args[1])), 0o600))
}

// contains FILE TEXT checks that the file contains the text, written as for writes.
func contains(ts *testscript.TestScript, _ bool, args []string) {
	if text := ts.ReadFile(args[0]); !strings.Contains(text, unescaped(ts, args[1])) {
		ts.Fatalf("%s lacks %s: %q", args[0], args[1], text)
	}
}

func unescaped(ts *testscript.TestScript, text string) string {
	raw, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
	ts.Check(err)
	return raw
}

// leaves-only FILE... checks that the work directory has exactly these files.
func leavesOnly(ts *testscript.TestScript, _ bool, args []string) {
	entries, err := os.ReadDir(ts.Getenv("WORK"))
	ts.Check(err)
	var found []string
	for _, e := range entries {
		if !e.IsDir() {
			found = append(found, e.Name())
		}
	}
	slices.Sort(args)
	if !slices.Equal(found, args) {
		ts.Fatalf("the directory holds %q, want %q", found, args)
	}
}
