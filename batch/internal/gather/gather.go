// Package gather collects what is waiting in a channel.
package gather

import "runtime"

// Waiting appends to taken everything that senders to an unbuffered channel have ready. It first yields to those that
// are about to send: on a busy machine each would otherwise be taken alone.
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
