package sandbox

import (
	"slices"
	"time"
)

// Request is a request that arrived, and how it was answered.
type Request struct {
	Time     time.Time // when it arrived, by our clock and not the server's
	Answered time.Time // when its answer was made, by our clock; zero while there is none
	Method   string
	Path     string // as sent: escaped, with any prefix, without the query
	Query    string // as sent, without the question mark
	ID       string // of the opportunity, unescaped; empty for a list
	Status   int    // as answered; 0 while there is no answer, and for good if the connection broke off
	Body     string
}

// Requests returns the requests so far, in the order in which they arrived; none unless Options.Record is set.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// record returns the entry for recordAnswer to complete.
func (s *Server) record(c call) int {
	if !s.options.Record {
		return -1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, Request{
		Time: time.Now(), Method: c.method, Path: c.path, Query: c.rawQuery, ID: c.id, Body: string(c.body),
	})
	return len(s.requests) - 1
}

func (s *Server) recordAnswer(entry, status int) {
	if entry < 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests[entry].Status, s.requests[entry].Answered = status, time.Now()
}
