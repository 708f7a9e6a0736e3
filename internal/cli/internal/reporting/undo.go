package reporting

import (
	"errors"
	"fmt"
	"path/filepath"

	"razebulk/internal/history"
	"razebulk/internal/words"
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
		return run, errors.New("there is no run to undo")
	case !found:
		return run, fmt.Errorf("there is no run %s; razebulk runs lists them", words.Quote(id))
	case run.Files.Undo != "":
		return run, nil
	}
	why := fmt.Sprintf("run %s, of %s, has left no undo file", run.ID, filepath.Base(run.Sheet.Name))
	if !run.Compared {
		why += ": it was one without --compare"
	}
	return run, errors.New(why + "; razebulk runs lists those that have one")
}
