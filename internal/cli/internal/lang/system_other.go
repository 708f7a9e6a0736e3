//go:build !windows

package lang

// system returns nothing: the environment variables have the language.
func system() string { return "" }
