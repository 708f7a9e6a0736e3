package work

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
	"razebulk/report"
)

// Sheet is a sheet as it is read.
type Sheet struct {
	Name string // of the file
	Path string
	// Preview has the columns, and Err is why the sheet can't be read at all; then there are no columns.
	Preview csvmap.Preview
	Err     error
	// Alone has the columns as their headers alone say, without the user's choices.
	Alone []csvmap.ColumnPreview
	// Saved reports that what was saved for such sheets is in use.
	Saved bool
	// Sheets are the worksheets of the workbook, if it is not clear which one is meant.
	Sheets []string
	Book   bool
}

// Usable reports whether the sheet can be sent.
func (s *Sheet) Usable() bool { return s.Err == nil && s.Preview.Unusable == nil }

// Letter returns the letter of a field's column, or "" if there is none.
func (s *Sheet) Letter(field string) string {
	for _, c := range s.Preview.Columns {
		if c.Field == field {
			return c.Letter
		}
	}
	return ""
}

// open reads a sheet that is in its folder, in the way that was saved for such sheets.
func (w *Work) open(serial int, path string) error {
	o := w.o.Sheet
	sheet := readSheet(path, o, false)
	if w.o.Saved != nil && sheet.Err == nil {
		said, found, err := w.o.Saved(kindOf(headersOf(sheet.Preview)))
		if err != nil {
			return err
		}
		if found {
			o = said
			sheet = readSheet(path, o, false)
			sheet.Saved = true
		}
	}
	undoes, stage := slices.Contains(headersOf(sheet.Preview), crm.UndoColumn), false
	if undoes { // it has stages only if the run sent them
		staged := readSheet(path, o, true)
		if stage = staged.Letter(crm.Status) != ""; stage {
			sheet = staged
		}
	}
	return w.act(serial, func() {
		w.reset()
		w.headers = headersOf(sheet.Preview)
		w.job = Job{File: path, Reading: o}
		w.view.Sheet, w.view.Step = sheet, Columns
		w.view.Ways = waysFor(path, stage)
		w.job.Plan = slices.Contains(w.headers, crm.PlanColumn)
		w.view.Undoes = undoes
	}, Choosing, Columns, Review, Done)
}

// waysFor returns the choices for a sheet that was dropped: those of a run of it that can be resumed, if there is one.
func waysFor(path string, stage bool) Ways {
	ways := Ways{Compare: true, Stage: stage}
	paths, err := update.PathsFor(path, "", "")
	if err != nil {
		return ways
	}
	if of, err := report.ReadRunRecord(paths.Results); err == nil && of.Input.SHA256 != "" {
		ways = Ways{Compare: of.Options.Compare, Stage: slices.Contains(of.Options.Columns, crm.Status), MatchOpen: of.Options.MatchOpen}
	}
	return ways
}

func headersOf(p csvmap.Preview) []string {
	headers := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		headers[i] = c.Header
	}
	return headers
}

// kindOf returns the headers that identify sheets of a kind: a file of failed rows is of its sheet's kind.
func kindOf(headers []string) []string {
	return slices.DeleteFunc(slices.Clone(headers), func(header string) bool { return slices.Contains(crm.OwnColumns, header) })
}

// readSheet reads a sheet's columns, with stages as fields if they are sent.
func readSheet(path string, o csvmap.Options, stage bool) *Sheet {
	o.Stage = stage
	s := &Sheet{Name: baseName(path), Path: path, Book: isBook(path)}
	s.Preview, s.Err = previewOf(path, o)
	if s.Err != nil {
		s.Sheets = sheetsIn(s.Err)
		return s
	}
	alone := s.Preview
	if len(o.Mappings)+len(o.Ignore) > 0 {
		o.Mappings, o.Ignore = nil, nil
		if of, err := previewOf(path, o); err == nil && len(of.Columns) == len(alone.Columns) {
			alone = of
		}
	}
	s.Alone = alone.Columns
	return s
}

// isBook reports whether a file is a workbook, by its name.
func isBook(path string) bool {
	extension := strings.ToLower(filepath.Ext(path))
	return extension == ".xlsx" || extension == ".xlsm"
}

