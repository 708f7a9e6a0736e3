package browser_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// pictures is the folder for screenshots; "" for none. docs/pictures.sh keeps some of them.
var pictures = os.Getenv("PICTURES")

// program builds the program and returns its path.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "razebulk")
	if out, err := exec.Command("go", "build", "-o", path, "razebulk").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

// started runs a command of the program until the test ends, and returns the address at the end of its first line.
func started(t *testing.T, path string, environment []string, args ...string) (address string, process *os.Process) {
	t.Helper()
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), environment...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(line)
	return words[len(words)-1], cmd.Process
}

const key = "gr_live_sandbox"

// journey is a browser on the page of a program that has its own sandbox.
type journey struct {
	*browser
	t        *testing.T
	language string
	api      string
	process  *os.Process // of the page
	again    func()      // starts the program again, and opens its page
}

func begin(t *testing.T, language string, sandbox ...string) *journey {
	t.Helper()
	b := open(t)
	path, folder := program(t), t.TempDir()
	api, _ := started(t, path, nil, append([]string{"sandbox", "--listen", "127.0.0.1:0", "--key", key}, sandbox...)...)
	j := &journey{browser: b, t: t, language: language, api: api}
	j.again = func() {
		t.Helper()
		var page string
		page, j.process = started(t, path, []string{"XDG_STATE_HOME=" + folder, "XDG_CONFIG_HOME=" + folder, "GETRAZE_API_KEY="},
			"ui", "--no-browser", "--lang", language, "--base-url", api)
		b.do(t, chromedp.Navigate(page))
	}
	j.again()
	if at := eval[string](t, b, `location.href`); strings.Contains(at, "token") {
		t.Errorf("the token stays in the address: %s", at)
	}
	return j
}

// typeKey types the API key, and waits until the page has it.
func (j *journey) typeKey() {
	j.t.Helper()
	j.do(j.t, chromedp.SendKeys(chromedp.CSS("#key input"), key))
	j.click("#key button")
	j.ready(`!document.getElementById("key")`)
}

// ready waits until a page has loaded completely and meets the condition.
func (j *journey) ready(condition string) {
	j.t.Helper()
	for {
		_, err := chromedp.Run(j.browser, chromedp.Poll[bool](`document.readyState === "complete" && document.body && !!(`+condition+`)`))
		switch {
		case err == nil:
			return
		case j.Err() != nil: // otherwise the browser was between two pages
			j.t.Fatalf("%s: %v", condition, err)
		}
	}
}

// drop drops a sheet on the page, as with a mouse.
func (j *journey) drop(name, content string) {
	j.t.Helper()
	text, _ := json.Marshal(content)
	j.now(fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([%s], %q));
		document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
	})()`, text, name))
}

func (j *journey) now(script string) { j.t.Helper(); eval[chromedp.Void](j.t, j.browser, script) }

// click waits until the element is enabled and clicks it.
func (j *journey) click(selector string) {
	j.t.Helper()
	j.do(j.t, chromedp.WaitEnabled(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector)))
}

// at waits until the page of a step, counted from 1, has loaded completely.
func (j *journey) at(step int, selector string) {
	j.t.Helper()
	j.ready(fmt.Sprintf(`document.querySelector(".steps li:nth-child(%d)[aria-current]") && document.querySelector(%q)`, step, selector))
}

func (j *journey) text(selector string) string {
	j.t.Helper()
	return eval[string](j.t, j.browser, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.innerText.trim().replace(/\s+/g, " ")).join("|")`, selector))
}

func (j *journey) says(selector, english, portuguese string) {
	j.t.Helper()
	want := english
	if j.language != "en" {
		want = portuguese
	}
	if got := j.text(selector); !strings.Contains(got, want) {
		j.t.Errorf("%s says %q, and not %q", selector, got, want)
	}
}

// picture takes a screenshot of the page and checks it, at its normal size and at 150 %. Nothing may be wider than
// the window.
func (j *journey) picture(name string) {
	j.t.Helper()
	checkNames(j.t, j.browser)
	for _, zoom := range []float64{1.5, 1} {
		j.do(j.t, chromedp.EmulateViewport(int64(1280/zoom), int64(720/zoom), chromedp.EmulateScale(zoom)))
		if eval[bool](j.t, j.browser, `document.documentElement.scrollWidth > innerWidth`) {
			j.t.Errorf("%s: the page is wider than the window at %v", name, zoom)
		}
		file := name + "." + j.language
		if zoom > 1 {
			file += ".zoom"
		}
		photograph(j.t, j.browser, file)
	}
}

// fetched returns a file as the browser downloads it.
func (j *journey) fetched(path string) string {
	j.t.Helper()
	text, err := chromedp.Run(j.browser, chromedp.Evaluate[string](fmt.Sprintf(`fetch(%q).then(a => a.ok ? a.text() : "status " + a.status)`, path), chromedp.EvalAwaitPromise))
	if err != nil {
		j.t.Fatal(err)
	}
	return text
}

