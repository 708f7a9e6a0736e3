package sandbox

import (
	"context"
	"net/http"
	"time"
)

// Faults specify what goes wrong. Each share, from 0 to 1, is of the requests that have a valid key and are within
// the quota. A request meets at most one fault, and still counts against the quota.
type Faults struct {
	// Latency passes before each answer.
	Latency time.Duration
	// Error500 is the share answered with a JSON 500; nothing is stored.
	Error500 float64
	// HTML502 is the share answered with a proxy's HTML page; nothing is stored.
	HTML502 float64
	// Reset is the share carried out in full, after which the connection breaks off without an answer.
	Reset float64
	// Hang is the share that gets no answer until the request's context ends; nothing is stored.
	Hang float64
	// Seed decides which requests meet a fault, by the order in which they arrive.
	Seed uint64
}

type fault int

const (
	noFault fault = iota
	error500
	html502
	reset
	hang
)

// act carries out the call, unless a fault is drawn for it.
func (s *Server) act(ctx context.Context, c call) answer {
	switch s.drawFault() {
	case error500:
		return internalError("An unexpected error occurred")
	case html502:
		return badGateway()
	case reset:
		s.dialect.act(c)
		panic(http.ErrAbortHandler)
	case hang:
		<-ctx.Done()
		panic(http.ErrAbortHandler)
	}
	return s.dialect.act(c)
}

func (s *Server) drawFault() fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, draw := s.options.Faults, s.draws.Float64()
	for _, share := range []struct {
		of   float64
		kind fault
	}{{f.Error500, error500}, {f.HTML502, html502}, {f.Reset, reset}, {f.Hang, hang}} {
		if draw < share.of {
			return share.kind
		}
		draw -= share.of
	}
	return noFault
}

// wait breaks off the connection if the client does not wait that long.
func wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		panic(http.ErrAbortHandler)
	}
}
