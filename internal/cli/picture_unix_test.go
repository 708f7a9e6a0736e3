//go:build unix

package cli_test

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"html"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"

	"razebulk/internal/sandbox"
)

const picture = "../../docs/razebulk.svg"

var draw = flag.Bool("update", false, "draw docs/razebulk.svg again")

// scenes are the scenes of the README's picture. Each shows the terminal when the program has ended, or when the text
// until appears.
var scenes = []struct {
	title string
	args  []string
	quota int
	until string
}{
	{"See what would change", []string{"update", "--dry-run", "--compare", "deals.csv"}, 1000, ""},
	{"Send it", []string{"update", "--yes", "--rate", "100", "deals.csv"}, 1000, ""},
	{"The quota is spent: it waits, and continues by itself", []string{"update", "--yes", "--rate", "100", "deals.csv"}, 12, "waiting"},
}

const pictureSheet = `id,deal_value,notes
265e24ec-3bc8-4820-b65f-89a69d7babe4,37540.02,Aceitou a renovação; falta assinar.
b478c75d-eb4f-4b56-86ec-71aa86afb784,192500,
3de06b1a-f8d5-4c3f-8f19-f37a122566ce,13750,
21a39f61-4af3-4ba9-b998-4391fb102858,,Pediu preço de baixa temporada.
`

// TestThePictureIsWhatTheProgramShows runs the program on a terminal and compares its output with the picture.
// Numbers and times may differ.
func TestThePictureIsWhatTheProgramShows(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	var shown []string
	for _, s := range scenes {
		shown = append(shown, "$ razebulk "+strings.Join(s.args, " ")+"\r\n"+sceneOf(t, s.args, s.quota, s.until))
	}
	want := drawScenes(shown)
	if *draw {
		if err := os.WriteFile(picture, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(picture)
	if err != nil || !bytes.Equal(withoutNumbers(got), withoutNumbers([]byte(want))) {
		t.Errorf("%s is not what the program shows now (%v); draw it again: go test ./internal/cli -run Picture -update", picture, err)
	}
	if err := xml.Unmarshal([]byte(want), new(struct{})); err != nil {
		t.Error("the picture is no XML:", err)
	}
}

var timesAndCounts = regexp.MustCompile(`[^<>]*waiting for quota until [^<]*|done about [^<]*|sent in [^<]*|[0-9:,.]+`)

// withoutNumbers removes what differs each time: the countdown line, times, and coordinates in the picture.
func withoutNumbers(text []byte) []byte { return timesAndCounts.ReplaceAll(text, nil) }

// sceneOf returns what the program shows on a terminal of 90 columns.
func sceneOf(t *testing.T, args []string, quota int, until string) string {
	t.Helper()
	folder := t.TempDir()
	sheet := pictureSheet
	if until != "" {
		example, err := os.ReadFile("../../testdata/opportunities.csv")
		if err != nil {
			t.Fatal(err)
		}
		sheet = string(example)
	}
	if err := os.WriteFile(filepath.Join(folder, "deals.csv"), []byte(sheet), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sandbox.New(sandbox.Options{Limit: quota, Window: time.Hour}))
	defer server.Close()
	path, err := exec.LookPath("razebulk")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GETRAZE_BASE_URL="+server.URL, "GETRAZE_API_KEY="+sandbox.DefaultKey, "TERM=xterm-256color")
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 90})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	var shown strings.Builder
	for buffer := make([]byte, 4096); ; {
		n, err := terminal.Read(buffer)
		shown.Write(buffer[:n])
		if err != nil || until != "" && strings.Contains(shown.String(), until) {
			break
		}
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	return strings.ReplaceAll(shown.String(), server.Listener.Addr().String(), "app.getraze.com")
}

const lineHeight, charWidth, margin = 18, 7.9, 14

// drawScenes returns the picture, with the scenes one below the other.
func drawScenes(shown []string) string {
	var body strings.Builder
	y := 10
	for i, text := range shown {
		lines := screenLines(text)
		height := lineHeight*len(lines) + 2*margin
		fmt.Fprintf(&body, `<text x="%d" y="%d" class="title">%s</text>`+"\n", margin, y+lineHeight, html.EscapeString(scenes[i].title))
		y += lineHeight + 10
		fmt.Fprintf(&body, `<rect x="4" y="%d" width="772" height="%d" rx="6" fill="#1b1f24"/>`+"\n", y, height)
		for n, line := range lines {
			drawLine(&body, line, y+margin+lineHeight*n+13)
		}
		y += height + 14
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 %d" font-size="13">
<title>razebulk on a terminal: a preview, a run, and a wait for the quota</title>
<style>text{font-family:ui-monospace,Menlo,Consolas,monospace;white-space:pre;fill:#e6e6e6}.title{font-family:sans-serif;font-weight:bold;fill:#57606a}.g{fill:#7ee787}.r{fill:#ff7b72}.y{fill:#e3b341}.b{fill:#fff;font-weight:bold}.d{fill:#8b949e}</style>
%s</svg>
`, y, body.String())
}

var (
	escape  = regexp.MustCompile(`\x1b\[([0-9;?]*)([A-Za-z])`)
	classes = map[string]string{"1": "b", "2": "d", "31": "r", "32": "g", "33": "y", "90": "d"}
)

// screenLines returns the lines that remain on the screen: only the last version of a redrawn line.
func screenLines(text string) (lines []string) {
	for _, line := range strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\r\n"), "\n") {
		forms := strings.Split(line, "\r")
		for len(forms) > 1 && strings.TrimSpace(escape.ReplaceAllString(forms[len(forms)-1], "")) == "" {
			forms = forms[:len(forms)-1]
		}
		lines = append(lines, forms[len(forms)-1])
	}
	return lines
}

// drawLine draws a line in its colours.
func drawLine(to *strings.Builder, line string, y int) {
	column, class, end := 0, "", 0
	part := func(text string) {
		if text != "" {
			fmt.Fprintf(to, `<text x="%.1f" y="%d" class="%s">%s</text>`+"\n", margin+charWidth*float64(column), y, class, html.EscapeString(text))
			column += utf8.RuneCountInString(text)
		}
	}
	for _, at := range escape.FindAllStringSubmatchIndex(line, -1) {
		part(line[end:at[0]])
		if end = at[1]; line[at[4]:at[5]] == "m" {
			class = classes[line[at[2]:at[3]]]
		}
	}
	part(line[end:])
}