// held returns what the CRM has for an opportunity.
func (j *journey) held(id string) string {
	j.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, j.api+"/opportunities/"+id, http.NoBody)
	if err != nil {
		j.t.Fatal(err)
	}
	request.Header.Set("X-API-Key", key)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		j.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		j.t.Fatal(err)
	}
	return string(text)
}

// TestPageFromDropToUndo does what a user does with a sheet that has mistakes.
func TestPageFromDropToUndo(t *testing.T) {
	for _, language := range []string{"pt-BR", "en"} {
		t.Run(language, func(t *testing.T) {
			j := begin(t, language)
			before := j.held(ids[0])
			j.says(".steps [aria-current]", "Sheet", "Planilha")
			j.typeKey()
			if page := eval[string](t, j.browser, `document.documentElement.outerHTML`); strings.Contains(page, key) {
				t.Error("the page has the key")
			}
			j.picture("page-sheet")

			j.drop("clientes.csv", strings.Join([]string{
				"Relatório de vendas;;;;", "id;Valor do negócio;E-mail;Empresa;Resumo da conversa",
				ids[0] + ";12.345,60;;;Aceitou a renovação",
				ids[1] + ";1.500,00;ana@example.com;Padaria Estrela;",
				ids[2] + ";980,00;bruno@;;Ligar na segunda",
				"00000000-0000-4000-8000-000000000000;10,00;;;",
			}, "\r\n")+"\r\n")
			j.at(2, ".failure")
			j.says(".failure", "Resumo da conversa", "Resumo da conversa")
			j.picture("page-columns-wrong")
			j.now(`(() => { const menu = document.getElementById("column-4"); menu.value = "notes"; menu.dispatchEvent(new Event("change", { bubbles: true })); })()`)
			j.ready(`!document.querySelector(".failure")`)
			j.click("button[value=save]")
			j.do(t, chromedp.WaitVisible(chromedp.CSS("[role=status]")))
			j.picture("page-columns")

			j.click("button[value=check]")
			j.at(3, "#send")
			j.says(".figures", "2 will change", "2 vão mudar")
			j.says(".figures", "2 are not sent", "2 não serão enviadas")
			j.says(".question", "with the key ending in dbox", "com a chave que termina em dbox")
			j.says(".lines", "C5", "C5")
			j.picture("page-check")
			j.now(`(() => { const menu = document.querySelector("#filter [name=field]"); menu.value = "company"; menu.dispatchEvent(new Event("change", { bubbles: true })); })()`)
			j.do(t, chromedp.WaitReady(chromedp.CSS(`#filter [name=field] option[value=company][selected]`)))
			j.says(".lines ins", "Padaria Estrela", "Padaria Estrela")
			if got := j.text(".lines tbody tr"); strings.Contains(got, "|") {
				t.Errorf("the filter leaves %s", got)
			}

			j.click("#send")
			j.at(5, ".files")
			j.says("h1", "2 of 4 rows to correct", "2 de 4 linhas a corrigir")
			j.picture("page-result")
			failed := j.fetched("files/failed")
			if !strings.Contains(failed, "bruno@;;Ligar na segunda") {
				t.Fatalf("the failed rows are %s", failed)
			}
			if got := j.fetched("files/..%2f..%2fruns.jsonl"); got != "status 404" {
				t.Errorf("a path out of the folder answers %s", got)
			}

			// Correct the rows in the file and drop it.
			j.click(".title button")
			j.at(1, ".runs")
			j.says(".runs", "2 of 4 rows to correct", "2 de 4 linhas a corrigir")
			j.picture("page-runs")
			corrected := strings.Replace(failed, "bruno@;", "bruno@example.com;", 1)
			corrected = strings.Replace(corrected, "00000000-0000-4000-8000-000000000000", ids[3], 1)
			j.drop("clientes.failed.csv", corrected)
			j.at(2, "button[value=check]")
			j.says("main", "Your saved choices", "Suas escolhas salvas") // they apply to the file of failed rows, too
			j.click("button[value=check]")
			j.at(3, "#send")
			j.click("#send")
			j.at(5, ".files")
			j.says("h1", "All 2 rows done", "Tudo certo: 2 linhas concluídas")

			// Undo the first run, which is the second one in the list.
			j.click(".title button")
			j.at(1, ".runs")
			j.click(".runs tr:nth-child(2) button")
			j.at(3, "#send")
			j.says("h1", "the values that the CRM had before", "valores de antes")
			j.says(".lines", "12,345.6", "12.345,6")
			j.picture("page-undo")
			j.click("#send")
			j.at(5, ".files")
			if after := j.held(ids[0]); dealValue(t, after) != dealValue(t, before) {
				t.Errorf("undone, the CRM holds %s, and not %s", after, before)
			}
			j.checkOwn(strings.TrimSuffix(eval[string](t, j.browser, `location.href`), "/"))
		})
	}
}

