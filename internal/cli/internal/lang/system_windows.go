package lang

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var getUserDefaultLocaleName = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetUserDefaultLocaleName")

// system returns the locale of the user's settings, such as "pt-BR"; "" if there is none.
func system() string {
	var name [85]uint16 // LOCALE_NAME_MAX_LENGTH
	if n, _, _ := getUserDefaultLocaleName.Call(uintptr(unsafe.Pointer(&name[0])), uintptr(len(name))); n == 0 {
		return ""
	}
	return windows.UTF16ToString(name[:])
}
