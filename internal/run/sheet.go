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

// FileName is what messages call a file before it is open.
func FileName(file string) string {
	if file == "-" {
		return "standard input"
	}
	return file
}
