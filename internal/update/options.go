// Package update performs one run of update, from the sheet to its results, as a value and a stream of events.
// [Prepare] locks the files, reads and checks the sheet, looks for an earlier run to resume, and compares with what
// is stored; nothing has been sent when it returns. [Run.Send] carries out the plan and puts the results in place.
// The package knows no flags, no terminal and no exit codes.
package update

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"razebulk/batch/pace"
	"razebulk/batch/rules"
	"razebulk/csvmap"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/report"
)

// Options specify what to do with a sheet.
type Options struct {
	// File is the sheet, a CSV file or a workbook; "-" means Stdin.
	File  string
	Stdin io.Reader
	// Content, if not nil, is read instead of File, which then is only a name.
	Content io.Reader
	// Paths are the files that the run leaves; see [PathsFor].
	Paths Paths
	// Sheet specifies how the sheet is read.
	Sheet csvmap.Options
	// MatchOpen chooses, among several opportunities with the values of a row without an id, the one that is neither won
	// nor lost. See [csvmap.Options].
	MatchOpen bool
	// Requests specify how requests are made. Address is where the API is, for what outlives the run, such as the record
	// by which a run is resumed.
	Requests run.Options
	Address  string
	// StageMap maps names of stages to a word that [crm.StatusOf] knows, or to the id of a stage.
	StageMap map[string]string
	// OwnerMap maps texts of owners to user ids.
	OwnerMap map[string]string
	// DryRun plans everything, but sends and changes nothing.
	DryRun bool
	// Strict sends nothing if any row is invalid.
	Strict bool
	// Resume resumes an earlier run of the same sheet, if there is one; Restart sets it aside. Without either, an
	// earlier run is an error.
	Resume, Restart bool
	// MayResume returns why the earlier run with this id must not be resumed, or nil; nil allows any.
	MayResume func(id string) error
	// State is the file that remembers what was stored; "" means none.
	State string
	// MinRows refuses a sheet with fewer rows.
	MinRows int
	// Compare reads what the opportunities hold, sends only what differs, and leaves a file with which the run can be
	// undone.
	Compare bool
	// Force also sends what somebody has changed since.
	Force bool
	// Rules are the rules for fields. They need Compare.
	Rules rules.Rules
	// IgnoreUnstored skips cells whose field the service does not store.
	IgnoreUnstored bool
	// MaxFailures ends the run when more than this share of the rows that were sent have failed.
	MaxFailures pace.Share
	// ID is for the record of the run, and Version is the program's. A run that resumes another one has that run's ID.
	ID, Version string
	// First ends the run after this many rows that have something to send; 0 means no limit.
	First int
	// MaxChanges refuses a run that would send more than this share of the sheet's rows; nil means no limit.
	MaxChanges *pace.Share
	// Words returns the text of a reason, for the results file.
	Words func(reason.Reason) string
	// Handle receives the events of the run; nil means none.
	Handle event.Handler
	// EmitPlans emits what is to be done about each row before anything is sent. It reads the sheet once more. A dry run
	// emits this when it writes its plan.
	EmitPlans bool
	// Abort ends the requests in flight when it is done; nil means never. The contexts of [Prepare] and [Run.Send] end a
	// run in an orderly way, which lets the requests in flight finish.
	Abort context.Context
}

// MaxFailures is the default share of failed rows that ends a run.
var MaxFailures = pace.Share{Percent: 50}

// Paths are the files that a run leaves.
type Paths struct {
	// Results has a line for each row, Failed has the failed rows as they are in the sheet, and Undo has what the CRM
	// held before.
	Results, Failed, Undo string
	// Plan is what a dry run leaves instead.
	Plan string
}

// PathsFor names the files after the sheet, unless results or undo name them. Standard input, "-", has no name, so
// results must be given. It fails if one file would overwrite another or the sheet.
func PathsFor(file, results, undo string) (Paths, error) {
	if run.IsAddress(file) {
		return Paths{}, reason.New("file_is_address", "file", file)
	}
	stem := trimSheet(file)
	if file == "-" {
		if results == "" {
			return Paths{}, reason.New("results_unnamed")
		}
		stem = strings.TrimSuffix(trimSheet(results), ".results")
	}
	p := Paths{Results: stem + ".results.csv", Failed: stem + ".failed.csv", Plan: stem + ".plan.csv", Undo: stem + ".undo.csv"}
	if results != "" {
		p.Results, p.Plan = results, results
	}
	if undo != "" {
		p.Undo = undo
	}
	for _, path := range []string{p.Results, p.Plan} {
		if files.Same(path, file) || files.Same(path, p.Failed) {
			return Paths{}, reason.New("results_collide", "file", path)
		}
	}
	if files.Same(p.Undo, file) || files.Same(p.Undo, p.Failed) || files.Same(p.Undo, p.Results) {
		return Paths{}, reason.New("undo_collides", "file", p.Undo)
	}
	return p, p.check()
}

// check checks that each file can replace an existing file of its name.
func (p Paths) check() error {
	for _, path := range []string{p.Results, p.Undo, p.Failed, p.Plan} {
		if err := files.CheckReplaceable(path); err != nil {
			return err
		}
	}
	return nil
}

// failedAs gives the file of failed rows the sheet's own format, once that is known.
func (p *Paths) failedAs(extension string) error {
	p.Failed = trimSheet(p.Failed) + extension
	return files.CheckReplaceable(p.Failed)
}

// checkState checks that the state file is none of the run's other files: each replaces an existing file of its name.
func (o Options) checkState() error {
	others := append(o.Paths.All(), report.RunFiles(o.Paths.Results)...)
	if o.File != "-" {
		others = append(others, o.File)
	}
	for _, other := range others {
		if o.State != "" && files.Same(o.State, other) {
			return reason.New("state_collides", "file", o.State)
		}
	}
	return nil
}

// All returns the files that a run may leave, with both formats of the file of failed rows.
func (p Paths) All() []string {
	return []string{p.Results, p.Undo, p.Plan, trimSheet(p.Failed) + ".csv", trimSheet(p.Failed) + ".xlsx"}
}

func trimSheet(path string) string {
	switch extension := filepath.Ext(path); strings.ToLower(extension) {
	case ".csv", ".xlsx":
		return strings.TrimSuffix(path, extension)
	}
	return path
}
