package late

import (
	"errors"
	"net/http"

	"razebulk/internal/getraze"
)

// MayCome reports whether the service may carry out a request after this: no answer came, or something in between gave
// up. A 500 in the API's words is final.
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
