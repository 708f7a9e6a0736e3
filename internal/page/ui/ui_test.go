package ui

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"razebulk/csvmap"
	"razebulk/internal/apikey"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/history"
	"razebulk/internal/notify"
	"razebulk/internal/page/guard"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/sandbox"
	"razebulk/internal/words"
)

// visitor is a browser at the page of a program that talks to a sandbox.
type visitor struct {
	t       *testing.T
	client  *http.Client
	origin  string
	home    string // the page's own address
	work    *work.Work
	service *sandbox.Server
	folder  string
	api     string
	runs    history.Runs  // what the page finds in the history
	most    time.Duration // that a run may take
}

func visit(t *testing.T, o sandbox.Options) *visitor {
	t.Helper()
	o.Record = true
	v := &visitor{t: t, folder: t.TempDir(), service: sandbox.New(o)}
	api := httptest.NewServer(v.service)
	v.api = api.URL
	t.Cleanup(api.Close)
	keys := NewKeys(func(context.Context) (apikey.Key, error) { return apikey.Key{}, reason.New("key_missing") })
	v.work = work.New(work.Options{
		Folder: v.folder, Address: api.URL, Message: message,
		Requests: func(ctx context.Context) (run.Options, error) {
			k, err := keys.Get(ctx)
			return run.Options{API: getraze.Options{BaseURL: api.URL, Key: k}, Workers: 2, MaxDuration: v.most}, err
		},
		Save: func(_ string, _ []string, said csvmap.Options) (string, error) {
			return "saved.yaml", os.WriteFile(filepath.Join(v.folder, "saved.yaml"), fmt.Append(nil, said.Mappings), 0o600)
		},
		Report: func(work.Job, *words.Words) (work.Report, error) {
			return work.Report{ID: "one", Handle: func(event.Event) {}, Applies: func(string) {}, End: func(bool, error) {}}, nil
		},
	})
	t.Cleanup(v.work.Close)
	server := httptest.NewUnstartedServer(nil)
	page, g := New(server.Listener.Addr().String(), Options{
		Work: v.work, Host: "crm.example.com", Address: api.URL, Words: In(words.English), Message: message,
		Keys:    keys,
		Command: func(job work.Job) string { return "razebulk update " + job.File },
		Runs:    func() (history.Runs, error) { return v.runs, nil },
	})
	server.Config.Handler = page
	server.Start()
	t.Cleanup(server.Close)
	v.open(server.URL, g)
	return v
}

func message(w *words.Words, err error) string {
	if why, ok := err.(reason.Reason); ok { //nolint:errorlint // as it is
		return w.Text(why.Code, why.Params)
	}
	return err.Error()
}

func (v *visitor) open(origin string, g *guard.Guard) {
	v.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		v.t.Fatal(err)
	}
	v.client = &http.Client{Jar: jar}
	answer, err := v.client.Get(g.Address())
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || strings.Contains(answer.Request.URL.String(), "token") {
		v.t.Fatalf("%d at %s", answer.StatusCode, answer.Request.URL)
	}
	v.origin, v.home = origin, strings.TrimSuffix(answer.Request.URL.String(), "/")
}

func (v *visitor) do(method, path, kind string, body io.Reader) (status int, text string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.home+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	if method != http.MethodGet {
		r.Header.Set("Origin", v.origin)
		r.Header.Set("Content-Type", kind)
	}
	answer, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if got := answer.Header.Get("Cache-Control"); got != "no-store" {
		v.t.Errorf("%s %s: Cache-Control is %q", method, path, got)
	}
	return answer.StatusCode, string(page)
}

func (v *visitor) get(path string) string {
	v.t.Helper()
	_, page := v.do(http.MethodGet, path, "", http.NoBody)
	return page
}

