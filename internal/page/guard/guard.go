// Package guard keeps everybody but the person at this machine away from the local page: other programs, other pages
// in the same browser, and other machines.
package guard

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"strings"
	"sync"
)

// Guard lets requests through that come from the browser to which the address with the token was given. It is safe for
// concurrent use.
type Guard struct {
	host, path, token, session string
	refuse                     func(w http.ResponseWriter, status int)
	once                       sync.Map // tokens that are valid once
}

const cookieName = "razebulk"

// New returns a guard for a page at the host, an address with its port. Refuse answers, with the status, what is not
// let through.
func New(host string, refuse func(w http.ResponseWriter, status int)) *Guard {
	// Browsers send a cookie to all ports of a machine, but only to its path: no other server there knows this one.
	return &Guard{host: host, path: "/" + rand.Text() + "/", token: rand.Text(), session: rand.Text(), refuse: refuse}
}

// Address returns the address with the token.
func (g *Guard) Address() string { return g.home() + "?token=" + g.token }

// home returns the page's own address. Everything that it has is below that.
func (g *Guard) home() string { return "http://" + g.host + g.path }

// AddressOnce returns an address with a token that is valid once, for the command line of a browser, which others can
// read.
func (g *Guard) AddressOnce() string {
	token := rand.Text()
	g.once.Store(token, true)
	return g.home() + "?token=" + token
}

// policy lets a page load what this program serves, and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Wrap puts next behind the guard. Next sees paths as if the page's own address were the host's root. The browser
// stores no answer.
func (g *Guard) Wrap(next http.Handler) http.Handler {
	next = http.StripPrefix(strings.TrimSuffix(g.path, "/"), next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin") // with no-referrer, forms would not say where they come from
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		switch {
		case !strings.EqualFold(r.Host, g.host):
			g.refuse(w, http.StatusMisdirectedRequest)
		case !g.isOwnOrigin(r):
			g.refuse(w, http.StatusForbidden)
		case r.Method == http.MethodGet && r.URL.Path == g.path && r.URL.Query().Has("token"):
			g.admit(w, r)
		case !strings.HasPrefix(r.URL.Path, g.path), !g.isKnown(r):
			g.refuse(w, http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isOwnOrigin reports whether no other page has made the request. One that changes something must say where it comes
// from.
func (g *Guard) isOwnOrigin(r *http.Request) bool {
	origin, said := r.Header["Origin"]
	if !said {
		return r.Method == http.MethodGet || r.Method == http.MethodHead
	}
	return len(origin) == 1 && origin[0] == "http://"+g.host
}

// admit gives the browser its cookie, and an address from which nobody can copy the token.
func (g *Guard) admit(w http.ResponseWriter, r *http.Request) {
	token := r.URL.Query().Get("token")
	if _, isOnce := g.once.LoadAndDelete(token); !isOnce && !same(token, g.token) {
		g.refuse(w, http.StatusForbidden)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: g.session, Path: g.path, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, g.path, http.StatusSeeOther)
}

func (g *Guard) isKnown(r *http.Request) bool {
	cookie, err := r.Cookie(cookieName)
	return err == nil && same(cookie.Value, g.session)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
