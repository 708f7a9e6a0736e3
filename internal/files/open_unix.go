//go:build unix

package files

import "syscall"

// noFollow opens no link, and does not wait for the other end of a pipe.
const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// locksWhatIsRenamed tells that a file can be renamed while it is locked.
const locksWhatIsRenamed = true
