// Package sandbox is the GetRaze External API in one process: an [http.Handler]
// with opportunities in memory, keys, an hourly quota, the service's errors and,
// when asked, its faults. It serves first runs, demonstrations and tests.
//
// It is a reading of the contract of its own and shares no code with the client,
// so that a mistake in the one cannot hide in the other.
package sandbox

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// DefaultKey is the key, with both permissions, of a server that was given none.
const DefaultKey = "gr_live_sandbox"

// What a server has that was told nothing else.
const (
	defaultLimit  = 1000
	defaultWindow = time.Hour
)

// Options say how a [Server] behaves. The zero value is the service as documented,
// on the Pro plan, with the opportunities of [Seeds].
type Options struct {
	// Keys are the API keys that are known; none means DefaultKey with both permissions.
	Keys []Key
	// Opportunities are what is stored at first; nil means Seeds(). Of two with one id the later stays.
	Opportunities []Opportunity
	// Seen makes the server behave as the real service was seen to, rather than as it is documented.
	Seen bool
	// Limit is the number of requests for each key and window; 0 means 1000.
	Limit int
	// Window is the length of a quota window; 0 means one hour. Windows are aligned to
	// the server's clock and not to a key's first request.
	Window time.Duration
	// ClockOffset is how far the server's clock is ahead of ours.
	ClockOffset time.Duration
	// Ignored names fields that a PUT accepts, answers with success, and does not store.
	Ignored []string
	// Record keeps every request for [Server.Requests]; the record grows without bound.
	Record bool
	// Faults are what goes wrong, and how often.
	Faults Faults
}

// Key is an API key and its permissions: Read is opportunities:read, Write is opportunities:write.
type Key struct {
	Value       string
	Read, Write bool
}

// Server is the API over opportunities in memory. It is an [http.Handler], safe for
// concurrent use, that starts no goroutines and needs no closing.
type Server struct {
	options Options
	keys    map[string]Key
	ignored map[string]bool

	mu            sync.Mutex // guards all below
	opportunities map[string]Opportunity
	windows       map[string]window // by key
	draws         *rand.Rand
	requests      []Request
}

// New makes a server. It keeps no hold on the slices in o.
func New(o Options) *Server {
	o = o.withDefaults()
	s := &Server{
		options:       o,
		keys:          make(map[string]Key),
		ignored:       make(map[string]bool),
		opportunities: make(map[string]Opportunity, len(o.Opportunities)),
		windows:       make(map[string]window),
		draws:         rand.New(rand.NewPCG(o.Faults.Seed, 0)),
	}
	for _, key := range o.Keys {
		s.keys[key.Value] = key
	}
	for _, name := range o.Ignored {
		s.ignored[name] = true
	}
	for _, opportunity := range o.Opportunities {
		s.opportunities[opportunity.ID] = opportunity
	}
	return s
}

func (o Options) withDefaults() Options {
	if len(o.Keys) == 0 {
		o.Keys = []Key{{Value: DefaultKey, Read: true, Write: true}}
	}
	if o.Opportunities == nil {
		o.Opportunities = Seeds()
	}
	if o.Limit == 0 {
		o.Limit = defaultLimit
	}
	if o.Window == 0 {
		o.Window = defaultWindow
	}
	return o
}

// Opportunity is a copy of what is stored under id, and whether there is any.
func (s *Server) Opportunity(id string) (Opportunity, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.opportunities[id]
	return o, ok
}

// ServeHTTP answers one request. It panics with [http.ErrAbortHandler] where the
// connection is to break off: at a reset, and when the request's context ends first.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := readCall(w, r)
	entry := s.record(c)
	wait(r.Context(), s.options.Faults.Latency)
	a := s.answer(r, c)
	s.recordStatus(entry, a.status)
	a.write(w, s.now())
}

// answer charges the request to its key before anything else is looked at: a request
// that is refused counts as well.
func (s *Server) answer(r *http.Request, c call) answer {
	key, code := s.authenticate(r.Header)
	if code != "" {
		if c.action == nil {
			return routeNotFound(c)
		}
		return failure(http.StatusUnauthorized, code, authMessages[code])
	}
	q := s.charge(key.Value)
	a := s.admit(r.Context(), key, c, q)
	q.describe(a.header)
	return a
}

func (s *Server) admit(ctx context.Context, key Key, c call, q quota) answer {
	switch {
	case q.over:
		return s.overQuota(q)
	case c.action == nil:
		return routeNotFound(c)
	case !key.allows(c.method):
		return failure(http.StatusForbidden, "INSUFFICIENT_PERMISSIONS", "API key lacks the permission for this call")
	case c.tooLarge:
		return failure(http.StatusRequestEntityTooLarge, "PAYLOAD_TOO_LARGE", "Request body is too large")
	}
	return s.act(ctx, c)
}

func (s *Server) now() time.Time { return time.Now().Add(s.options.ClockOffset) }
