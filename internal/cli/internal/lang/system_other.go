//go:build !windows

package lang

// system returns "": the environment variables specify the language.
func system() string { return "" }
