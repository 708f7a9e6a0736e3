package update

import (
	"errors"
	"io/fs"
	"testing"

	"razebulk/internal/reason"
)

// TestWhatCantBeBesideTheSheetHasItsOwnReason has the errors of a folder instead of the folder, as root may write to
// every folder.
func TestWhatCantBeBesideTheSheetHasItsOwnReason(t *testing.T) {
	locked := reason.New("folder_not_writable", "file", "d.failed.csv", "folder", "/ro").Because(fs.ErrPermission)
	var why reason.Reason
	if err := besideSheet(locked); !errors.As(err, &why) || why.Code != "sheet_folder_not_writable" || why.Params["file"] != "d.failed.csv" || why.Params["folder"] != "/ro" || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
	other := reason.New("not_a_file", "file", "d.failed.csv")
	if err := besideSheet(other); !errors.Is(err, other) {
		t.Errorf("got %v", err)
	}
}
