package run

import (
	"os"
	"strings"
)

// IsAddress tells whether what should name a file is the address of a web page, such as that of a sheet in a browser.
func IsAddress(file string) bool {
	if !strings.HasPrefix(file, "http://") && !strings.HasPrefix(file, "https://") {
		return false
	}
	_, err := os.Stat(file)
	return err != nil
}
