//go:build unix

package cli_test

import (
	"bufio"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"razebulk/internal/cli"
	"razebulk/internal/sandbox"
)

// notRun maps the commands of the docs that a test can't run to the reason. Lines that begin with one of them are
// skipped.
var notRun = map[string]string{
	"go test ./...":           "it is this test",
	"razebulk ui":             "it serves until it is interrupted; the tests in a browser open it",
	"go test ./bench ":        "it takes minutes",
	"cd bench/compare ":       "it takes minutes, and needs other programs",
	"useradd ":                "it changes the machine",
	"install -d -m 0700 /etc": "it changes the machine",
	"install -m 06":           "it changes the machine",
	"systemctl ":              "it changes the machine",
	"docker build ":           "it needs a container engine",
	"kubectl ":                "it needs a cluster",
}

// onTerminalOnly are output lines of the docs that only appear on a terminal. Other tests have a terminal.
var onTerminalOnly = []string{
	"Send 21 updates from deals.csv to 127.0.0.1:8080? [y/N] y",
	"Enviar 18 atualizações de clientes.csv para 127.0.0.1:8080? [s/N] s",
}

// otherSheets maps the start of a command to its sheet, if that is not like testdata/opportunities.csv.
var otherSheets = map[string]string{
	"razebulk columns deals.csv": "Opportunity ID;Nome;Valor;Moeda;Observações;Responsável\n" +
		"265e24ec-3bc8-4820-b65f-89a69d7babe4;Padaria Estrela;R$ 37.540,02;BRL;ligar na segunda;Ana Lima\n" +
		"b478c75d-eb4f-4b56-86ec-71aa86afb784;Metalúrgica São João;1.234;BRL;;\n",
	`razebulk columns --map "Chave=id"`:             "Chave,Interno,Nome\n265e24ec-3bc8-4820-b65f-89a69d7babe4,7,Padaria Estrela\n",
	`razebulk update --map "Negociação=name"`:       "id,Negociação,Lead Temperature\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x,hot\n",
	`razebulk update --map "Score=score:number"`:    "id,Score,Produto\n265e24ec-3bc8-4820-b65f-89a69d7babe4,7,x\n",
	"razebulk update --strict deals.csv":            "id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n",
	"razebulk update --dry-run --compare deals.csv": "id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n",
}

// docPages returns the paths of the README and of all pages of docs, relative to this package.
func docPages(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("there are no docs", err)
	}
	return append(pages, "../../docs/pt-BR/primeiros-passos.md", "../../README.md")
}

// docCommand is a command on a page, with the output lines that the page shows.
type docCommand struct {
	text   string
	output bool // the page shows its output
	shown  []string
}

var (
	codeBlock  = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")
	bareOfOurs = regexp.MustCompile(`(?m)^(\$ |(razebulk (update|export|columns|sandbox|version|help)|go|cp|docker|kubectl) )`)
)

// docCommands returns the commands of a page: all lines of sh blocks, and the lines of console blocks that begin with
// a dollar sign.
func docCommands(t *testing.T, page string) (commands []docCommand) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range codeBlock.FindAllStringSubmatch(string(text), -1) {
		switch lines := strings.Split(strings.TrimSuffix(block[2], "\n"), "\n"); {
		case block[1] == "sh":
			for _, line := range lines {
				commands = append(commands, docCommand{text: line})
			}
		case block[1] == "console":
			for _, line := range lines {
				if command, is := strings.CutPrefix(line, "$ "); is {
					commands = append(commands, docCommand{text: command, output: true})
				} else {
					last := &commands[len(commands)-1]
					last.shown = append(last.shown, line)
				}
			}
		case block[1] == "" && bareOfOurs.MatchString(block[2]):
			t.Errorf("%s: a block of commands must be sh or console, to be run:\n%s", page, block[2])
		}
	}
	return commands
}

// TestEveryCommandOfTheDocsRuns runs the commands of each page. Each page has its own folder and shell state.
func TestEveryCommandOfTheDocsRuns(t *testing.T) {
	skipped := map[string]bool{}
	for _, page := range docPages(t) {
		commands := docCommands(t, page)
		commands = slices.DeleteFunc(commands, func(c docCommand) bool {
			for start := range notRun {
				if strings.HasPrefix(c.text, start) {
					skipped[start] = true
					return true
				}
			}
			return false
		})
		if len(commands) == 0 {
			continue
		}
		t.Run(filepath.Base(page), func(t *testing.T) {
			if testing.Short() {
				t.Skip("it sends the example many times")
			}
			t.Parallel()
			reader := newReader(t)
			for _, c := range commands {
				reader.types(t, c)
			}
		})
	}
	for start, why := range notRun {
		if !skipped[start] {
			t.Errorf("no page has a command %q any more, which is not run as %s", start, why)
		}
	}
}

// reader is a user who reads a page and types its commands.
type reader struct {
	folder, state string // state is the file with the shell's state after the last command
	address       string // of the sandbox
	served        *exec.Cmd
}

