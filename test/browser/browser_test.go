// Package browser_test opens the program's pages in a real browser. It is a separate module, so that the program does
// not depend on the browser driver.
package browser_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"razebulk/internal/cli"
)

// browsers are the names of the browser on different systems.
var browsers = []string{"/usr/lib/chromium/chromium", "chromium", "chromium-browser", "google-chrome"}

// browser is a tab that records everything that goes wrong in it.
type browser struct {
	context.Context
	mu     sync.Mutex
	faults []string
	calls  []string // requests
}

// open starts a browser with an empty page. It skips the test if there is no browser.
func open(t *testing.T) *browser {
	t.Helper()
	program := ""
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		t.Skip("there is no Chromium here")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 720), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	tab, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	b := &browser{}
	if err := chromedp.Listen(tab, b.note); err != nil { // starts the browser
		t.Fatal(err)
	}
	limited, stop := context.WithTimeout(tab, 2*time.Minute)
	t.Cleanup(stop)
	b.Context = limited
	return b
}

func (b *browser) note(e any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := e.(type) {
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.faults = append(b.faults, fmt.Sprint("console: ", e.Type, e.Args))
	case *log.EventEntryAdded: // also what the policy blocked
		b.faults = append(b.faults, e.Entry.Text)
	case *cdppage.EventJavascriptDialogOpening:
		b.faults = append(b.faults, "dialog: "+e.Message)
	case *network.EventRequestWillBeSent:
		b.calls = append(b.calls, e.Request.URL)
	}
}

func (b *browser) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b, steps...); err != nil {
		t.Fatal(err)
	}
}

// visit opens a page. When it returns, the page's script has run.
func (b *browser) visit(t *testing.T, page string) {
	t.Helper()
	b.do(t, chromedp.Navigate(page))
	if eval[bool](t, b, `document.querySelector('.tools').hidden`) {
		b.check(t, page)
		t.Fatal("the page's script has not run")
	}
}

