package ui

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"strconv"

	"razebulk/csvmap"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/report"
)

// serial returns the serial of the page that the form was made from.
func serial(r *http.Request) int {
	n, err := strconv.Atoi(r.PostForm.Get("serial"))
	if err != nil {
		return -1
	}
	return n
}

// drop reads the sheet from the form, without holding it in memory.
func (p *Page) drop(r *http.Request) *failure {
	form, err := r.MultipartReader()
	if err != nil {
		return failed("drop", reason.New("ui_bad_form"))
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return failed("drop", reason.New("ui_no_file"))
		}
		if err != nil {
			return failed("drop", tooLarge(err, reason.New("ui_bad_form")))
		}
		if part.FormName() == "sheet" {
			return failed("drop", tooLarge(p.o.Work.Drop(nameOf(part.Header.Get("Content-Disposition")), part), nil))
		}
	}
}

// nameOf returns the name of the file as the browser sends it, with the folders that some include; these are cut off
// later.
func nameOf(disposition string) string {
	_, params, err := mime.ParseMediaType(disposition)
	if err != nil {
		return ""
	}
	return params["filename"]
}

// tooLarge returns its own error if err means that the request is too large. Any other error is replaced by instead,
// if that is given.
func tooLarge(err, instead error) error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return reason.New("ui_too_large", "megabytes", maxSheet/megabyte)
	case err != nil && instead != nil:
		return instead
	}
	return err
}

// columns reads the user's choices for the columns, then saves them or begins the check if the form asks for that.
func (p *Page) columns(r *http.Request) *failure {
	v := p.o.Work.Now()
	if v.Sheet == nil {
		return failed("page", reason.New("ui_outdated"))
	}
	choices, err := choicesOf(r, v)
	if err != nil {
		return failed("columns", err)
	}
	if err := p.o.Work.Choose(serial(r), choices); err != nil {
		return failed("columns", err)
	}
	now := p.o.Work.Now()
	switch {
	case r.PostForm.Get("do") == "save":
		return failed("save", p.o.Work.Save(now.Serial))
	case r.PostForm.Get("do") == "check" && now.Sheet.Usable():
		return failed("columns", p.o.Work.Prepare(now.Serial, choices.Ways, work.NewRun, p.wordsFor(r)))
	}
	return nil
}

func choicesOf(r *http.Request, v work.View) (work.Choices, error) {
	form := r.PostForm
	c := work.Choices{Encoding: form.Get("encoding"), Worksheet: form.Get("worksheet"), Ways: waysOf(r)}
	var errs [4]error
	if text := form.Get("delimiter"); text != "" {
		c.Delimiter, errs[0] = csvmap.ParseDelimiter(text)
	}
	if text := form.Get("decimal"); text != "" {
		c.Decimal, errs[1] = csvmap.ParseDecimal(text)
	}
	if text := form.Get("header-row"); text != "" {
		c.HeaderRow, errs[2] = strconv.Atoi(text)
	}
	if text := form.Get("match"); text != "" {
		c.Match, errs[3] = csvmap.ParseMatch(text)
	}
	if errors.Join(errs[:]...) != nil || c.HeaderRow < 0 {
		return c, reason.New("ui_bad_form")
	}
	for i := range v.Sheet.Preview.Columns {
		c.Fields = append(c.Fields, form.Get("column-"+strconv.Itoa(i)))
	}
	return c, nil
}

func waysOf(r *http.Request) work.Ways {
	isOn := func(name string) bool { return r.PostForm.Get(name) == "on" }
	return work.Ways{Compare: isOn("compare"), Stage: isOn("stage"), Strict: isOn("strict"), MatchOpen: isOn("match-open")}
}

// start checks a plan, an undo file, or a sheet with an unfinished earlier run.
func (p *Page) start(r *http.Request) *failure {
	how := map[string]work.Start{"": work.NewRun, "resume": work.Resume, "restart": work.Restart}
	return failed("columns", p.o.Work.Prepare(serial(r), p.o.Work.Now().Ways, how[r.PostForm.Get("how")], p.wordsFor(r)))
}

func (p *Page) key(r *http.Request) *failure {
	if err := p.o.Keys.set(r.PostForm.Get("key")); err != nil {
		return failed("key", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keyAt = p.o.Work.Now().Serial
	return nil
}

func (p *Page) back(r *http.Request) *failure { return failed("page", p.o.Work.Back(serial(r))) }

func (p *Page) leave(r *http.Request) *failure { return failed("page", p.o.Work.Leave(serial(r))) }

func (p *Page) send(r *http.Request) *failure { return failed("page", p.o.Work.Send(serial(r))) }

func (p *Page) stop(*http.Request) *failure {
	p.o.Work.Stop()
	return nil
}

// undo shows what undoing a run restores, or what remains of an undo that was stopped or killed.
func (p *Page) undo(r *http.Request) *failure {
	runs, err := p.o.Runs()
	if err != nil {
		return failed("runs", err)
	}
	run, found := runs.Find(r.PostForm.Get("run"))
	isOpen := runs.IsOpenUndo(run)
	if !found || run.Files.Undo == "" && !isOpen {
		return failed("runs", reason.New("ui_no_undo"))
	}
	if run.Address != p.o.Address {
		return failed("runs", reason.New("ui_undo_other", "address", run.Address))
	}
	if isOpen {
		return failed("runs", p.o.Work.Undo(run.Sheet.Name, run.Stage, run.StateFile, work.Resume, p.wordsFor(r)))
	}
	file, err := report.FindUndo(run.Files.Undo, run.Began)
	if err == nil && file == "" {
		err = reason.New("ui_no_undo")
	}
	if err == nil {
		err = p.o.Work.Undo(file, run.Stage, run.StateFile, work.NewRun, p.wordsFor(r))
	}
	return failed("runs", err)
}

// download serves one of the run's files, by its kind: no part of a path comes from the browser.
func (p *Page) download(w http.ResponseWriter, r *http.Request) {
	path := filesOf(p.o.Work.Now())[r.PathValue("kind")]
	if path == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": filepath.Base(path)}))
	w.Header().Set("Content-Type", contentType(path))
	http.ServeFile(w, r, path)
}

// reportOf returns the report of a run that has sent something, or "" if there is none.
func reportOf(v work.View) string {
	if v.Result == nil || v.Result.Counts.Done == 0 {
		return ""
	}
	return v.Job.Report
}

func contentType(path string) string {
	if filepath.Ext(path) == ".html" {
		return "text/html; charset=utf-8"
	}
	if filepath.Ext(path) == ".xlsx" {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// filesOf returns the files that can be downloaded now, by their kind.
func filesOf(v work.View) map[string]string {
	switch v.Step {
	case work.Review:
		return map[string]string{"plan": v.Changes.Path}
	case work.Done:
		return map[string]string{"results": v.Live.Results, "failed": v.Live.Failed, "undo": v.Live.Undo, "report": reportOf(v)}
	}
	return nil
}
