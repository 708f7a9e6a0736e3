package late

import (
	"errors"
	"net/http"

	"razebulk/internal/getraze"
)

// MayCome reports whether the service may still carry out the request: no answer came, or something in between gave up.
// A 500 from the API itself is final.
func MayCome(answer getraze.Answer, err error) bool {
	switch status := answer.HTTPStatus; {
	case err == nil || errors.As(err, new(*getraze.NotSentError)):
		return false
	case status == http.StatusInternalServerError:
		return !errors.As(err, new(*getraze.APIError))
	default:
		return status == 0 || status > http.StatusInternalServerError
	}
}
