//go:build !unix

package cli_test

// platformPrograms is empty here: the scripts skip what needs Unix.
var platformPrograms map[string]func()
