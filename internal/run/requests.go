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

// Options say how the requests of a run are made.
type Options struct {
	// API says where the service is. Connections are set from Workers.
	API getraze.Options
	// Workers is how many requests may be under way at once, and Retries how often one is tried again after a transient
	// failure.
	Workers, Retries int
	// PerSecond is how many requests may go out in a second; 0 is no limit.
	PerSecond float64
	// Reserve is what stays unspent of every window of the quota.
	Reserve pace.Share
	// MaxDuration is how long the run may take, from when it is prepared; 0 is no limit.
	MaxDuration time.Duration
	// Dialect is what is known of the service's dialect already, and Detected is called when an answer first shows which
	// it is; nil is for nobody.
	Dialect  getraze.Dialect
	Detected func(getraze.Dialect)
	// Interactive reports that somebody waits at a terminal. Then, and where nothing is to be changed, an address that
	// never answers is tried for a minute, and not as long as any outage.
	Interactive bool
	// Log has a line for each request; nil is none.
	Log *slog.Logger
}

// Requests makes the requests of one run. It is safe for concurrent use.
type Requests struct {
	Client *getraze.Client
	Pacer  *pace.Pacer
	// Dialect is the one that the service speaks, as far as it is known.
	Dialect *dialect.Detector
	options Options
	events  *Events
}

// Open checks the options and makes no request. What it returns must be closed.
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
	if o.MaxDuration > 0 {
		limits.Deadline = time.Now().Add(o.MaxDuration)
	}
	detected := func(d getraze.Dialect) {
		events.Emit(event.DialectDetected{Dialect: d})
		if o.Detected != nil {
			o.Detected(d)
		}
	}
	return &Requests{client, pace.NewPacer(limits), dialect.New(o.Dialect, detected), o, events}, nil
}

// Close lets go of the connections.
func (r *Requests) Close() { r.Client.CloseIdleConnections() }

// Spent is what the requests have taken so far.
func (r *Requests) Spent() event.Spent {
	reads, writes := r.Client.Requests()
	return event.Spent{Reads: reads, Writes: writes, Quota: r.Pacer.Window(), Waits: r.Pacer.Spent(), Outages: r.Pacer.Outages()}
}

// Job is one that sends rows, until it is told which.
func (r *Requests) Job() batch.Job {
	return batch.Job{Client: r.Client, Pacer: r.Pacer, Workers: r.options.Workers, Retries: r.options.Retries, Log: r.options.Log}
}

// Cost is what further requests take, as far as the quota is known.
func (r *Requests) Cost(requests int) event.Cost {
	outlook := r.Pacer.Outlook(requests)
	most := r.options.MaxDuration
	return event.Cost{Requests: requests, Outlook: outlook, TooLong: most > 0 && time.Until(outlook.Done) > most}
}
