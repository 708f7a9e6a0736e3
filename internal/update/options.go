// Package update is one run of update, from the sheet to its results, as a value and a stream of events. [Prepare]
// locks the files, reads and checks the sheet, looks for an earlier run to resume, and compares with what is stored;
// nothing was sent when it returns. [Run.Send] sends what was planned and puts the results in place. It knows no flag,
// no terminal and no exit code.
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

// Options say what to do with a sheet.
type Options struct {
	// File is the sheet, a CSV file or a workbook; "-" is Stdin.
	File  string
	Stdin io.Reader
	// Content is read in the place of File, which then only has a name; nil is none.
	Content io.Reader
	// Paths are the files that the run leaves; see [PathsFor].
	Paths Paths
	// Sheet says how the sheet is read.
	Sheet csvmap.Options
	// MatchOpen takes, of several opportunities that hold the values of a row without an id, the one that is neither won
	// nor lost. See [csvmap.Options].
	MatchOpen bool
	// Requests say how requests are made, and Address is where the API is for what outlives the run, such as the record by
	// which a run is resumed.
	Requests run.Options
	Address  string
	// StageMap has what names of stages mean: a word that [crm.StatusOf] knows, or the id of a stage.
	StageMap map[string]string
	// OwnerMap has whose ids texts of owners mean.
	OwnerMap map[string]string
	// DryRun plans everything, and sends and changes nothing.
	DryRun bool
	// Strict sends nothing if any row is invalid.
	Strict bool
	// Resume resumes an earlier run of the same sheet, if there is one; Restart sets it aside. Without either, one is an
	// error.
	Resume, Restart bool
	// State is the file that remembers what was stored; "" is none.
	State string
	// MinRows refuses a sheet with fewer rows.
	MinRows int
	// Compare reads what the opportunities hold, sends only what differs, and leaves a file with which the run can be
	// undone.
	Compare bool
	// Force sends also what somebody has changed since.
	Force bool
	// Rules are those for fields. They need Compare.
	Rules rules.Rules
	// IgnoreUnstored leaves out cells whose field the service does not store.
	IgnoreUnstored bool
	// MaxFailures ends the run when more of the rows that were sent have failed.
	MaxFailures pace.Share
	// ID and Version of the program, for the record of the run. A run that resumes another one has that one's ID.
	ID, Version string
	// First ends the run behind the first rows that have something to send, so many of them; 0 is no limit.
	First int
	// MaxChanges refuses a run that would send more of the sheet's rows; nil is no limit.
	MaxChanges *pace.Share
	// Words puts a text to a reason, for the results file.
	Words func(reason.Reason) string
	// Handle takes the events of the run; nil is none.
	Handle event.Handler
	// EmitPlans emits what is to be done about each row before anything is sent. It reads the sheet once more. A dry run
	// does so when it writes its plan.
	EmitPlans bool
	// Abort ends the requests that are under way when it is done; nil is never. Each run ends orderly with the context of
	// [Prepare] and [Run.Send], which lets the requests under way finish.
	Abort context.Context
}

// MaxFailures is the share of failed rows that ends a run where the user says nothing else.
var MaxFailures = pace.Share{Percent: 50}

// Paths are the files that a run leaves.
type Paths struct {
	// Results has a line for each row, Failed the rows that failed as they stand in the sheet, and Undo what the CRM held
	// before.
	Results, Failed, Undo string
	// Plan is what a dry run leaves in their place.
	Plan string
}

// PathsFor names the files after the sheet, unless results or undo name them. Standard input, "-", has no name: then
// results must be given. It fails where one file would overwrite another or the sheet.
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

// check makes sure that each file can take the place of what has its name.
func (p Paths) check() error {
	for _, path := range []string{p.Results, p.Undo, p.Failed, p.Plan} {
		if err := files.CheckReplaceable(path); err != nil {
			return err
		}
	}
	return nil
}

// failedAs gives the file of failed rows the sheet's own kind, once that is known.
func (p *Paths) failedAs(extension string) error {
	p.Failed = trimSheet(p.Failed) + extension
	return files.CheckReplaceable(p.Failed)
}

// checkState makes sure that the state file is none of the other files of the run: each replaces what has its name.
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

// All are the files that a run may leave, with both kinds of a file of failed rows.
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
