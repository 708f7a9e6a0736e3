package getraze

import (
	"net/http"

	"razebulk/internal/reason"
)

// ReadOnly is a transport for dry runs: whatever else goes wrong, only GET requests reach Next. It is safe for
// concurrent use if Next is.
type ReadOnly struct{ Next http.RoundTripper }

// ErrReadOnly is returned for a request that [ReadOnly] refused.
var ErrReadOnly error = reason.New("dry_run")

// RoundTrip implements [http.RoundTripper].
func (r ReadOnly) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Method != http.MethodGet {
		if request.Body != nil {
			_ = request.Body.Close()
		}
		return nil, ErrReadOnly
	}
	return r.Next.RoundTrip(request)
}

// CloseIdleConnections closes the idle connections of Next, if it has any.
func (r ReadOnly) CloseIdleConnections() {
	if next, ok := r.Next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}
