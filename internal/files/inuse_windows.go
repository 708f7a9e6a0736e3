package files

import (
	"errors"

	"golang.org/x/sys/windows"

	"razebulk/internal/reason"
)

// checkNotOpen fails if another program has the file open in a way that prevents renaming or replacing it, as Excel
// does.
func checkNotOpen(path string) error {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	const shareAll = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
	handle, err := windows.CreateFile(name, windows.DELETE, shareAll, nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return reason.New("file_open_elsewhere", "file", path)
	}
	if err != nil {
		return nil // whatever it is, replacing the file will report it
	}
	return windows.CloseHandle(handle)
}
