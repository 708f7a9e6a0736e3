package run

import (
	"os"
	"strings"
)

// IsAddress reports whether the name of a file is instead the address of a web page, such as a sheet in a browser.
func IsAddress(file string) bool {
	if !strings.HasPrefix(file, "http://") && !strings.HasPrefix(file, "https://") {
		return false
	}
	_, err := os.Stat(file)
	return err != nil
}