// post sends a form as the current page has it, with these values instead of its own.
func (v *visitor) post(path string, values ...string) (int, string) {
	v.t.Helper()
	form := url.Values{"serial": {fmt.Sprint(v.work.Now().Serial)}}
	for i := 0; i+1 < len(values); i += 2 {
		form.Set(values[i], values[i+1])
	}
	return v.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (v *visitor) drop(name, content string) (int, string) {
	v.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("sheet", name)
	if err != nil {
		v.t.Fatal(err)
	}
	_, _ = io.WriteString(part, content)
	_ = form.Close()
	return v.do(http.MethodPost, "/sheet", form.FormDataContentType(), &body)
}

// writes returns the number of requests that have changed something.
func (v *visitor) writes() (n int) {
	for _, r := range v.service.Requests() {
		if r.Method != http.MethodGet {
			n++
		}
	}
	return n
}

const (
	first  = "265e24ec-3bc8-4820-b65f-89a69d7babe4"
	second = "b478c75d-eb4f-4b56-86ec-71aa86afb784"
	apiKey = sandbox.DefaultKey
)

// reviewed returns a visitor who sees what a sheet would change.
func reviewed(t *testing.T, o sandbox.Options, sheet string) *visitor {
	t.Helper()
	v := visit(t, o)
	if status, page := v.post("/key", "key", apiKey); status != http.StatusOK {
		t.Fatalf("%d: %s", status, page)
	}
	v.drop("deals.csv", sheet)
	v.post("/columns", "compare", "on", "do", "check")
	v.work.Wait()
	if now := v.work.Now(); now.Step != work.Review {
		t.Fatalf("the step is %d: %v", now.Step, now.Err)
	}
	return v
}

func eachDialect(t *testing.T, do func(*testing.T, sandbox.Options)) {
	for _, dialect := range sandbox.Dialects {
		t.Run(string(dialect), func(t *testing.T) { do(t, sandbox.Options{Dialect: sandbox.Dialect(dialect)}) })
	}
}

// TestASecondTabSeesWhyNothingHappens while a run is in progress.
func TestASecondTabSeesWhyNothingHappens(t *testing.T) {
	o := sandbox.Options{Limit: 5, Window: 24 * time.Hour}
	var sheet strings.Builder
	sheet.WriteString("id,email\n")
	for i, id := range sandbox.New(o).IDs()[:9] {
		fmt.Fprintf(&sheet, "%s,x%d@example.com\n", id, i)
	}
	v := reviewed(t, o, sheet.String())
	v.post("/send")
	for path, do := range map[string]func() (int, string){
		"sheet": func() (int, string) { return v.drop("other.csv", "id,email\n"+first+",x@example.com\n") },
		"start": func() (int, string) { return v.post("/start") },
	} {
		if status, page := do(); status != http.StatusUnprocessableEntity || !strings.Contains(page, "A run is in progress") {
			t.Errorf("%s: %d: %s", path, status, page)
		}
	}
	v.post("/stop")
	v.work.Wait()
}

func TestASheetIsSentAndItsFilesAreDownloaded(t *testing.T) {
	eachDialect(t, func(t *testing.T, o sandbox.Options) {
		id := sandbox.New(o).IDs()[0]
		v := reviewed(t, o, "id,email\n"+id+",ana@example.com\n"+id+",nobody\n")
		if page := v.get("/"); !strings.Contains(page, "Send 1 update to crm.example.com, with the key ending in "+apiKey[len(apiKey)-shown:]+"?") || !strings.Contains(page, "<ins>ana@example.com</ins>") {
			t.Fatalf("the page is %s", page)
		}
		if v.writes() > 0 {
			t.Fatal("something was sent before it was confirmed")
		}
		if plan := v.get("/files/plan"); !strings.Contains(plan, "ana@example.com") {
			t.Errorf("the plan is %s", plan)
		}
		v.post("/send")
		v.work.Wait()
		if page := v.get("/"); !strings.Contains(page, "1 of 2 rows to correct: see deals.failed.csv") {
			t.Errorf("the page is %s", page)
		}
		if failed := v.get("/files/failed"); !strings.Contains(failed, id+",nobody,") {
			t.Errorf("the failed rows are %s", failed)
		}
		if page := v.get("/"); !strings.Contains(page, `<form method="post" action="sheet"`) {
			t.Errorf("the corrected rows can't be dropped on %s", page)
		}
		if results := v.get("/files/results"); !strings.Contains(results, "SUCCESS") {
			t.Errorf("the results are %s", results)
		}
	})
}

func TestWhatChangesSomethingIsNoGet(t *testing.T) {
	v := reviewed(t, sandbox.Options{}, "id,email\n"+first+",ana@example.com\n")
	before := v.work.Now()
	for _, path := range []string{"/sheet", "/columns", "/start", "/key", "/back", "/leave", "/send", "/stop", "/undo", "/language"} {
		if status, _ := v.do(http.MethodGet, path+"?serial="+fmt.Sprint(before.Serial), "", http.NoBody); status != http.StatusMethodNotAllowed {
			t.Errorf("GET %s answers %d", path, status)
		}
	}
	if now := v.work.Now(); now.Serial != before.Serial || v.writes() > 0 {
		t.Error("a GET has changed something")
	}
}

func TestAnOldPageSendsNothing(t *testing.T) {
	v := reviewed(t, sandbox.Options{}, "id,email\n"+first+",ana@example.com\n")
	old := fmt.Sprint(v.work.Now().Serial)
	v.post("/leave")
	v.drop("others.csv", "id,email\n"+second+",bia@example.com\n")
	v.post("/columns", "compare", "on", "do", "check")
	v.work.Wait()
	status, page := v.post("/send", "serial", old)
	v.work.Wait()
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "nothing was done") || v.writes() > 0 {
		t.Errorf("%d, %d writes: %s", status, v.writes(), page)
	}
}

