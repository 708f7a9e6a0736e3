// Package sandbox is the GetRaze External API in one process: an [http.Handler] with opportunities in memory, keys,
// an hourly quota, the service's errors and, on request, its faults. It speaks either dialect of docs/api.md. It
// serves first runs, demonstrations and tests.
//
// It is an independent reading of the contract and shares no code with the client, so that a mistake in one cannot
// hide in the other.
package sandbox

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"razebulk/internal/sandbox/internal/inprocess"
)

// Server is the API on opportunities in memory. It is an [http.Handler], safe for concurrent use, that starts no
// goroutines and needs no closing.
type Server struct {
	options  Options
	keys     map[string]Key
	dialect  dialect
	observed *observed // the same as dialect; nil in the documented dialect

	mu       sync.Mutex        // guards all fields below
	windows  map[string]window // by key
	draws    *rand.Rand
	requests []Request
}

// New returns a server. It does not retain the slices in o.
func New(o Options) *Server {
	o = o.withDefaults()
	s := &Server{
		options: o,
		keys:    make(map[string]Key),
		windows: make(map[string]window),
		draws:   rand.New(rand.NewPCG(o.Faults.Seed, 0)),
	}
	for _, key := range o.Keys {
		s.keys[key.Value] = key
	}
	switch o.Dialect {
	case Documented:
		s.dialect = newDocumented(o, s.now)
	case Observed:
		s.observed = newObserved(o, s.now)
		s.dialect = s.observed
	default:
		panic("sandbox: unknown dialect " + string(o.Dialect))
	}
	return s
}

// Opportunity returns a copy of what is stored under id, and whether there is anything. In the observed dialect the
// id may have any spelling, the contact's fields are those of the opportunity's contact, null is "", and Status is
// empty: the stage is in StageID, Stage, PipelineID and Pipeline.
func (s *Server) Opportunity(id string) (Opportunity, bool) { return s.dialect.opportunity(id) }

// Transport returns a way to the server without a socket: each request is served in its caller's goroutine, so that a
// client under [testing/synctest] can wait on the server's time. If a connection breaks off, the error wraps
// [syscall.ECONNRESET], or is the error of the request's context if that has ended. It is safe for concurrent use.
func (s *Server) Transport() http.RoundTripper { return inprocess.Transport(s) }

// ServeHTTP answers one request. It panics with [http.ErrAbortHandler] where the connection is to break off: at a
// reset, and if the request's context ends first.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := readCall(w, r)
	entry := s.record(c)
	wait(r.Context(), s.options.Faults.Latency)
	a := s.answer(r, c)
	s.recordAnswer(entry, a.status)
	a.write(w, s.now())
}

// answer charges the request to its key before it checks anything except a bad body: a request that is refused counts
// as well.
func (s *Server) answer(r *http.Request, c call) answer {
	if a, bad := s.dialect.badBody(c); bad {
		return a
	}
	key, code := s.authenticate(r.Header, c)
	if code != "" {
		return s.dialect.unauthorized(c, code)
	}
	q := s.charge(key)
	c.keyLimit = q.limit
	a := s.admit(r.Context(), key, c, q)
	q.describe(a.header)
	return a
}

func (s *Server) admit(ctx context.Context, key Key, c call, q quota) answer {
	switch {
	case q.over:
		return s.dialect.overQuota(c, q)
	case c.kind == unknownCall:
		return s.dialect.noRoute(c)
	case !key.allows(c):
		return s.dialect.forbidden(c, key)
	case c.tooLarge:
		return s.dialect.tooLarge()
	}
	return s.act(ctx, c)
}

func (s *Server) now() time.Time { return time.Now().Add(s.options.ClockOffset) }