func newReader(t *testing.T) *reader {
	t.Helper()
	folder := t.TempDir()
	example, err := os.ReadFile("../../testdata/opportunities.csv")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"deals.csv": string(example), "testdata/opportunities.csv": string(example), "key.txt": sandbox.DefaultKey} {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(sandbox.New(sandbox.Options{}))
	t.Cleanup(server.Close)
	return &reader{folder: folder, state: filepath.Join(t.TempDir(), "state"), address: server.Listener.Addr().String()}
}

// types runs a command and compares its exit code and output with what the page shows.
func (r *reader) types(t *testing.T, c docCommand) {
	t.Helper()
	if strings.HasPrefix(c.text, "razebulk sandbox") {
		r.serves(t, c)
		return
	}
	for start, sheet := range otherSheets {
		if strings.HasPrefix(c.text, start) && !strings.Contains(c.text, "undo") {
			if err := os.WriteFile(filepath.Join(r.folder, "deals.csv"), []byte(sheet), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	line := strings.ReplaceAll(strings.ReplaceAll(c.text, "go run . ", "razebulk "), "127.0.0.1:8080", r.address)
	script := `[ -f "$STATE" ] && . "$STATE"` + "\n" + line + "\n" + `code=$?; export -p > "$STATE"; echo "cd '$PWD'" >> "$STATE"; exit $code`
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir = r.folder
	cmd.Env = append(os.Environ(), "STATE="+r.state, "GETRAZE_BASE_URL=http://"+r.address, "GETRAZE_API_KEY="+sandbox.DefaultKey)
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code > 1 && len(c.shown) == 0 || code < 0 || code > 4 {
		t.Errorf("%s: %v\n%s", c.text, err, out)
	}
	compareShown(t, c, string(out))
}

// serves starts a sandbox in place of the previous one.
func (r *reader) serves(t *testing.T, c docCommand) {
	t.Helper()
	r.stops()
	r.served = exec.Command("sh", "-c", "exec "+c.text+" --listen 127.0.0.1:0")
	stdout, err := r.served.StdoutPipe()
	if err == nil {
		err = r.served.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.stops)
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(c.text, err)
	}
	_, r.address, _ = strings.Cut(strings.TrimSpace(line), "http://")
	_ = os.Remove(r.state)
	compareShown(t, c, line)
}

func (r *reader) stops() {
	if r.served != nil {
		_ = r.served.Process.Kill()
		_ = r.served.Wait()
		r.served = nil
	}
}

var (
	runIDs = regexp.MustCompile(`[0-9]{8}T[0-9]{6}Z-[A-Z0-9]{6}`)
	digits = regexp.MustCompile(`[0-9]+`)
	blanks = regexp.MustCompile(`\s+`)
)

// compareShown fails unless each line that the page shows is printed, in this order. Numbers and times may differ.
func compareShown(t *testing.T, c docCommand, printed string) {
	t.Helper()
	alike := func(line string) string {
		line = runIDs.ReplaceAllString(line, "RUN")
		return digits.ReplaceAllString(blanks.ReplaceAllString(strings.TrimSpace(line), " "), "#")
	}
	lines := strings.Split(printed, "\n")
	for _, shown := range c.shown {
		if slices.Contains(onTerminalOnly, shown) {
			continue
		}
		at := slices.IndexFunc(lines, func(line string) bool { return alike(line) == alike(shown) })
		if at < 0 {
			t.Errorf("%s\nshould print\n%s\nand prints\n%s", c.text, shown, printed)
			return
		}
		lines = lines[at+1:]
	}
	if all := strings.Count(printed, "\n"); c.output && strings.Contains(c.text, " -q ") && all != len(c.shown) {
		t.Errorf("%s: the page shows all that -q prints, and that is\n%s", c.text, printed)
	}
}

var (
	inlineCode = regexp.MustCompile("`(razebulk [^`]*)`")
	longFlag   = regexp.MustCompile(`--[a-z][a-z0-9-]*`)
)

// TestEveryCommandInASentenceHasItsFlags checks the commands within sentences.
func TestEveryCommandInASentenceHasItsFlags(t *testing.T) {
	root := cli.Command()
	checked := 0
	for _, page := range docPages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range inlineCode.FindAllStringSubmatch(string(text), -1) {
			words := strings.Fields(found[1])
			if words[1] == "COMMAND" || strings.HasPrefix(words[1], "--") {
				continue
			}
			cmd, _, err := root.Find(words[1:2])
			if err != nil {
				t.Errorf("%s: %s: %v", page, found[1], err)
				continue
			}
			checked++
			cmd.InitDefaultHelpFlag()
			for _, flag := range longFlag.FindAllString(found[1], -1) {
				if cmd.Flags().Lookup(flag[2:]) == nil {
					t.Errorf("%s: %s: there is no %s", page, found[1], flag)
				}
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d commands were found", checked)
	}
}