func TestNoPathLeadsOutOfTheFiles(t *testing.T) {
	v := reviewed(t, sandbox.Options{}, "id,email\n"+first+",ana@example.com\n")
	for _, path := range []string{
		"/files/", "/files", "/static/", "/static", "/files/results", "/files/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/files/..%5c..%5cruns.jsonl",
		"/files/plan/../../x", "/files/deals.csv", "/files//etc/passwd", "/static/..%2fui.go", "/static/page.css%00.js", "/static/templates", "/sheets/", "/debug/pprof/",
	} {
		status, page := v.do(http.MethodGet, path, "", http.NoBody)
		if status != http.StatusNotFound && status != http.StatusForbidden || strings.Contains(page, "<pre>") {
			t.Errorf("%s answers %d: %s", path, status, page)
		}
	}
	for _, path := range []string{"/static/page.css", "/static/base.css", "/static/page.js", "/static/icon.svg"} {
		if status, _ := v.do(http.MethodGet, path, "", http.NoBody); status != http.StatusOK {
			t.Errorf("%s answers %d", path, status)
		}
	}
}

func TestSheetsStayInTheirFolder(t *testing.T) {
	v := visit(t, sandbox.Options{})
	for _, name := range []string{`..\..\evil.csv`, "../../evil.csv", "/etc/cron.d/evil", "CON.csv", "..", ".hidden.csv", strings.Repeat("long", 100) + ".csv"} {
		if status, page := v.drop(name, "id,email\n"+first+",ana@example.com\n"); status != http.StatusOK {
			t.Errorf("%q: %d: %s", name, status, page)
		}
		path := v.work.Now().Job.File
		inside, err := filepath.Rel(v.folder, path)
		if err != nil || !filepath.IsLocal(inside) || strings.Count(inside, string(filepath.Separator)) != 1 {
			t.Errorf("%q lies at %s", name, path)
		}
		v.post("/leave")
	}
}

func TestASheetThatIsTooLargeIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long for a short run")
	}
	v := visit(t, sandbox.Options{})
	maxSheet = megabyte
	defer func() { maxSheet = sheetSize }()
	status, page := v.drop("large.csv", "id,email\n"+strings.Repeat(first+",ana@example.com\n", 25_000))
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "larger than 1 MB") {
		t.Errorf("%d: %s", status, page)
	}
	left, err := os.ReadDir(v.folder)
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves %v (%v)", left, err)
	}
	if status, page := v.post("/columns", "encoding", strings.Repeat("x", maxForm)); status != http.StatusUnprocessableEntity {
		t.Errorf("%d: %s", status, page)
	}
	if status, _ := v.drop("empty.csv", ""); status != http.StatusUnprocessableEntity {
		t.Errorf("an empty sheet answers %d", status)
	}
}

var markup = regexp.MustCompile(`<(script>|img|svg/|iframe|b onmouseover)`)

