package run

import (
	"log/slog"
	"time"

	"razebulk/batch"
	"razebulk/batch/dialect"
	"razebulk/batch/pace"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
)

// Options specify how the requests of a run are made.
type Options struct {
	// API says where the service is. Connections are set from Workers.
	API getraze.Options
	// Workers is how many requests may be in flight at once, and Retries how often one is retried after a transient
	// failure.
	Workers, Retries int
	// PerSecond is how many requests may go out in a second; 0 means no limit.
	PerSecond float64
	// Reserve is the part of every window of the quota that stays unused.
	Reserve pace.Share
	// MaxDuration is how long the run may take, from [Open] or [Requests.CountFromNow] on; 0 means no limit.
	MaxDuration time.Duration
	// Windows are the windows of the quota that earlier runs of this process knew; nil means none.
	Windows *Windows
	// Dialect is what is already known of the service's dialect. Detected is called when an answer first shows the
	// dialect; nil means no call.
	Dialect  getraze.Dialect
	Detected func(getraze.Dialect)
	// Interactive reports that somebody waits at a terminal. In this case, or if nothing is to be changed, an address that
	// never answers is tried for only a minute, not as long as in other outages.
	Interactive bool
	// Log gets a line for each request; nil means no log.
	Log *slog.Logger
}

// Requests makes the requests of one run. It is safe for concurrent use.
type Requests struct {
	Client *getraze.Client
	Pacer  *pace.Pacer
	// Dialect is the dialect that the service speaks, as far as it is known.
	Dialect *dialect.Detector
	options Options
	events  *Events
}

// Open checks the options and makes no request. The result must be closed.
func Open(o Options, events *Events) (*Requests, error) {
	o.API.Connections = o.Workers
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	client, err := getraze.New(o.API)
	if err != nil {
		return nil, err
	}
	limits := pace.Limits{
		PerSecond: o.PerSecond, Reserve: o.Reserve, Warn: events.Warn, Address: o.API.BaseURL,
	}
	if o.Interactive || o.API.ReadOnly {
		limits.MaxUnanswered = time.Minute
	}
	detected := func(d getraze.Dialect) {
		events.Emit(event.DialectDetected{Dialect: d})
		if o.Detected != nil {
			o.Detected(d)
		}
	}
	r := &Requests{client, pace.NewPacer(limits), dialect.New(o.Dialect, detected), o, events}
	r.CountFromNow()
	if o.Windows != nil {
		o.Windows.resume(r.Pacer, o.API)
	}
	return r, nil
}

// CountFromNow counts the run's maximum duration from now on.
func (r *Requests) CountFromNow() {
	if most := r.options.MaxDuration; most > 0 {
		r.Pacer.EndBy(time.Now().Add(most))
	}
}

// Close closes idle connections, and remembers the window of the quota.
func (r *Requests) Close() {
	r.Client.CloseIdleConnections()
	if known := r.options.Windows; known != nil {
		known.remember(r.Pacer, r.options.API)
	}
}

// Spent returns what the requests have used so far.
func (r *Requests) Spent() event.Spent {
	reads, writes := r.Client.Requests()
	return event.Spent{Reads: reads, Writes: writes, Quota: r.Pacer.Window(), Waits: r.Pacer.Spent(), Outages: r.Pacer.Outages()}
}

// Job returns a job that sends rows; the caller sets which rows.
func (r *Requests) Job() batch.Job {
	return batch.Job{Client: r.Client, Pacer: r.Pacer, Workers: r.options.Workers, Retries: r.options.Retries, Log: r.options.Log}
}

// Cost returns what further requests will take, as far as the quota is known.
func (r *Requests) Cost(requests int) event.Cost {
	outlook := r.Pacer.Outlook(requests)
	most := r.options.MaxDuration
	return event.Cost{Requests: requests, Outlook: outlook, TooLong: most > 0 && time.Until(outlook.Done) > most}
}