func dealValue(t *testing.T, opportunity string) string {
	t.Helper()
	_, value, found := strings.Cut(opportunity, `"deal_value":`)
	if !found {
		t.Fatalf("%s has no value", opportunity)
	}
	return value[:strings.IndexAny(value, ",}")]
}

// checkOwn fails if anything went wrong in the browser, or if it made a request to another host.
func (j *journey) checkOwn(page string) {
	j.t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, fault := range j.faults {
		if !strings.Contains(fault, "404") { // from the path that doesn't exist
			j.t.Error(fault)
		}
	}
	for _, call := range j.calls {
		if !strings.HasPrefix(call, page) {
			j.t.Errorf("the page asks for %s", call)
		}
	}
}

// TestRunOutlivesItsPage closes the page while the run waits for quota, and stops and resumes the run after opening
// it again.
func TestRunOutlivesItsPage(t *testing.T) {
	j := begin(t, "pt-BR", "--quota", "3", "--window", "1h")
	j.typeKey()
	sheet := "id,deal_value\n"
	for i, id := range ids {
		sheet += fmt.Sprintf("%s,%d\n", id, 7000+i)
	}
	j.drop("cota.csv", sheet)
	j.at(2, "[name=compare]")
	j.click("[name=compare]")
	j.ready(`!document.querySelector("[name=compare]").defaultChecked`)
	j.click("button[value=check]")
	j.at(3, "#send")
	j.says(".warnings", "", "não pode ser desfeito")
	j.click("#send")
	j.at(4, ".wait")
	j.says(".wait", "", "Cota usada. Continua às")
	j.picture("page-wait")

	// Close the page and open it again.
	address := eval[string](t, j.browser, `location.href`)
	j.do(t, chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	j.at(4, ".wait")
	j.says(".figure", "", "3 de 5 linhas")
	// Another tab can't start a second run.
	second := eval[bool](t, j.browser, `document.getElementById("drop") !== null`)
	if second {
		t.Error("a second sheet can be dropped")
	}
	j.click("main form[action='stop'] button")
	j.at(5, "button[value=resume]")
	j.says("h1", "", "Você parou o envio: 3 de 5 linhas")
	j.picture("page-stopped")
	j.click("button[value=resume]")
	j.at(3, "#send")
	j.says("#send", "", "Enviar 2 atualizações")
}

// TestPageNoticesThatTheProgramHasDied interrupts the connection while the run waits for quota, and then kills the
// program.
func TestPageNoticesThatTheProgramHasDied(t *testing.T) {
	for _, language := range []string{"pt-BR", "en"} {
		t.Run(language, func(t *testing.T) {
			j := begin(t, language, "--quota", "3", "--window", "1h")
			j.typeKey()
			sheet := "id,deal_value\n"
			for i, id := range ids {
				sheet += fmt.Sprintf("%s,%d\n", id, 7000+i)
			}
			const uncompared = `!document.querySelector("[name=compare]").defaultChecked`
			j.drop("cota.csv", sheet)
			j.at(2, "[name=compare]")
			j.click("[name=compare]")
			j.ready(uncompared)
			j.click("button[value=check]")
			j.at(3, "#send")
			j.click("#send")
			j.at(4, ".wait")
			const lost = `!document.getElementById("lost").hidden && document.getElementById("running").hidden`
			const running = `document.getElementById("lost").hidden && !document.getElementById("running").hidden`
			j.ready(running)

			j.offline(true)
			j.ready(lost)
			j.offline(false)
			j.ready(running)

			if err := j.process.Kill(); err != nil {
				t.Fatal(err)
			}
			j.ready(lost)
			if seen := j.text("main"); strings.Contains(seen, "Sending") || strings.Contains(seen, "Enviando") {
				t.Errorf("the page says %s", seen)
			}
			j.says("#lost", "razebulk does not answer any more", "O razebulk não responde mais")
			j.says("#lost", "cota.results.csv.partial", "cota.results.csv.partial")
			j.says("#lost", "drop the same sheet, and click Check", "solte a mesma planilha e clique em Conferir")
			j.picture("page-lost")

			// What the page advises works.
			j.again()
			j.typeKey()
			j.drop("cota.csv", sheet)
			j.at(2, "[name=compare]")
			j.ready(uncompared) // as the run was
			j.click("button[value=check]")
			j.at(2, "button[value=resume]")
			j.says(".ask", "An earlier run of this sheet has finished", "Uma execução anterior desta planilha concluiu")
		})
	}
}

// offline cuts the browser's network off, or connects it again.
func (j *journey) offline(off bool) {
	j.t.Helper()
	conditions := []*network.Conditions{{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}}
	if _, err := chromedp.Call(j.browser, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions}); err != nil {
		j.t.Fatal(err)
	}
}
