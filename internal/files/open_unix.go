//go:build unix

package files

import "syscall"

// noFollow makes open reject links, and not wait for the other end of a pipe.
const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// locksWhatIsRenamed reports whether a file can be renamed while it is locked.
const locksWhatIsRenamed = true
