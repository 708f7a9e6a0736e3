//go:build !unix

package files

// noFollow is nothing: there is no such flag.
const noFollow = 0

// locksWhatIsRenamed tells that a file can be renamed while it is locked. Here one that is open can't be removed
// either.
const locksWhatIsRenamed = false
