// Package signals ends what runs when somebody interrupts it.
package signals

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// ErrInterrupted is the cause of a context that an interrupt has ended.
var ErrInterrupted = errors.New("interrupted")

// OutliveReaders is for a command that goes on when whoever reads its messages has gone, as results must be recorded.
// Another one ends then without a word, as people expect of "export | head".
func OutliveReaders() { signal.Ignore(syscall.SIGPIPE) }

// OnInterrupt gives two contexts. The first interrupt (or SIGTERM, or a terminal that is closed) ends next, so that
// nothing new begins, and calls first; the second one also ends inFlight, so that nothing goes on.
func OnInterrupt(first func()) (next, inFlight context.Context, release func()) {
	next, stopNext := context.WithCancelCause(context.Background())
	inFlight, stopInFlight := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(sig) { // as nohup has it
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
