package sandbox

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestResetStoresAndBreaksOff(t *testing.T) {
	s := New(Options{Faults: Faults{Reset: 1}})
	_, err := s.Transport().RoundTrip(newPut(t, t.Context()))
	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v", err)
	}
	if o, _ := s.Opportunity(first); o.Name != "x" {
		t.Errorf("stored %+v", o)
	}
}

func TestTransportUnderAClient(t *testing.T) {
	s := New(Options{})
	client := &http.Client{Transport: s.Transport()}
	request := newPut(t, t.Context())
	r, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	body := bodyOf(t, r)
	if r.Status != "200 OK" || r.Request != request || r.ContentLength != int64(len(body)) {
		t.Errorf("got %s, length %d of %d", r.Status, r.ContentLength, len(body))
	}
	if got := r.Header.Get("Content-Length"); got != strconv.Itoa(len(body)) {
		t.Errorf("Content-Length is %s", got)
	}
}

func TestEndedContextSendsNothing(t *testing.T) {
	s := New(Options{Record: true})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Transport().RoundTrip(newPut(t, ctx))
	if !errors.Is(err, context.Canceled) || len(s.Requests()) != 0 {
		t.Errorf("got %v, %d requests", err, len(s.Requests()))
	}
}

func TestOverSockets(t *testing.T) {
	s := New(Options{Limit: 40, Record: true})
	server := httptest.NewServer(s)
	defer server.Close()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			r := newPut(t, t.Context())
			r.URL.Host = server.Listener.Addr().String()
			response, err := server.Client().Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			response.Body.Close()
		})
	}
	all.Wait()
	answered := map[int]int{}
	for _, r := range s.Requests() {
		answered[r.Status]++
	}
	if diff := cmp.Diff(map[int]int{200: 40, 429: 10}, answered); diff != "" {
		t.Error(diff)
	}
}

func TestHangOverSockets(t *testing.T) {
	s := New(Options{Faults: Faults{Hang: 1}})
	server := httptest.NewServer(s)
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	r := newPut(t, ctx)
	r.URL.Host = server.Listener.Addr().String()
	if _, err := server.Client().Do(r); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