func TestNothingOfASheetBecomesMarkup(t *testing.T) {
	attack := `<script>alert(1)</script><img src=x onerror=alert(1)>`
	sheet := "id,notes,email,\"" + attack + "\"\n" + first + ",\"" + attack + "\",,x\n" + second + ",,\"" + attack + "\",y\n"
	v := visit(t, sandbox.Options{})
	v.post("/key", "key", apiKey)
	v.drop(attack+".csv", sheet)
	check := func() {
		t.Helper()
		page := v.get("/?text=" + url.QueryEscape(attack) + "&field=" + url.QueryEscape(`"><svg/onload=1>`))
		page += v.get("/") + v.get("/progress")
		if found := markup.FindString(page); found != "" {
			t.Errorf("step %d has %s", v.work.Now().Step, found)
		}
		if !strings.Contains(page, "&lt;script&gt;") {
			t.Errorf("step %d does not show it", v.work.Now().Step)
		}
	}
	check()
	v.post("/columns", "compare", "on", "column-3", "-", "do", "check")
	v.work.Wait()
	check()
	v.post("/send")
	v.work.Wait()
	if now := v.work.Now(); now.Step != work.Done {
		t.Fatalf("the step is %d: %v", now.Step, now.Err)
	}
	check()
}

func TestTheKeyIsNeverOnThePage(t *testing.T) {
	v := visit(t, sandbox.Options{Keys: []sandbox.Key{{Value: "gr_live_a_secret_key", Read: true, Write: true}}})
	if page := v.get("/"); !strings.Contains(page, `type="password"`) {
		t.Fatalf("the page asks for no key: %s", page)
	}
	if status, page := v.post("/key", "key", `"quoted`); status != http.StatusUnprocessableEntity || strings.Contains(page, "quoted") {
		t.Errorf("%d: %s", status, page)
	}
	v.post("/key", "key", "gr_live_a_secret_key")
	v.drop("deals.csv", "id,email\n"+first+",ana@example.com\n")
	pages := v.get("/")
	v.post("/columns", "compare", "on", "do", "check")
	v.work.Wait()
	pages += v.get("/") + v.get("/files/plan")
	v.post("/send")
	v.work.Wait()
	pages += v.get("/") + v.get("/files/results") + v.get("/progress")
	if strings.Contains(pages, "gr_live_a_secret_key") {
		t.Error("a page has the key")
	}
}

func TestPagesOfALongPlan(t *testing.T) {
	var sheet strings.Builder
	sheet.WriteString("id,notes\n")
	for i := range 120 {
		fmt.Fprintf(&sheet, "%s,note %d\n", first, i)
	}
	v := reviewed(t, sandbox.Options{}, sheet.String())
	page := v.get("/")
	if n := strings.Count(page, `<tr><th scope="row">`); n != work.PageLines {
		t.Errorf("the page has %d lines", n)
	}
	if !strings.Contains(page, "page 1 of 3") || !strings.Contains(page, `href="./?part=2#lines"`) {
		t.Errorf("the page is %s", page)
	}
	if page := v.get("/?part=3&text=note"); !strings.Contains(page, "note 119") || strings.Contains(page, `rel="next"`) {
		t.Errorf("the last part is %s", page)
	}
	if page := v.get("/?text=NOTE+119"); !strings.Contains(page, "note 119") || strings.Contains(page, "note 57") {
		t.Errorf("the search finds %s", page)
	}
}

