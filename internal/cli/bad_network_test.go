package cli_test

import (
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"
)

// fault is a network fault that affects a share of the connections, in one direction.
type fault struct {
	requests  bool          // to the service; otherwise from it
	share     float64       // of the connections that are affected
	latency   time.Duration // of each chunk, on average; random, up to twice as much
	rate      int           // bytes a second
	limit     int           // bytes that pass before the connection closes
	swallows  bool          // nothing passes
	ends      time.Duration // when swallows or resets ends the connection, after the first chunk; 0 with swallows: never
	resets    bool          // nothing passes, and the first chunk resets the connection, after ends
	slowClose time.Duration // how long closing takes to reach the other side
}

// badNetwork is a proxy that forwards connections to a service, with faults.
type badNetwork struct {
	listener net.Listener
	service  string

	lock    sync.Mutex // guards the fields below
	faults  []fault
	open    map[*net.TCPConn]bool
	closed  bool
	carried sync.WaitGroup
}

// newBadNetwork starts a network with the faults. It is closed when the test ends.
func newBadNetwork(t *testing.T, service string, faults []fault) *badNetwork {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &badNetwork{listener: listener, service: service, faults: faults, open: map[*net.TCPConn]bool{}}
	n.carried.Go(n.accept)
	t.Cleanup(n.close)
	return n
}

func (n *badNetwork) address() string { return n.listener.Addr().String() }

// heal removes the faults for new connections.
func (n *badNetwork) heal() {
	n.lock.Lock()
	defer n.lock.Unlock()
	n.faults = nil
}

func (n *badNetwork) accept() {
	for {
		client, err := n.listener.Accept()
		if err != nil {
			return
		}
		service, err := net.Dial("tcp", n.service)
		if err != nil || !n.carry(client.(*net.TCPConn), service.(*net.TCPConn)) {
			_ = client.Close()
		}
	}
}

// carry picks the faults of a connection at random and starts forwarding it. It returns false if the network is
// closed.
func (n *badNetwork) carry(client, service *net.TCPConn) bool {
	n.lock.Lock()
	defer n.lock.Unlock()
	if n.closed {
		_ = service.Close()
		return false
	}
	var up, down []fault
	for _, f := range n.faults {
		switch {
		case rand.Float64() >= f.share:
		case f.requests:
			up = append(up, f)
		default:
			down = append(down, f)
		}
	}
	n.open[client], n.open[service] = true, true
	n.carried.Go(func() { n.direction(service, client, up) })
	n.carried.Go(func() { n.direction(client, service, down) })
	return true
}

// direction forwards from's data to to until one side closes, then closes both.
func (n *badNetwork) direction(to, from *net.TCPConn, faults []fault) {
	buffer, passed := make([]byte, 4<<10), 0
	for {
		size, err := from.Read(buffer)
		if err != nil {
			break
		}
		piece, ends := buffer[:size], false
		for _, f := range faults {
			piece, ends = f.apply(piece, passed, to, from)
			if ends {
				break
			}
		}
		if _, err := to.Write(piece); err != nil || ends {
			break
		}
		passed += len(piece)
	}
	for _, f := range faults {
		time.Sleep(f.slowClose)
	}
	n.end(to, from)
}

// apply applies the fault to a chunk, after passed bytes. It returns what is left of the chunk, and whether the
// connection ends after it.
func (f fault) apply(piece []byte, passed int, to, from *net.TCPConn) ([]byte, bool) {
	switch {
	case f.resets:
		time.Sleep(f.ends)
		_ = to.SetLinger(0)
		_ = from.SetLinger(0)
		return nil, true
	case f.swallows && f.ends == 0:
		_, _ = io.Copy(io.Discard, from)
		return nil, true
	case f.swallows:
		time.Sleep(f.ends)
		return nil, true
	case f.limit > 0 && passed+len(piece) > f.limit:
		return piece[:f.limit-passed], true
	case f.rate > 0:
		time.Sleep(time.Duration(len(piece)) * time.Second / time.Duration(f.rate))
	case f.latency > 0:
		time.Sleep(rand.N(2 * f.latency))
	}
	return piece, false
}

func (n *badNetwork) end(connections ...*net.TCPConn) {
	n.lock.Lock()
	defer n.lock.Unlock()
	for _, c := range connections {
		_ = c.Close()
		delete(n.open, c)
	}
}

// close closes all connections and waits until forwarding has stopped.
func (n *badNetwork) close() {
	_ = n.listener.Close()
	n.lock.Lock()
	n.closed = true
	for c := range n.open {
		_ = c.Close()
	}
	n.lock.Unlock()
	n.carried.Wait()
}
