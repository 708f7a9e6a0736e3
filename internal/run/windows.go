package run

import (
	"sync"

	"razebulk/batch/pace"
	"razebulk/internal/getraze"
)

// Windows remembers what the latest run of each key knew about the quota, for the next run of this process: a window
// that is spent costs no refused request. Its zero value knows nothing. It is safe for concurrent use.
type Windows struct{ known sync.Map }

// account is what a quota belongs to.
type account struct{ address, key string }

func accountOf(o getraze.Options) account { return account{o.BaseURL, o.Key} }

// resume tells the pacer of a run what is remembered.
func (w *Windows) resume(p *pace.Pacer, o getraze.Options) {
	if known, ok := w.known.Load(accountOf(o)); ok {
		p.Resume(known.(pace.Window))
	}
}

// remember takes over what the pacer of a run has learned.
func (w *Windows) remember(p *pace.Pacer, o getraze.Options) {
	if known := p.Window(); known.Limit > 0 {
		w.known.Store(accountOf(o), known)
	}
}
