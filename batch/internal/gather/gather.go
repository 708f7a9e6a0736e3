// Package gather takes together what waits in a channel.
package gather

import "runtime"

// Waiting adds to what was taken all that senders to an unbuffered channel have ready. Those who are about to send come
// first: on a busy machine each would otherwise be alone.
func Waiting[T any](from <-chan T, taken []T) []T {
	runtime.Gosched()
	for {
		select {
		case one, ok := <-from:
			if !ok {
				return taken
			}
			taken = append(taken, one)
		default:
			return taken
		}
	}
}
