package ui

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"razebulk/internal/history"
	"razebulk/internal/notify"
	"razebulk/internal/page"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/words"
	"razebulk/report"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// templates are parsed once, for the first page; [speech.write] gives them their words.
var templates = sync.OnceValue(func() *template.Template {
	partials := template.Must(template.New("").Funcs((&speech{}).funcs()).Parse(page.Partials()))
	return template.Must(partials.ParseFS(templateFiles, "templates/*.html"))
})

// screen is everything that a page shows.
type screen struct {
	work.View
	Host, Ending     string
	Sandbox, HasKey  bool
	KeyRefused       bool
	Failure          map[string]string // by the place next to which it is shown
	Steps            []step
	Runs             []pastRun
	Command          string
	Lines            []work.Line
	All, Part, Parts int
	Filter           work.Filter
	Previous, Next   string // addresses of parts
	ToCorrect        []work.FailedRow
	FailedRows       int
	Bar              page.Bar
	Figures          []page.Figure
	ReportFile       string
	Partial          string // where a run that is sending records what it has sent
	Language         words.Language
	Undoable         string // the id of the run, if it can be undone
}

type step struct {
	N       int
	Text    string
	Current bool
	Later   bool
}

// pastRun is a run in the history.
type pastRun struct {
	ID, Sheet, Outcome string
	Began              time.Time
	CanUndo, CanFinish bool // CanFinish: it is an undo that was stopped or killed
	Kind               string
}

// show writes the page; with a failure, also why the last form was not carried out.
func (p *Page) show(w http.ResponseWriter, r *http.Request, f *failure) {
	said := &speech{words: p.wordsFor(r), message: p.o.Message}
	s := p.screenOf(r, said)
	status := http.StatusOK
	if f != nil {
		status = http.StatusUnprocessableEntity
		s.Failure[f.place] = said.err(f.err)
	}
	said.write(w, status, "page", s)
}

// progress writes the part of the page that changes while something runs.
func (p *Page) progress(w http.ResponseWriter, r *http.Request) {
	said := &speech{words: p.wordsFor(r), message: p.o.Message}
	v := p.o.Work.Now()
	w.Header().Set("X-Serial", strconv.Itoa(v.Serial)+"-"+strconv.Itoa(int(v.Step)))
	said.write(w, http.StatusOK, "progress", &screen{View: v})
}

// refused answers a request that is not let in.
func (p *Page) refused(w http.ResponseWriter, status int) {
	said := &speech{words: In(words.English), message: p.o.Message}
	if p.o.Words != nil {
		said.words = p.o.Words
	}
	said.write(w, status, "refused", said.words.Language())
}

