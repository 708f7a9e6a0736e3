//go:build !unix

package files

// noFollow is 0: there is no such flag.
const noFollow = 0

// locksWhatIsRenamed reports whether a file can be renamed while it is locked. On this system an open file can't be
// removed either.
const locksWhatIsRenamed = false
