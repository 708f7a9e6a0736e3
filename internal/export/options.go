// Package export performs one run of export, from the first page of the CRM's list to a sheet that update reads. A run
// is a value and a stream of events. [Prepare] reads the first page and says what the rest takes; [Run.Write] reads the
// rest and writes the sheet. The package knows nothing about flags, terminals or exit codes.
package export

import (
	"cmp"
	"errors"
	"io"
	"slices"

	"razebulk/internal/crm"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/report"
)

// Options say what to export.
type Options struct {
	// Out is the file to write, replacing an earlier export; "" writes to To.
	Out string
	To  io.Writer
	// Form is the format of the sheet.
	Form report.ExportForm
	// Notes includes the notes, though each may take a separate request.
	Notes bool
	// IDsFrom is a sheet with the ids to export, in sheet order; "" exports what Filter selects. "-" means Stdin.
	IDsFrom string
	Stdin   io.Reader
	Filter  Filter
	// Requests specifies how requests are made.
	Requests run.Options
	// Handle handles the events of the run; nil ignores them.
	Handle event.Handler
}

// check makes sure that Out replaces nothing but an earlier export.
func (o Options) check() error {
	if o.Out == "" {
		return nil
	}
	if o.IDsFrom != "" && files.Same(o.Out, o.IDsFrom) {
		return reason.New("export_is_its_input", "file", o.Out)
	}
	if err := files.CheckReplaceable(o.Out); err != nil {
		return err
	}
	replaceable, err := report.IsExport(o.Out, columns(true), columns(false), earlierColumns(true), earlierColumns(false))
	if err == nil && !replaceable {
		err = reason.New("not_an_export", "file", o.Out)
	}
	return err
}

// StoppedError wraps the error that ended an export before it was complete: the CRM could not be read, or the file
// could not be written.
type StoppedError struct{ Cause error }

func (e *StoppedError) Error() string { return e.Cause.Error() }

// Unwrap returns the cause.
func (e *StoppedError) Unwrap() error { return e.Cause }

// ErrIncomplete means that the export lacks some opportunities from the sheet of ids, or some notes.
var ErrIncomplete = errors.New("some opportunities could not be read, or only in part")

// Summary is what an export has written.
type Summary struct {
	// Rows is the number of rows in the export. If the export is incomplete, they are in To and nowhere else.
	Rows int
	// Missing is how many opportunities could not be read, or only in part.
	Missing int
}

// readOnly lists the columns after the fields. An update knows all of them and skips them.
var readOnly = append(earlierReadOnly, crm.Title, "stage_name", "pipeline_name", "contact_id")

// earlierReadOnly lists those of an export made by an earlier version of this program.
var earlierReadOnly = []string{crm.Status, "source", "created_at", crm.UpdatedAt, "campaign_id", "responsible_user"}

// columns returns the header, the same for every export, so that each is as wide as the previous night's.
func columns(notes bool) []string { return header(notes, readOnly) }

func earlierColumns(notes bool) []string { return header(notes, earlierReadOnly) }

func header(notes bool, readOnly []string) []string {
	all := slices.Concat([]string{crm.ID}, crm.Fields, readOnly)
	if notes {
		return all
	}
	return slices.DeleteFunc(all, func(name string) bool { return name == crm.Notes })
}

// cellsOf returns the cells of one opportunity, each from the first answer that reports it. unreported lists the fields
// that none reports.
func cellsOf(columns []string, answers ...getraze.Opportunity) (cells []report.ExportCell, unreported []string) {
	for _, name := range columns {
		text, reported := valueOf(name, answers)
		if !reported && crm.IsField(name) {
			unreported = append(unreported, name)
		}
		cells = append(cells, report.ExportCell{Text: text, Number: crm.IsNumber(name)})
	}
	return cells, unreported
}

func valueOf(name string, answers []getraze.Opportunity) (text string, reported bool) {
	for _, o := range answers {
		if title, reported := o.Title(); name == crm.Title && (reported || title != "") {
			return title, true
		}
		if name == crm.Title { // in other answers it is a job title
			continue
		}
		if value, reported := o.Value(name); reported {
			return value.Text, true
		}
		if user := o.Owner().Name; name == "responsible_user" && user != "" {
			return user, true
		}
	}
	if name == crm.Status {
		return stageOf(answers)
	}
	return "", false
}

// stageOf returns the name of the stage if the service has its own stages, or the id if no answer shows the name. An
// update accepts either as a status.
func stageOf(answers []getraze.Opportunity) (text string, reported bool) {
	for _, o := range answers {
		stage := o.Stage()
		if stage.Name != "" {
			return stage.Name, true
		}
		text = cmp.Or(text, stage.ID)
	}
	return text, text != ""
}
