package sandbox

import (
	"net/http"
	"strings"
)

// authenticate returns the request's key, or the error code with which to refuse it.
func (s *Server) authenticate(h http.Header, c call) (Key, string) {
	sent := h.Get("X-API-Key")
	if sent == "" {
		sent = bearer(h.Get("Authorization"))
	}
	if sent == "" && s.options.Dialect == Observed {
		sent = c.query.Get("api_key")
	}
	if sent == "" {
		return Key{}, "MISSING_API_KEY"
	}
	key, ok := s.keys[sent]
	switch {
	case !ok || key.Revoked:
		return Key{}, "INVALID_API_KEY"
	case key.Expired:
		return Key{}, "EXPIRED_API_KEY"
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

const (
	readPermission  = "opportunities:read"
	writePermission = "opportunities:write"
)

// permission returns the permission that a call needs; the base URL needs none.
func (c call) permission() string {
	switch c.kind {
	case listCall, getCall:
		return readPermission
	case putCall, stageCall:
		return writePermission
	}
	return ""
}

func (k Key) permissions() []string {
	held := []string{}
	if k.Read {
		held = append(held, readPermission)
	}
	if k.Write {
		held = append(held, writePermission)
	}
	return held
}

func (k Key) allows(c call) bool {
	switch c.permission() {
	case readPermission:
		return k.Read
	case writePermission:
		return k.Write
	}
	return true
}