func previewOf(path string, o csvmap.Options) (csvmap.Preview, error) {
	file, err := os.Open(path)
	if err != nil {
		return csvmap.Preview{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return csvmap.Preview{}, err
	}
	return csvmap.NewPreview(file, info.Size(), o)
}

// sheetsIn returns the worksheets that an error names.
func sheetsIn(err error) []string {
	var why reason.Reason
	if errors.As(err, &why) {
		sheets, _ := why.Params["sheets"].([]string)
		return sheets
	}
	return nil
}

func baseName(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// Choices are what the user chooses for the sheet.
type Choices struct {
	Encoding, Worksheet string
	Delimiter           rune
	Decimal             csvmap.Decimal
	HeaderRow           int
	Match               []csvmap.Match
	// Fields say what the columns hold, by position: a field, "-" for a column that is ignored, or "" for what its
	// header says.
	Fields []string
	Ways   Ways
}

// Choose reads the sheet with the user's choices.
func (w *Work) Choose(serial int, c Choices) error {
	w.mu.Lock()
	err := w.check(serial, Columns)
	sheet, o := w.view.Sheet, w.job.Reading
	w.mu.Unlock()
	if err != nil {
		return err
	}
	o.Encoding, o.Worksheet, o.Delimiter, o.Decimal, o.HeaderRow, o.Match = c.Encoding, c.Worksheet, c.Delimiter, c.Decimal, c.HeaderRow, c.Match
	if len(c.Fields) > 0 {
		o.Mappings, o.Ignore = sheet.mapped(c.Fields)
	}
	read := readSheet(sheet.Path, o, c.Ways.Stage)
	if o2, left := stillThere(o, read); left && read.Err == nil { // the header is now in another row
		o = o2
		read = readSheet(sheet.Path, o, c.Ways.Stage)
	}
	return w.act(serial, func() {
		w.headers = headersOf(read.Preview)
		w.job.Reading, w.view.Sheet, w.view.Ways, w.view.SavedTo, w.view.Unfinished = o, read, c.Ways, "", nil
	}, Columns)
}

// mapped returns the choices that differ from what the headers alone say.
func (s *Sheet) mapped(fields []string) (mappings []csvmap.Mapping, ignore []string) {
	for i, c := range s.Preview.Columns {
		if i >= len(fields) || fields[i] == "" || fields[i] == s.Alone[i].Field && !s.Alone[i].IsTitle {
			continue
		}
		switch {
		case fields[i] == "-":
			ignore = append(ignore, cmp.Or(c.Header, c.Letter))
		case c.Header == "":
		case crm.IsField(fields[i]) || fields[i] == crm.ID:
			mappings = append(mappings, csvmap.Mapping{Column: c.Header, Field: fields[i], Number: crm.IsNumber(fields[i])})
		}
	}
	return mappings, ignore
}

// stillThere removes the choices for columns that the sheet does not have, and reports whether there were any.
func stillThere(o csvmap.Options, s *Sheet) (csvmap.Options, bool) {
	isThere := func(name string) bool {
		return slices.ContainsFunc(s.Preview.Columns, func(c csvmap.ColumnPreview) bool { return cmp.Or(c.Header, c.Letter) == name })
	}
	mappings := slices.DeleteFunc(slices.Clone(o.Mappings), func(m csvmap.Mapping) bool { return !isThere(m.Column) })
	ignore := slices.DeleteFunc(slices.Clone(o.Ignore), func(name string) bool { return !isThere(name) })
	left := len(mappings) < len(o.Mappings) || len(ignore) < len(o.Ignore)
	o.Mappings, o.Ignore = mappings, ignore
	return o, left
}

// Save saves how the sheet is read, for later sheets with the same headers.
func (w *Work) Save(serial int) error {
	w.mu.Lock()
	err := w.check(serial, Columns)
	sheet, headers, o := w.view.Sheet, w.headers, w.job.Reading
	w.mu.Unlock()
	if err != nil {
		return err
	}
	path, err := w.o.Save(sheet.Name, kindOf(headers), o)
	return errors.Join(err, w.act(serial, func() { w.view.SavedTo = path }, Columns))
}

// Undo opens an undo file, to show what it restores, or with [Resume], what remains to be restored. Stage and state are
// as for the run that is undone: whether stages were sent, and its state file, or "".
func (w *Work) Undo(file string, stage bool, state string, start Start, said *words.Words) error {
	w.mu.Lock()
	serial := w.view.Serial
	w.mu.Unlock()
	o := csvmap.Options{}
	sheet := readSheet(file, o, stage)
	err := w.act(serial, func() {
		w.reset()
		w.job = Job{File: file, Reading: o, State: state}
		w.view.Sheet, w.view.Step, w.view.Undoes = sheet, Columns, true
		w.view.Ways = Ways{Compare: true, Stage: stage}
		serial = w.view.Serial
	}, Choosing, Columns, Review, Done)
	if err != nil {
		return err
	}
	return w.Prepare(serial, w.Now().Ways, start, said)
}
