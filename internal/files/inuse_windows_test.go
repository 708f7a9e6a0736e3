package files

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"

	"razebulk/internal/reason"
)

func TestAFileThatIsOpenInExcelCannotBeReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.results.csv")
	if err := os.WriteFile(path, []byte("row\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := CheckReplaceable(path); err != nil {
		t.Errorf("nobody has it open: %v", err)
	}
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	// Excel lets others read, but nothing else.
	handle, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, windows.FILE_SHARE_READ, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(handle)
	var why reason.Reason
	if err := CheckReplaceable(path); !errors.As(err, &why) || why.Code != "file_open_elsewhere" {
		t.Errorf("open elsewhere: %v", err)
	}
	if _, err := SetAside(path); err == nil {
		t.Error("the file could be renamed all the same: the check is not needed")
	}
}
