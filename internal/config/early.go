package config

import (
	"os"
	"path/filepath"

	"razebulk/internal/lazyregexp"
)

// OwnFile returns the file that is always read if it exists; "" if this system has no place for it.
func OwnFile() string {
	folder, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "razebulk", "config.yaml")
}

var language = lazyregexp.New(`(?m)^lang:[ \t]*["']?([A-Za-z_-]+)["']?[ \t\r]*(#.*)?$`)

// LanguageIn returns the language that a settings file names outside its profiles, also if the file has errors, so that
// these can be reported in that language. It returns "" if there is none.
func LanguageIn(path string) string {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() { // a pipe can be read only once
		return ""
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	if found := language.FindStringSubmatch(string(text)); found != nil {
		return found[1]
	}
	return ""
}