func (s *speech) write(w http.ResponseWriter, status int, name string, data any) {
	var text bytes.Buffer
	t := template.Must(templates().Clone()).Funcs(s.funcs())
	if err := t.ExecuteTemplate(&text, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(text.Bytes())
}

func (p *Page) screenOf(r *http.Request, said *speech) *screen {
	v := p.o.Work.Now()
	s := &screen{View: v, Host: p.o.Host, Sandbox: p.o.Sandbox, Failure: map[string]string{}, Language: said.words.Language(), Steps: stepsOf(v.Step, said)}
	p.addKey(r.Context(), s, said)
	switch v.Step {
	case work.Choosing:
		s.Runs = p.pastRuns(said, 3)
	case work.Review:
		s.Command = p.o.Command(v.Job)
		s.addLines(r, said)
	case work.Sending:
		s.Partial = report.JournalPath(v.Job.Paths.Results)
	case work.Done:
		p.addResult(s, said)
	}
	return s
}

func (p *Page) addKey(ctx context.Context, s *screen, said *speech) {
	ending, err := p.o.Keys.ending(ctx)
	if s.HasKey = err == nil; s.HasKey {
		s.Ending = ending
	}
	if err != nil && !errors.Is(err, reason.New("key_missing")) {
		s.Failure["key"] = said.err(err)
	}
	p.mu.Lock()
	isNew := p.keyAt == s.Serial
	p.mu.Unlock()
	last := s.View.Err
	if s.Result != nil {
		last = s.Result.Err
	}
	s.KeyRefused = isRejected(last) && !isNew
	if isNew && isRejected(s.View.Err) { // it was about another key
		s.View.Err = nil
	}
}

func stepsOf(at work.Step, said *speech) []step {
	now := map[work.Step]int{work.Choosing: 1, work.Columns: 2, work.Preparing: 3, work.Review: 3, work.Sending: 4, work.Done: 5}[at]
	var steps []step
	for i, name := range stepNames {
		n := i + 1
		steps = append(steps, step{n, said.err(name), n == now, n > now})
	}
	return steps
}

// addLines adds the part of the plan that the request asks for.
func (s *screen) addLines(r *http.Request, said *speech) {
	asked := r.URL.Query()
	s.Filter = work.Filter{Field: asked.Get("field"), Status: asked.Get("status"), Why: asked.Get("why"), Owner: asked.Get("owner"), Text: asked.Get("text")}
	s.Part, _ = strconv.Atoi(asked.Get("part"))
	s.Part = max(1, s.Part)
	lines, all, err := s.Changes.Part(s.Filter, s.Part)
	if err != nil {
		s.Failure["lines"] = said.err(err)
		return
	}
	s.Lines, s.All, s.Parts = lines, all, max(1, (all+work.PageLines-1)/work.PageLines)
	to := func(part int) string {
		asked.Set("part", strconv.Itoa(part))
		return "./?" + asked.Encode() + "#lines"
	}
	if s.Part > 1 {
		s.Previous = to(s.Part - 1)
	}
	if s.Part < s.Parts {
		s.Next = to(s.Part + 1)
	}
}

const rowsToCorrect = 20

func (p *Page) addResult(s *screen, said *speech) {
	s.FailedRows, s.ReportFile = s.Result.Counts.Failed, reportOf(s.View)
	for _, c := range byCount(s.Result.Counts.ByStatus) {
		s.Figures = append(s.Figures, page.Figure{Count: c.N, Label: said.status(c.Name, false, c.N), Kind: page.Kind(kindOf(c.Name))})
	}
	s.Bar = page.NewBar(said.words.Say("ui_by_status"), s.Figures)
	if s.Live.Results != "" && s.FailedRows > 0 && !isRejected(s.Result.Err) { // then the key is wrong, not the rows
		rows, err := work.FailedRows(s.Live.Results, rowsToCorrect)
		if err != nil {
			s.Failure["result"] = said.err(err)
		}
		s.ToCorrect = rows
	}
	runs, err := p.o.Runs()
	if err != nil || s.Live.Undo == "" {
		return
	}
	for _, run := range slices.Backward(runs) {
		if run.Files.Undo != "" && filepath.Base(run.Files.Undo) == filepath.Base(s.Live.Undo) && filepath.Dir(run.Files.Undo) == filepath.Dir(s.Live.Undo) {
			if !runs.IsOpenUndo(run) {
				s.Undoable = run.ID
			}
			return
		}
	}
}

// pastRuns returns the latest runs on this machine.
func (p *Page) pastRuns(said *speech, most int) []pastRun {
	runs, err := p.o.Runs()
	if err != nil {
		return nil
	}
	var found []pastRun
	for _, run := range slices.Backward(runs) {
		kind, outcome := outcomeOf(run, said)
		isOurs, isOpen := run.Address == p.o.Address, runs.IsOpenUndo(run)
		found = append(found, pastRun{
			ID: run.ID, Sheet: filepath.Base(run.Sheet.Name), Began: run.Began, Kind: kind, Outcome: outcome,
			CanUndo: isOurs && !isOpen && run.Files.Undo != "", CanFinish: isOurs && isOpen && !runs.IsRepeated(run),
		})
		if len(found) == most {
			break
		}
	}
	return found
}

func outcomeOf(run history.Run, said *speech) (kind, text string) {
	params := []any{"rows", cmp.Or(run.Rows.Total, run.Rows.Done), "done", run.Rows.Done, "failed", run.Rows.Failed}
	switch {
	case run.State == notify.Running:
		return "wait", said.words.Say("ui_run_running", params...)
	case run.State != notify.Finished:
		return "warn", said.words.Say("ui_run_stopped", params...)
	case run.Rows.Failed > 0:
		return "bad", said.words.Say("ui_run_failed", params...)
	}
	return "good", said.words.Say("ui_run_done", params...)
}

// static serves the files of the page, by name only.
func static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kinds := map[string]string{"base.css": "text/css", "page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}
	text := []byte(page.Style())
	if name != "base.css" {
		text, _ = staticFiles.ReadFile("static/" + name)
	}
	if kinds[name] == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kinds[name]+"; charset=utf-8")
	_, _ = w.Write(text)
}
