package update_test

import (
	"testing"

	"razebulk/internal/event"
	"razebulk/internal/sandbox"
	"razebulk/internal/update"
)

// TestASheetIsReadAgainOnlyForWhatChanges counts the passes after the first one and before anything is sent: one for
// names that were not met, one for contacts, one for what is known about the service and may change something.
func TestASheetIsReadAgainOnlyForWhatChanges(t *testing.T) {
	id := uuidOf("a")
	for _, c := range []struct {
		name, sheet    string
		dialect        sandbox.Dialect
		stage, compare bool
		passes         int
	}{
		{"plain", "id,notes\n" + id + ",x\n", sandbox.Documented, false, false, 0},
		{"an owner's id", "id,responsible_user_id\n" + id + ",user-1\n", sandbox.Documented, false, false, 0},
		{"an id that comes twice", "id,responsible_user_id\n" + id + ",user-1\n" + id + ",user-1\n", sandbox.Documented, false, false, 1},
		{"the observed dialect", "id,position\n" + id + ",CEO\n", sandbox.Observed, false, false, 1},
		{"an id that comes twice, where nothing is known", "id,notes\n" + id + ",x\n" + id + ",y\n", sandbox.Documented, false, false, 0},
		{"an owner who is named", "id,owner\n" + id + ",Ana Souza\n", sandbox.Documented, false, false, 1},
		{"a stage", "id,status\n" + id + ",won\n", sandbox.Documented, true, false, 0},
		{"a stage that there isn't", "id,status\n" + id + ",gewonnen\n", sandbox.Documented, true, false, 1},
		{"a comparison", "id,notes\n" + id + ",x\n", sandbox.Documented, false, true, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			passes := 0
			o := engineOptions(t, newService(t, c.dialect, "a"), sheetOf(t, c.sheet))
			o.Sheet.Stage, o.Compare = c.stage, c.compare
			o.Handle = func(e event.Event) {
				if p, is := e.(event.Progress); is && p.Phase == event.Planning && p.Ended {
					passes++
				}
			}
			run, err := update.Prepare(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if err := run.Close(); err != nil {
				t.Error(err)
			}
			if passes != c.passes {
				t.Errorf("%d passes, want %d", passes, c.passes)
			}
		})
	}
}
