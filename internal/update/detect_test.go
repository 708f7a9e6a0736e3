package update_test

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/sandbox"
	"razebulk/internal/update"
)

type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }

// TestADryRunThatCannotDetectTheDialectSaysSo where it needs the dialect: it makes no plan from what it does not
// know, and gives up on an address that never answers after a minute, even if nobody waits at a terminal.
func TestADryRunThatCannotDetectTheDialectSaysSo(t *testing.T) {
	inDialects(t, aDryRunThatCannotDetectTheDialectSaysSo)
}

func aDryRunThatCannotDetectTheDialectSaysSo(t *testing.T, dialect sandbox.Dialect) {
	stranger := sandbox.New(sandbox.Options{Dialect: dialect, Keys: []sandbox.Key{{Value: "another", Read: true, Write: true}}}).Transport()
	dead := transport(func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNREFUSED })
	nowhere := transport(func(*http.Request) (*http.Response, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "crm.example", IsNotFound: true}
	})
	there := sandbox.New(sandbox.Options{Dialect: dialect}).Transport()
	elsewhere := transport(func(r *http.Request) (*http.Response, error) {
		r = r.Clone(r.Context())
		r.URL.Path = "/v7" + r.URL.Path
		return there.RoundTrip(r)
	})
	late := new(pace.OutOfTime)
	for name, c := range map[string]struct {
		way  http.RoundTripper
		fits func(error) bool
	}{
		"nobody listens": {dead, func(err error) bool { return errors.As(err, &late) && late.Failure.Has("never_answered") }},
		"no such host":   {nowhere, func(err error) bool { return errors.Is(err, pace.ErrBaseURLWrong) }},
		"no such route":  {elsewhere, func(err error) bool { return strings.Contains(err.Error(), "page_unread") }},
		"unknown key":    {stranger, func(err error) bool { return errors.Is(err, batch.ErrKeyRejected) }},
	} {
		for _, sheet := range []string{"id,position\na,x\n", "id,Owner\na,Ana\n"} {
			file := sheetOf(t, withIDs(sheet))
			synctest.Test(t, func(t *testing.T) {
				o := engineOptions(t, &service{url: "http://127.0.0.1:1"}, file)
				o.DryRun, o.Requests.API.Transport = true, c.way
				began := time.Now()
				_, err := update.Prepare(t.Context(), o)
				var reading *update.ReadingError
				if !errors.As(err, &reading) || !c.fits(err) || time.Since(began) > time.Minute {
					t.Errorf("%s, %s: after %s: %v", name, strings.Fields(sheet)[0], time.Since(began), err)
				}
			})
		}
	}
}