func TestLinesAreFilteredByWhatIsWrong(t *testing.T) {
	v := reviewed(t, sandbox.Options{}, strings.Join([]string{
		"id,name,email,notes", first + ",Ana,ana@,x", second + ",Bruno,bruno@,y", ",Carla,,z", "3de06b1a-f8d5-4c3f-8f19-f37a122566ce,Davi,,w", "",
	}, "\n"))
	page := v.get("/")
	for _, want := range []string{`<option value="email_invalid">Not a bare e-mail address (2)</option>`, `<option value="id_missing">The row has no id (1)</option>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s in %s", want, page)
		}
	}
	page = v.get("/?why=email_invalid")
	for name, shown := range map[string]bool{"<b>Ana</b>": true, "<b>Bruno</b>": true, "<b>Carla</b>": false, "<b>Davi</b>": false} {
		if strings.Contains(page, name) != shown {
			t.Errorf("%s is shown: %t", name, !shown)
		}
	}
	if page := v.get("/?why=email_invalid&text=bruno"); strings.Contains(page, "<b>Ana</b>") || !strings.Contains(page, "<b>Bruno</b>") {
		t.Errorf("together with a search it finds %s", page)
	}
}

func TestAKeyThatIsRejectedIsAskedForAgain(t *testing.T) {
	v := visit(t, sandbox.Options{})
	v.post("/key", "key", "gr_live_of_somebody_else")
	v.drop("deals.csv", "id,email\n"+first+",ana@example.com\n")
	check := func() (asks, rejected bool) {
		t.Helper()
		page := v.get("/")
		return strings.Contains(page, `type="password"`), v.work.Now().Err != nil && strings.Contains(page, `role="alert"`)
	}
	v.post("/columns", "compare", "on", "do", "check")
	v.work.Wait()
	if asks, rejected := check(); !asks || !rejected {
		t.Fatalf("it asks for a key: %t, and says why: %t: %v", asks, rejected, v.work.Now().Err)
	}
	v.post("/key", "key", apiKey)
	if asks, rejected := check(); asks || rejected {
		t.Errorf("with another key it still asks for one: %t, and speaks of the old one: %t", asks, rejected)
	}
	v.post("/columns", "compare", "on", "do", "check")
	v.work.Wait()
	if now := v.work.Now(); now.Step != work.Review {
		t.Errorf("the step is %d: %v", now.Step, now.Err)
	}
}

// TestAKeyThatMayNotSendIsReplacedAndTheSheetIsSent has a key that may read, and so sees the preview, but not send.
func TestAKeyThatMayNotSendIsReplacedAndTheSheetIsSent(t *testing.T) {
	eachDialect(t, func(t *testing.T, o sandbox.Options) {
		o.Keys = []sandbox.Key{{Value: "gr_live_that_only_reads", Read: true}, {Value: apiKey, Read: true, Write: true}}
		v := visit(t, o)
		v.post("/key", "key", "gr_live_that_only_reads")
		v.drop("deals.csv", "id,email\n"+sandbox.New(o).IDs()[0]+",ana@example.com\n")
		v.post("/columns", "compare", "on", "do", "check")
		v.work.Wait()
		v.post("/send")
		v.work.Wait()
		const again = `<button class="main">Check again</button>`
		if page := v.get("/"); v.work.Now().Step != work.Done || !strings.Contains(page, `type="password"`) || !strings.Contains(page, again) || strings.Contains(page, "Correct them") {
			t.Fatalf("the page is %s", page)
		}
		v.says("may not update opportunities", "a permissão opportunities:write ou digite outra chave", "opportunities:write, or type another key", "<h1>Nada mudou no CRM.</h1>")
		v.post("/key", "key", apiKey)
		if page := v.get("/"); strings.Contains(page, `type="password"`) || !strings.Contains(page, again) || strings.Contains(page, "may not update") {
			t.Fatalf("with another key the page is %s", page)
		}
		v.post("/start")
		v.work.Wait()
		v.post("/send")
		v.work.Wait()
		if page := v.get("/"); !strings.Contains(page, "All 1 row done.") || strings.Contains(page, again) {
			t.Errorf("in the end the page is %s", page)
		}
	})
}

// TestAColumnWithATitleIsSentAsANameByChoice has a column whose header speaks of the opportunity's title, against a
// service that stores a name as the person's.
func TestAColumnWithATitleIsSentAsANameByChoice(t *testing.T) {
	o := sandbox.Options{Dialect: "observed"}
	v := visit(t, o)
	v.post("/key", "key", apiKey)
	v.drop("deals.csv", "id,Deal name\n"+sandbox.New(o).IDs()[0]+",Ana Lima\n")
	v.post("/columns", "compare", "on", "do", "check")
	v.work.Wait()
	const asHeader, byHand = `<option value="" selected>Name (as the header says)</option>`, `<option value="name"%s>Name of the person</option>`
	page := v.get("/")
	if !strings.Contains(page, asHeader) || !strings.Contains(page, fmt.Sprintf(byHand, "")) || !strings.Contains(page, "&#34;Name of the person&#34;.") || strings.Contains(page, "rename it") {
		t.Fatalf("the page is %s", page)
	}
	v.post("/columns", "compare", "on", "column-1", "name")
	if page := v.get("/"); !strings.Contains(page, fmt.Sprintf(byHand, " selected")) || strings.Contains(page, asHeader) {
		t.Fatalf("the choice shows as %s", page)
	}
	v.post("/columns", "compare", "on", "column-1", "name", "do", "check")
	v.work.Wait()
	if page := v.get("/"); v.work.Now().Step != work.Review || !strings.Contains(page, "Ana Lima</ins>") {
		t.Errorf("the page is %s", page)
	}
}

// TestAnUnfinishedUndoIsFinishedAndNotUndone has a history with an undo that was stopped.
func TestAnUnfinishedUndoIsFinishedAndNotUndone(t *testing.T) {
	v := reviewed(t, sandbox.Options{}, "id,email\n"+first+",ana@example.com\n")
	v.post("/send")
	v.work.Wait()
	now := v.work.Now()
	run := func(id, sheet, undo string, minute int, state notify.State) history.Run {
		r := history.Run{ID: id, State: state, Began: time.Unix(0, 0).Add(time.Duration(minute) * time.Minute), Address: v.api}
		r.Sheet.Name, r.Files.Undo = sheet, undo
		return r
	}
	update := run("update", now.Job.File, now.Live.Undo, 0, notify.Finished)
	undo := run("undo", now.Live.Undo, now.Live.Undo+".undo.csv", 1, notify.Stopped)
	v.post("/leave")
	button := func(id, text string) bool {
		return regexp.MustCompile(`value="` + id + `"><button[^>]*>` + text + `</button>`).MatchString(v.get("/"))
	}
	v.runs = history.Runs{update, undo, run("repeated", undo.Sheet.Name, "", 2, notify.Finished)}
	if !button("update", "Undo") || button("undo", ".*") {
		t.Errorf("with an undo that was begun again and finished, the page is %s", v.get("/"))
	}
	v.runs = history.Runs{update, undo}
	if !button("update", "Undo") || !button("undo", "Finish undoing") {
		t.Errorf("the page is %s", v.get("/"))
	}
	v.post("/undo", "run", "undo")
	v.work.Wait()
	if at := v.work.Now(); at.Step != work.Review || at.Job.File != now.Live.Undo || !at.Job.Resume || !at.Undoes {
		t.Errorf("it shows %+v", at)
	}
	v.post("/send")
	v.work.Wait()
	page := v.get("/")
	v.runs[1].Files.Undo = v.work.Now().Live.Undo
	if open := v.get("/"); v.runs[1].Files.Undo == "" || strings.Contains(open, "Undo this run") {
		t.Errorf("before it has ended, the page is %s, and was %s", open, page)
	}
	v.runs[1].State = notify.Finished
	if done := v.get("/"); !strings.Contains(done, "Undo this run") {
		t.Errorf("when it has ended, the page is %s", done)
	}
}

// TestTheFiguresAgreeWithTheirNumbers has one row of each kind, and then two, in both languages.
func TestTheFiguresAgreeWithTheirNumbers(t *testing.T) {
	one := first + ",1\n" + second + ",185000\n3de06b1a-f8d5-4c3f-8f19-f37a122566ce,x\n"
	two := one + "24eb2ce8-dfe5-4bba-b3f6-6cc956afc940,1\nf22affed-7d77-4a5b-8d80-58ab98e4bc72,240000\n7ca12391-6368-435b-80f4-e99cfbb8b995,x\n"
	for _, c := range []struct {
		language, sheet string
		want            []string
	}{
		{"en", one, []string{"<b>1</b> <span>will change", "<b>1</b> <span>is already the same", "<b>1</b> <span>is not sent"}},
		{"en", two, []string{"<b>2</b> <span>will change", "<b>2</b> <span>are already the same", "<b>2</b> <span>are not sent"}},
		{"pt-BR", one, []string{"<b>1</b> <span>vai mudar", "<b>1</b> <span>já está igual", "<b>1</b> <span>não será enviada"}},
		{"pt-BR", two, []string{"<b>2</b> <span>vão mudar", "<b>2</b> <span>já estão iguais", "<b>2</b> <span>não serão enviadas"}},
	} {
		v := reviewed(t, sandbox.Options{}, "id,deal_value\n"+c.sheet)
		v.post("/language", "language", c.language)
		page := v.get("/")
		for _, want := range c.want {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q in %s", c.language, want, page)
			}
		}
	}
}

func TestAWorkbookWithMacrosCanBeChosen(t *testing.T) {
	v := visit(t, sandbox.Options{})
	if page := v.get("/"); !regexp.MustCompile(`accept="[^"]*\.xlsm[,"]`).MatchString(page) {
		t.Errorf("the page is %s", page)
	}
	if name := work.SheetName("Vendas.XLSM"); name != "Vendas.xlsm" {
		t.Errorf("it becomes %s", name)
	}
}
