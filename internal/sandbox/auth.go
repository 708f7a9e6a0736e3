package sandbox

import (
	"net/http"
	"strings"
)

var authMessages = map[string]string{
	"MISSING_API_KEY": "API key is required",
	"INVALID_API_KEY": "API key is invalid",
}

// authenticate finds the request's key, or else the error code to refuse it with.
func (s *Server) authenticate(h http.Header) (Key, string) {
	sent := h.Get("X-API-Key")
	if sent == "" {
		sent = bearer(h.Get("Authorization"))
	}
	if sent == "" {
		return Key{}, "MISSING_API_KEY"
	}
	key, ok := s.keys[sent]
	if !ok {
		return Key{}, "INVALID_API_KEY"
	}
	return key, ""
}

func bearer(authorization string) string {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

func (k Key) allows(method string) bool {
	if method == http.MethodGet {
		return k.Read
	}
	return k.Write
}
