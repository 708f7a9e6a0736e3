//go:build !unix

package cli_test

// platformPrograms is empty here: the scripts skip what needs a Unix.
var platformPrograms map[string]func()
