// Package ui is the local page: a browser on this machine shows the work on a sheet, and the forms that move it on.
// The server writes the page; a small script of its own reads the progress, and the page works without it.
package ui

import (
	"net/http"
	"sync"

	"razebulk/internal/history"
	"razebulk/internal/page/guard"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// Options are what the page needs from the program around it.
type Options struct {
	Work *work.Work
	// Host is the name of the host that updates go to, and Address is where the API is, for what outlives a run.
	Host, Address string
	Sandbox       bool
	// Words are those of the language in which the page begins; nil means the browser's.
	Words *words.Words
	Keys  *Keys
	// Message returns an error as users see it, and Command the command that does the same as a job.
	Message func(*words.Words, error) string
	Command func(work.Job) string
	// Runs returns the runs on this machine.
	Runs func() (history.Runs, error)
}

// Page answers the requests of the local page. It is safe for concurrent use.
type Page struct {
	o Options

	mu    sync.Mutex
	words *words.Words // nil until the first visit
	keyAt int          // the serial of the page on which a key was last typed; 0 means none
}

// New returns the page behind its guard, at a host with its port.
func New(host string, o Options) (http.Handler, *guard.Guard) {
	p := &Page{o: o, words: o.Words}
	g := guard.New(host, p.refused)
	return g.Wrap(p.routes()), g
}

func (p *Page) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { p.show(w, r, nil) })
	mux.HandleFunc("GET /progress", p.progress)
	mux.HandleFunc("GET /static/{name}", static)
	mux.HandleFunc("GET /files/{kind}", p.download)
	for path, do := range map[string]action{
		"/sheet": p.drop, "/columns": p.columns, "/start": p.start, "/key": p.key, "/back": p.back, "/leave": p.leave, "/send": p.send,
		"/stop": p.stop, "/undo": p.undo, "/language": p.language,
	} {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) { p.do(w, r, do) })
	}
	return mux
}

// action does what a form asks. Its error is shown next to the place that it names.
type action func(r *http.Request) *failure

// failure is why an action was not carried out, and where that is shown.
type failure struct {
	place string
	err   error
}

func failed(place string, err error) *failure {
	if err == nil {
		return nil
	}
	return &failure{place, err}
}

// The maximum sizes of a form and a sheet, in bytes.
const (
	maxForm   = 4 << 20
	megabyte  = 1 << 20
	sheetSize = 200 * megabyte
)

// maxSheet is a variable only for the test.
var maxSheet int64 = sheetSize

// do does what a form asks, and shows the resulting page.
func (p *Page) do(w http.ResponseWriter, r *http.Request, do action) {
	if r.URL.Path != "/sheet" {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			p.show(w, r, failed("page", reason.New("ui_bad_form")))
			return
		}
	} else {
		r.Body = http.MaxBytesReader(w, r.Body, maxSheet)
	}
	if f := do(r); f != nil {
		p.show(w, r, f)
		return
	}
	w.Header().Set("Location", "./") // http.Redirect would omit the part of the path that the guard has removed
	w.WriteHeader(http.StatusSeeOther)
}

// wordsFor returns the words of the page. The first visit decides if nobody else has.
func (p *Page) wordsFor(r *http.Request) *words.Words {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.words == nil {
		l, _ := words.LanguageOf(r.Header.Get("Accept-Language"))
		p.words = In(l)
	}
	return p.words
}

// In returns the words of the page in a language, without advice for the command line: the page has its menus.
func In(l words.Language) *words.Words {
	return words.For(func(string) bool { return false }).In(l)
}

func (p *Page) language(r *http.Request) *failure {
	l, known := words.LanguageOf(r.PostForm.Get("language"))
	if !known {
		return failed("page", reason.New("ui_bad_form"))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.words = In(l)
	return nil
}
