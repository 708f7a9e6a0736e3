package sandbox

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// prefix is where the real service mounts the API; here its calls work at the root as well.
const prefix = "/external/v1"

// maxBody is the maximum number of bytes read of a request's body.
const maxBody = 1 << 20

// callKind is what a request asks for.
type callKind int

const (
	unknownCall callKind = iota // no such route
	infoCall                    // the base URL itself
	listCall
	getCall
	putCall
	stageCall
)

// call is a request as the dialects see it: routed, with its body read.
type call struct {
	kind         callKind
	method, path string // path as sent, still escaped
	id           string // unescaped
	rawQuery     string
	query        url.Values
	body         []byte
	tooLarge     bool
	keyLimit     int // of the key, in requests per window
}

func readCall(w http.ResponseWriter, r *http.Request) call {
	c := call{method: r.Method, path: r.URL.EscapedPath(), rawQuery: r.URL.RawQuery, query: r.URL.Query()}
	c.kind, c.id = route(c.method, c.mounted())
	if r.Body == nil {
		return c
	}
	// The whole body is read before anything can wait: net/http only notices that a client has gone away once its body
	// has been read.
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		c.tooLarge = true
	} else if err != nil {
		panic(http.ErrAbortHandler) // the body was cut off, and so was the connection
	}
	c.body = body
	return c
}

// mounted returns the path as the real service has it, with its prefix.
func (c call) mounted() string {
	if c.path == prefix || strings.HasPrefix(c.path, prefix+"/") {
		return c.path
	}
	return prefix + c.path
}

// urlLength returns the number of characters of the URL as the real service has it.
func (c call) urlLength() int {
	if c.rawQuery == "" {
		return len(c.mounted())
	}
	return len(c.mounted()) + len("?") + len(c.rawQuery)
}

// route is not an [http.ServeMux], which would answer an id such as ".." with a redirect.
func route(method, path string) (callKind, string) {
	path = strings.TrimPrefix(path, prefix)
	if path == "" || path == "/" {
		return only(method, http.MethodGet, infoCall), ""
	}
	parts := strings.Split(path, "/")
	if len(parts) < 2 || parts[0] != "" || parts[1] != "opportunities" {
		return unknownCall, ""
	}
	if len(parts) == 2 {
		return only(method, http.MethodGet, listCall), ""
	}
	id, err := url.PathUnescape(parts[2])
	if err != nil || id == "" {
		return unknownCall, ""
	}
	return routeOne(method, parts[3:]), id
}

// routeOne returns the call on one opportunity, given what follows its id in the path.
func routeOne(method string, rest []string) callKind {
	switch {
	case len(rest) == 0 && method == http.MethodGet:
		return getCall
	case len(rest) == 0:
		return only(method, http.MethodPut, putCall)
	case len(rest) == 1 && rest[0] == "stage":
		return only(method, http.MethodPatch, stageCall)
	}
	return unknownCall
}

func only(method, wanted string, kind callKind) callKind {
	if method != wanted {
		return unknownCall
	}
	return kind
}
