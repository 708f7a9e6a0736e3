// Package history keeps the list of the runs of update on this machine: one file in the user's state folder, to which
// each run appends a line of JSON when it begins to send and another one when it ends. Lines are never changed.
package history

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"razebulk/internal/notify"
)

// FormatVersion is the version of the line format.
const FormatVersion = 1

// Run is the history's record of one run. A resumed run counts as one run: its times are the first start and the last
// end, and its counts cover the whole.
type Run struct {
	Format int    `json:"format"`
	ID     string `json:"id"`
	// State is also [notify.Running] if the run was killed.
	State    notify.State `json:"state"`
	ExitCode *int         `json:"exit_code"`
	Began    time.Time    `json:"began"`
	Ended    *time.Time   `json:"ended"`
	// User and Host identify who ran it and where, and Version is the program's.
	User    string `json:"user"`
	Host    string `json:"host"`
	Version string `json:"version"`
	// Sheet holds the absolute path of the sheet, or says that it was standard input.
	Sheet notify.Sheet `json:"sheet"`
	// Address is the address of the API.
	Address string `json:"address"`
	// Plan is the identity of the plan that the run applied; "" means none.
	Plan      string `json:"plan,omitempty"`
	Resumable bool   `json:"resumable"`
	Rows      Rows   `json:"rows"`
	// Requests counts those that may have changed something.
	Requests int          `json:"requests"`
	Files    notify.Files `json:"files"`
	// Compared, Stage and StateFile are the options needed to undo the run: whether the CRM was read first, whether stages
	// were set, and the absolute path of the state file.
	Compared  bool   `json:"compared"`
	Stage     bool   `json:"stage"`
	StateFile string `json:"state_file,omitempty"`
	// SetAside lists the files of earlier runs that this one has renamed.
	SetAside []SetAside `json:"set_aside,omitempty"`
}

// Rows counts the rows of the sheet.
type Rows struct {
	Total    int            `json:"total"`
	Done     int            `json:"done"`
	Failed   int            `json:"failed"`
	ByStatus map[string]int `json:"by_status"`
}

// SetAside is a file that was renamed. Both paths are absolute.
type SetAside struct {
	File string `json:"file"`
	Name string `json:"name"`
}

// Of returns the run with the data of the summary.
func (r Run) Of(s notify.Summary) Run {
	r.Format, r.ID, r.State, r.ExitCode, r.Ended = FormatVersion, s.RunID, s.State, s.ExitCode, s.Ended
	r.Version, r.Resumable, r.Requests = s.Version, s.Resumable, s.Requests.Earlier+s.Requests.Sent
	r.Sheet.SHA256 = s.Sheet.SHA256
	r.Rows = Rows{Done: s.Rows.Done, Failed: s.Rows.Failed, ByStatus: maps.Clone(s.Rows.ByStatus)}
	if s.Rows.Total != nil {
		r.Rows.Total = *s.Rows.Total
	}
	r.Files = s.Files
	return r
}

// after returns the run, updated by a later line about it.
func (r Run) after(later Run) Run {
	later.Began = r.Began
	later.Plan = cmp.Or(later.Plan, r.Plan)
	later.Compared = later.Compared || r.Compared
	for _, one := range r.SetAside {
		if !slices.Contains(later.SetAside, one) {
			later.SetAside = append(later.SetAside, one)
		}
	}
	return later
}

// Runs are the runs of a history, oldest first.
type Runs []Run

// Last returns the latest run.
func (rs Runs) Last() (Run, bool) {
	if len(rs) == 0 {
		return Run{}, false
	}
	return rs[len(rs)-1], true
}

// Find returns the run with this id.
func (rs Runs) Find(id string) (Run, bool) {
	for _, r := range rs {
		if r.ID == id {
			return r, true
		}
	}
	return Run{}, false
}

// IsOpenUndo reports whether the run undoes an earlier one, and was stopped or killed.
func (rs Runs) IsOpenUndo(run Run) bool {
	return run.State != notify.Finished && slices.ContainsFunc(rs, func(r Run) bool {
		undo := r.Files.Undo
		return undo != "" && r.ID != run.ID && (run.Sheet.Name == undo || slices.Contains(rs.AsideOf(undo), run.Sheet.Name))
	})
}

// IsRepeated reports whether a later run had the same sheet.
func (rs Runs) IsRepeated(run Run) bool {
	return slices.ContainsFunc(rs, func(r Run) bool { return r.Sheet.Name == run.Sheet.Name && r.Began.After(run.Began) })
}

// UndoneBy returns the run that undid the unfinished run with this id after it began.
func (rs Runs) UndoneBy(id string) (Run, bool) {
	run, _ := rs.Find(id)
	for _, r := range rs {
		if run.Files.Undo != "" && r.Sheet.Name == run.Files.Undo && r.Began.After(run.Began) {
			return r, true
		}
	}
	return Run{}, false
}

// Applied returns the latest run that applied the plan with this identity completely: each row has a result, though
// some may have failed. A run that was stopped or killed does not count.
func (rs Runs) Applied(plan string) (Run, bool) {
	for _, r := range slices.Backward(rs) {
		if plan != "" && r.Plan == plan && r.State == notify.Finished {
			return r, true
		}
	}
	return Run{}, false
}

// AsideOf returns the names under which files at this path have been set aside, oldest first.
func (rs Runs) AsideOf(path string) []string {
	var names []string
	for _, r := range rs {
		for _, one := range r.SetAside {
			if one.File == path && !slices.Contains(names, one.Name) {
				names = append(names, one.Name)
			}
		}
	}
	return names
}
