package cli_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"razebulk/internal/sandbox"
)

// TestThePageTakesLittleMemory uploads a sheet of 100,000 rows to the page of the real program, has it compared with
// the CRM, and sends it.
func TestThePageTakesLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	const (
		rows = 100_000
		most = 150 << 10 // KiB
	)
	sheet := bytes.NewBufferString("id,name,company,deal_value,notes\n")
	held := make([]sandbox.Opportunity, rows)
	for i := range held {
		held[i] = sandbox.Opportunity{ID: idOf(i), Name: fmt.Sprintf("Person %d", i), Company: "Padaria Estrela Ltda."}
		fmt.Fprintf(sheet, "%s,Person %d,Padaria Estrela Ltda.,%d.50,A note about the renewal of %d\n", held[i].ID, i, i, i)
	}
	api := httptest.NewServer(sandbox.New(sandbox.Options{Opportunities: held, Limit: 1 << 20}))
	defer api.Close()
	p := openPage(t, api.URL)
	p.post("sheet", p.dropped("deals.csv", sheet))
	p.submit("columns", "compare", "on", "do", "check")
	p.await(3)
	p.submit("send")
	p.await(5)
	if page := p.get(""); !strings.Contains(page, "All 100,000 rows done") {
		t.Errorf("the page says %s", page)
	}
	if peak := p.peak(); peak > most {
		t.Errorf("the page took %d MB, want %d at most", peak>>10, most>>10)
	} else {
		t.Logf("the page took %d MB", peak>>10)
	}
}

// localPage is the page of a running program.
type localPage struct {
	t       *testing.T
	client  *http.Client
	home    string
	process *os.Process
}

func openPage(t *testing.T, api string) *localPage {
	t.Helper()
	cmd := exec.Command("razebulk", "ui", "--no-browser", "--lang", "en", "--rate", "0", "--base-url", api)
	cmd.Env = append(os.Environ(), "GETRAZE_API_KEY="+sandbox.DefaultKey, "XDG_STATE_HOME="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &localPage{t: t, client: &http.Client{Jar: jar}, process: cmd.Process}
	t.Cleanup(p.client.CloseIdleConnections)
	answer, err := p.client.Get(strings.TrimSpace(address))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	p.home = answer.Request.URL.String()
	return p
}

func (p *localPage) do(r *http.Request) string {
	p.t.Helper()
	answer, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		p.t.Fatalf("%s answers %d: %s (%v)", r.URL.Path, answer.StatusCode, text, err)
	}
	return string(text)
}

func (p *localPage) get(path string) string {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.home+path, http.NoBody)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.do(r)
}

// form is the body of a request and its content type.
type form struct {
	kind string
	body io.Reader
}

func (p *localPage) post(path string, f form) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.home+path, f.body)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", f.kind)
	r.Header.Set("Origin", "http://"+r.URL.Host)
	p.do(r)
}

func (p *localPage) dropped(name string, sheet io.Reader) form {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("sheet", name)
	if err == nil {
		_, err = io.Copy(part, sheet)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	_ = w.Close()
	return form{w.FormDataContentType(), &body}
}

var (
	serialOf = regexp.MustCompile(`name="serial" value="(\d+)"`)
	stepOf   = regexp.MustCompile(`data-serial="\d+-(\d)"`)
)

// submit sends a form of the page with these values.
func (p *localPage) submit(path string, values ...string) {
	p.t.Helper()
	sent := url.Values{"serial": {serialOf.FindStringSubmatch(p.get(""))[1]}}
	for i := 0; i+1 < len(values); i += 2 {
		sent.Set(values[i], values[i+1])
	}
	p.post(path, form{"application/x-www-form-urlencoded", strings.NewReader(sent.Encode())})
}

// await polls the page until it is at the step, as its script does.
func (p *localPage) await(step int) {
	p.t.Helper()
	for {
		switch at := stepOf.FindStringSubmatch(p.get(""))[1]; at {
		case strconv.Itoa(step):
			return
		case "2", "4":
			time.Sleep(200 * time.Millisecond)
		default:
			p.t.Fatalf("the page is at step %s: %s", at, p.get(""))
		}
	}
}

// peak returns the program's peak memory in KiB.
func (p *localPage) peak() (kib int) {
	p.t.Helper()
	peak, err := peakOf(strconv.Itoa(p.process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	return peak >> 10
}
