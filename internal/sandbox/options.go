package sandbox

import "time"

// DefaultKey is the key of a server that was given none. It has both permissions.
const DefaultKey = "gr_live_sandbox"

// The defaults of a server whose options don't set them.
const (
	defaultLimit  = 1000
	defaultWindow = time.Hour
)

// Options specify how a [Server] behaves. The zero value is the service as documented, on the Pro plan, with the
// opportunities of [Seeds].
type Options struct {
	// Dialect is Documented or Observed; empty means Documented.
	Dialect Dialect
	// Seen is an alias of Dialect: Observed.
	Seen bool
	// Keys are the known API keys; none means DefaultKey with both permissions.
	Keys []Key
	// Opportunities are stored initially; nil means Seeds() or ObservedSeeds(). Of two with the same id the later one
	// stays.
	Opportunities []Opportunity
	// Limit is the number of requests per key and window; 0 means 1000.
	Limit int
	// Window is the length of a quota window; 0 means one hour. Windows are aligned to the server's clock, not to a
	// key's first request.
	Window time.Duration
	// ClockOffset is how far the server's clock is ahead of ours.
	ClockOffset time.Duration
	// Ignored names fields that a PUT accepts and answers with success, but does not store.
	Ignored []string
	// Record keeps every request for [Server.Requests]; the record grows without bound.
	Record bool
	// Faults specify what goes wrong, and how often.
	Faults Faults

	// The fields below are for the observed dialect only.

	// AlsoStores makes the host a mixture of the dialects: it names documented fields that PUT stores as well. They are
	// position, responsible_user_id, deal_value and deal_currency.
	AlsoStores []string
	// Stages are the existing stages, with their pipelines; nil means DefaultStages(). The stages of the opportunities
	// exist in any case.
	Stages []Stage
	// Users are the users who can own an opportunity, besides the owners of the opportunities.
	Users []User
	// Zone is the time zone of times in answers; nil means UTC.
	Zone *time.Location
	// OrderSeed decides how a list orders rows with equal sort keys.
	OrderSeed uint64
}

// Key is an API key and its permissions: Read is opportunities:read, Write is opportunities:write.
type Key struct {
	Value       string
	Read, Write bool
	// Expired and Revoked keys are refused.
	Expired, Revoked bool
	// Limit is the key's own limit, in requests per window; 0 means Options.Limit.
	Limit int
}

// Stage is a stage of a pipeline.
type Stage struct {
	ID, Name             string
	PipelineID, Pipeline string // the pipeline's id and name
}

// User is someone who can own an opportunity.
type User struct{ ID, Name, Email string }

func (o Options) withDefaults() Options {
	if o.Dialect == "" {
		o.Dialect = Documented
		if o.Seen {
			o.Dialect = Observed
		}
	}
	if len(o.Keys) == 0 {
		o.Keys = []Key{{Value: DefaultKey, Read: true, Write: true}}
	}
	if o.Opportunities == nil {
		o.Opportunities = Seeds()
		if o.Dialect == Observed {
			o.Opportunities = ObservedSeeds()
		}
	}
	if o.Stages == nil {
		o.Stages = DefaultStages()
	}
	if o.Limit == 0 {
		o.Limit = defaultLimit
	}
	if o.Window == 0 {
		o.Window = defaultWindow
	}
	return o
}
