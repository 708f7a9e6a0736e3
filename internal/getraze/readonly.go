package getraze

import (
	"errors"
	"net/http"
)

// ReadOnly is a transport for dry runs: whatever else goes wrong, no update leaves the machine through it.
type ReadOnly struct{}

// ErrReadOnly is what an update through [ReadOnly] fails with.
var ErrReadOnly = errors.New("this is a dry run: nothing is sent")

// RoundTrip implements [http.RoundTripper]. It refuses every request that isn't a GET.
func (ReadOnly) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Method != http.MethodGet {
		if request.Body != nil {
			_ = request.Body.Close()
		}
		return nil, ErrReadOnly
	}
	return http.DefaultTransport.RoundTrip(request)
}