// eval returns the value of a JavaScript expression.
func eval[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	result, err := chromedp.Run(b, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// check fails if anything went wrong, or if anything but the page itself was requested.
func (b *browser) check(t *testing.T, page string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, fault := range b.faults {
		t.Error(fault)
	}
	for _, call := range b.calls {
		if call != page {
			t.Errorf("the page asks for %s", call)
		}
	}
}

// reportOf runs the program on a sheet, and returns the address of its report.
func reportOf(t *testing.T, dry bool, rows ...[]string) string {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("XDG_STATE_HOME", folder)
	t.Setenv("XDG_CONFIG_HOME", folder)
	var text strings.Builder
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	sheet, report := filepath.Join(folder, "deals.csv"), filepath.Join(folder, "report.html")
	if err := os.WriteFile(sheet, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"update", "--sandbox", "--compare", "--rate", "0", "--report", report, sheet}
	if dry {
		args = append([]string{args[0], "--dry-run"}, args[1:]...)
	}
	var said strings.Builder
	code := cli.Run(args, strings.NewReader(""), &said, &said)
	if _, err := os.Stat(report); err != nil {
		t.Fatalf("exit code %d, and no report: %s", code, said.String())
	}
	return "file://" + report
}

// ids are ids of the sandbox.
var ids = []string{
	"265e24ec-3bc8-4820-b65f-89a69d7babe4", "b478c75d-eb4f-4b56-86ec-71aa86afb784", "3de06b1a-f8d5-4c3f-8f19-f37a122566ce",
	"24eb2ce8-dfe5-4bba-b3f6-6cc956afc940", "7ca12391-6368-435b-80f4-e99cfbb8b995",
}

const visible = `[...document.querySelectorAll('#changes tbody tr')].filter(r => !r.hidden)`

// photograph saves a screenshot, if screenshots are wanted.
func photograph(t *testing.T, b context.Context, name string) {
	t.Helper()
	if pictures == "" {
		return
	}
	image, err := chromedp.Run(b, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(pictures, name+".png"), image, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestReportIsSearchedChosenFromSortedAndPrinted(t *testing.T) {
	b := open(t)
	page := reportOf(t, false,
		[]string{"id", "company", "deal_value", "email"},
		[]string{ids[0], "Zeta", "900", ""}, []string{ids[1], "Água", "1000.5", ""}, []string{ids[2], "Beta", "85", ""}, []string{ids[3], "", "", "nobody"},
		[]string{"00000000-0000-4000-8000-000000000000", "Nobody", "", ""})
	b.visit(t, page)
	photograph(t, b, "report.en")

	if got := eval[string](t, b, `document.querySelector('h1').textContent`); got != "2 of 5 rows need attention" {
		t.Errorf("the page says %q", got)
	}
	// The first screen shows what happened, what to do, and by when.
	if bottom := eval[float64](t, b, `document.querySelector('.when').getBoundingClientRect().bottom`); bottom > 720 {
		t.Errorf("what to do ends at %.0f, below the first screen", bottom)
	}
	if wide := eval[bool](t, b, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the page is wider than the window")
	}

	rows := func(at int) string {
		return eval[string](t, b, fmt.Sprintf(`%s.map(r => r.cells[%d].textContent).join('|')`, visible, at))
	}
	click := func(head int) {
		b.do(t, chromedp.Click(chromedp.CSS(fmt.Sprintf(`#changes thead th:nth-child(%d) button`, head))))
	}
	b.do(t, chromedp.SendKeys(chromedp.CSS(`.tools[data-for=changes] input`), "ZETA"))
	if got := rows(4); got != "Zeta" {
		t.Errorf("searching leaves %s", got)
	}
	if got := eval[string](t, b, `document.querySelector('.tools[data-for=changes] output').textContent`); got != "1 of 6 shown" {
		t.Errorf("the page says %q", got)
	}
	eval[chromedp.Void](t, b, `(() => {
		const tools = document.querySelector('.tools[data-for=changes]'), select = tools.querySelector('select');
		tools.querySelector('input').value = '';
		select.value = 'Deal value';
		select.dispatchEvent(new Event('change'));
	})()`)
	if got := rows(2); got != "Deal value|Deal value|Deal value" {
		t.Errorf("choosing leaves %s", got)
	}
	click(5)
	if got := rows(4); got != "85|900|1,000.5" {
		t.Errorf("sorted: %s", got)
	}
	click(5)
	if got := rows(4); got != "1,000.5|900|85" {
		t.Errorf("sorted the other way round: %s", got)
	}
	if got := eval[string](t, b, `document.querySelector('#changes thead th:nth-child(5)').getAttribute('aria-sort')`); got != "descending" {
		t.Errorf("a screen reader is told %q", got)
	}
	// By keyboard only: a header is a button that takes the focus.
	b.do(t, chromedp.Focus(chromedp.CSS(`#changes thead th:nth-child(1) button`)), chromedp.KeyEvent(" "))
	if got := rows(0); got != "2|3|4" {
		t.Errorf("sorted by the keyboard: %s", got)
	}
	checkNames(t, b)
	b.do(t, chromedp.EmulateViewport(853, 480)) // as wide as a window that is zoomed to 150 %
	if wide := eval[bool](t, b, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the page is wider than the window when it is zoomed")
	}

	pdf, err := chromedp.Run(b, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil || len(pdf) < 10_000 || !strings.HasPrefix(string(pdf), "%PDF-") {
		t.Errorf("printing makes %d bytes: %v", len(pdf), err)
	}
	if _, err := chromedp.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	if shown := eval[string](t, b, `getComputedStyle(document.querySelector('.tools')).display`); shown != "none" {
		t.Error("the controls are printed")
	}
	b.check(t, page)
}

// checkNames looks for elements that a screen reader could not name, for duplicate ids, and for text with low
// contrast.
func checkNames(t *testing.T, b *browser) {
	t.Helper()
	unnamed := eval[[]string](t, b, `[
		...[...document.querySelectorAll('input:not([type=hidden]), select')].filter(e => !e.ariaLabel && (!e.labels.length || !e.labels[0].textContent.trim())).map(e => 'a control without a label'),
		...[...document.querySelectorAll('table')].filter(e => !e.caption || !e.caption.textContent).map(e => 'a table without a caption'),
		...[...document.querySelectorAll('th')].filter(e => !e.scope).map(e => 'a header without a scope'),
		...[...document.querySelectorAll('[aria-labelledby]')].filter(e => !document.getElementById(e.getAttribute('aria-labelledby'))).map(e => 'a name that is missing'),
		...[...document.querySelectorAll('svg')].filter(e => !e.ariaLabel && !e.ariaHidden).map(e => 'a picture without a name'),
		...[...document.querySelectorAll('[id]')].filter((e, at, all) => all.some((o, other) => other < at && o.id === e.id)).map(e => 'the id twice: ' + e.id),
	]`)
	for _, one := range unnamed {
		t.Error(one)
	}
	// WCAG 2: at least 4.5 to 1.
	pale := eval[[]string](t, b, `(() => {
		const light = c => { c = c / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
		const luminance = rgb => { const [r, g, b] = rgb.match(/[\d.]+/g).map(Number); return 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b); };
		const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!c.includes(', 0)')) return c; } return 'rgb(255, 255, 255)'; };
		return [...document.querySelectorAll('h1, h2, h3, p, li, b, span, dt, dd, th, td, i, label, output, footer, caption, button')].filter(e => e.textContent.trim()).map(e => {
			const [a, b] = [luminance(getComputedStyle(e).color), luminance(behind(e))].sort((x, y) => x - y);
			return [e, (b + 0.05) / (a + 0.05)];
		}).filter(([e, contrast]) => contrast < 4.5).map(([e, contrast]) => e.tagName + ' ' + e.textContent.slice(0, 30) + ' ' + contrast);
	})()`)
	for _, one := range pale {
		t.Error("hard to read:", one)
	}
}

// TestHostileSheetRunsNothing uses a sheet with values that would run if they became markup.
func TestHostileSheetRunsNothing(t *testing.T) {
	attacks := []string{
		`<script>window.pwned = 1; alert(1)</script>`, `"><img src=x onerror="window.pwned = 1">`, `</td></table></main><svg onload="window.pwned = 1">`,
		`</script><script>window.pwned = 1</script>`, `<iframe src="https://example.com/"></iframe><link rel=stylesheet href="https://example.com/x.css">`,
		`<meta http-equiv=refresh content="0;url=https://example.com/"><base href="https://example.com/">`, "<style>body { display: none }</style>", "`${window.pwned = 1}`{{.}}",
		`javascript:window.pwned=1`, `<!--`, `&lt;script&gt;window.pwned=1&lt;/script&gt;`,
	}
	for _, dry := range []bool{false, true} {
		t.Run(fmt.Sprintf("dry run %t", dry), func(t *testing.T) {
			b := open(t)
			rows := [][]string{{"id", "company", "notes", "email"}}
			for i, attack := range attacks {
				rows = append(rows, []string{ids[i%2], attack, attack + " " + attack, ""}, []string{ids[2], "", "", attack}, []string{attack, attack, "", ""})
			}
			page := reportOf(t, dry, rows...)
			b.visit(t, page)
			if eval[bool](t, b, `'pwned' in window`) {
				t.Error("a script of the sheet has run")
			}
			if n := eval[int](t, b, `document.querySelectorAll('script, style').length`); n != 2 {
				t.Errorf("the page has %d scripts and styles, not its own two", n)
			}
			if n := eval[int](t, b, `document.querySelectorAll('img, iframe, link, base, object, embed, form, [onload], [onerror], [style]').length`); n != 0 {
				t.Errorf("the page has %d elements of the sheet", n)
			}
			held := eval[string](t, b, `document.getElementById('changes').textContent`)
			for _, attack := range attacks[:3] {
				if !strings.Contains(held, attack) {
					t.Errorf("the page does not show %s", attack)
				}
			}
			// If a script were in the page nevertheless, the policy would block it.
			b.check(t, page)
			eval[chromedp.Void](t, b, `(() => {
				const script = document.createElement('script');
				script.textContent = 'window.pwned = 1';
				document.body.append(script);
			})()`)
			if eval[bool](t, b, `'pwned' in window`) {
				t.Error("the policy lets a script run that is not the page's own")
			}
		})
	}
}
