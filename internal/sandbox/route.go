package sandbox

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// prefix is where the real service mounts the API; here its calls are at the root as well.
const prefix = "/external/v1"

// maxBody is the most that is read of a request's body, in bytes.
const maxBody = 1 << 20

// call is a request as the actions see it: routed, with its body read.
type call struct {
	method, path string // path as it was sent, still escaped
	id           string // unescaped
	query        url.Values
	body         []byte
	tooLarge     bool
	action       func(*Server, call) answer // nil: there is no such route
}

func readCall(w http.ResponseWriter, r *http.Request) call {
	c := call{method: r.Method, path: r.URL.EscapedPath(), query: r.URL.Query()}
	c.action, c.id = route(c.method, c.path)
	if r.Body == nil {
		return c
	}
	// The whole body is read before anything can wait: net/http only notices
	// a client that went away once its body has been read.
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		c.tooLarge = true
	} else if err != nil {
		panic(http.ErrAbortHandler) // the body broke off, and so did the connection
	}
	c.body = body
	return c
}

// route is not an [http.ServeMux], which would answer an id such as ".." with a redirect.
func route(method, path string) (action func(*Server, call) answer, id string) {
	if rest, ok := strings.CutPrefix(path, prefix+"/"); ok {
		path = "/" + rest
	}
	parts := strings.Split(path, "/")
	if len(parts) < 2 || parts[0] != "" || parts[1] != "opportunities" {
		return nil, ""
	}
	if len(parts) == 2 {
		if method == http.MethodGet {
			return (*Server).list, ""
		}
		return nil, ""
	}
	id, err := url.PathUnescape(parts[2])
	if err != nil || id == "" {
		return nil, ""
	}
	return routeOne(method, parts[3:]), id
}

// routeOne finds the call on one opportunity from what follows its id in the path.
func routeOne(method string, rest []string) func(*Server, call) answer {
	switch {
	case len(rest) == 0 && method == http.MethodGet:
		return (*Server).get
	case len(rest) == 0 && method == http.MethodPut:
		return (*Server).put
	case len(rest) == 1 && rest[0] == "stage" && method == http.MethodPatch:
		return (*Server).patchStage
	}
	return nil
}

func routeNotFound(c call) answer {
	return failure(http.StatusNotFound, "ROUTE_NOT_FOUND", "Route "+c.method+" "+c.path+" not found")
}
