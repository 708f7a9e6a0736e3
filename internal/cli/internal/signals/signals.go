// Package signals ends a run when the user interrupts it.
package signals

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"razebulk/internal/reason"
)

// ErrInterrupted is the cause of a context that an interrupt has ended.
var ErrInterrupted error = reason.New("only_interrupted")

// OutliveReaders is for a command that continues when the reader of its messages has gone, because results must be
// recorded. Other commands then end silently, as people expect from "export | head".
func OutliveReaders() { signal.Ignore(syscall.SIGPIPE) }

// OnInterrupt returns two contexts. The first interrupt (or SIGTERM, or a closed terminal) ends next, so that nothing
// new begins, and calls first; the second one also ends inFlight, so that nothing continues.
func OnInterrupt(first func()) (next, inFlight context.Context, release func()) {
	next, stopNext := context.WithCancelCause(context.Background())
	inFlight, stopInFlight := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(sig) { // as under nohup
			signal.Notify(signals, sig)
		}
	}
	released, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		defer signal.Stop(signals) // a third one ends the process, should anything hang
		for _, stop := range []context.CancelCauseFunc{stopNext, stopInFlight} {
			select {
			case <-signals:
				stop(ErrInterrupted)
				first()
				first = func() {}
			case <-released:
				return
			}
		}
	}()
	return next, inFlight, func() {
		signal.Stop(signals)
		close(released)
		<-ended
		stopNext(nil)
		stopInFlight(nil)
	}
}
