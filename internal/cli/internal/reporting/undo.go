package reporting

import (
	"path/filepath"

	"razebulk/internal/history"
	"razebulk/internal/reason"
)

// UndoFlags returns the flags of the run that undoing it also needs.
func UndoFlags(run history.Run) (flags []string) {
	if run.Stage {
		flags = append(flags, "--stage")
	}
	if run.StateFile != "" {
		flags = append(flags, "--state", run.StateFile)
	}
	return flags
}

// MayResume returns why the run with this id must not be resumed: it was undone, so that its results are no longer
// true. Without a history it returns nil.
func MayResume(id string) error {
	file, err := history.Open()
	if err != nil {
		return nil //nolint:nilerr // nothing is known
	}
	runs, _, err := file.Read()
	if err != nil {
		return nil //nolint:nilerr // as above
	}
	if by, undone := runs.UndoneBy(id); undone {
		return reason.New("resume_undone", "run", id, "by", by.ID)
	}
	return nil
}

// ToUndo returns the run with this id, or the latest one for "last" or "", if it has an undo file.
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
