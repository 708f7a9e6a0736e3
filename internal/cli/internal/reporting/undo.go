package reporting

import (
	"path/filepath"

	"razebulk/internal/history"
	"razebulk/internal/reason"
)

// UndoFlags are what the run did that undoing it has to do, too.
func UndoFlags(run history.Run) (flags []string) {
	if run.Stage {
		flags = append(flags, "--stage")
	}
	if run.StateFile != "" {
		flags = append(flags, "--state", run.StateFile)
	}
	return flags
}

// ToUndo is the run that is meant by an id, or by "last" or nothing, if it has an undo file.
func ToUndo(runs history.Runs, id string) (history.Run, error) {
	run, found := runs.Last()
	if id != "" && id != "last" {
		run, found = runs.Find(id)
	}
	switch {
	case !found && len(runs) == 0:
		return run, reason.New("no_run_to_undo")
	case !found:
		return run, reason.New("run_unknown", "run", id)
	case run.Files.Undo != "":
		return run, nil
	}
	return run, reason.New("run_without_undo", "run", run.ID, "file", filepath.Base(run.Sheet.Name), "uncompared", !run.Compared)
}
