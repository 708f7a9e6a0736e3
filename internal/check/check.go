// Package check asks the service, with as few requests as possible, whether the API key works and what it may do.
package check

import (
	"context"
	"errors"
	"net/http"
	"time"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Report is what the service's answers have shown.
type Report struct {
	// MayRead reports whether the key may read opportunities. Permissions are those that the service lists, which it does
	// only when it refuses something.
	MayRead     bool
	Permissions []string
	// Quota is the key's quota as reported, and Reset is when the next window begins, by this machine's clock; the zero
	// time if the service reports none that is plausible.
	Quota getraze.Quota
	Reset time.Time
	// Dialect is the zero value if no answer shows it.
	Dialect  getraze.Dialect
	Requests int
}

var (
	// ErrRefused means that the key or the address is wrong. A retry will not help.
	ErrRefused = errors.New("refused")
	// ErrDown means that the service does not answer, or the key's quota is spent. A later retry may help.
	ErrDown = errors.New("no answer")
)

// Error is the reason why nothing is known about the key.
type Error struct {
	// Host is the machine that was asked.
	Host string
	// Kind is [ErrRefused] or [ErrDown].
	Kind error
	// Cause is the error to show to the user.
	Cause error
}

// Error returns a message for developers.
func (e *Error) Error() string { return e.Kind.Error() + ": " + e.Cause.Error() }

// Unwrap returns Kind and Cause.
func (e *Error) Unwrap() []error { return []error{e.Kind, e.Cause} }

// Run lists one opportunity, which shows whether the key works, whether it may read, the quota and the dialect. If
// that does not show the dialect, it requests the base URL itself. Its error is an [*Error], or that of ctx. It
// changes nothing.
func Run(ctx context.Context, client *getraze.Client, d getraze.Dialect) (Report, error) {
	page, err := client.List(ctx, getraze.ListQuery{Page: 1, Limit: 1}, d)
	r := Report{Requests: 1, Dialect: d, MayRead: err == nil}
	r.take(page.Answer)
	var refused *getraze.APIError
	switch {
	case err == nil:
		for _, one := range page.Opportunities {
			r.Dialect = r.Dialect.Learn(one)
		}
	case ctx.Err() != nil:
		return r, context.Cause(ctx)
	case errors.As(err, &refused) && refused.HTTPStatus == http.StatusForbidden:
		r.Permissions = refused.Permissions
	default:
		return r, failure(client.Host(), page.Answer, err)
	}
	if r.Dialect.Known() {
		return r, nil
	}
	return r, r.askAddress(ctx, client)
}

// askAddress detects a service that answers at its base URL itself, as only the observed dialect does.
func (r *Report) askAddress(ctx context.Context, client *getraze.Client) error {
	answer, err := client.Root(ctx)
	r.Requests++
	r.take(answer)
	if err == nil {
		r.Dialect, _ = getraze.NewDialect("observed", false)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil // the report is complete without it
}

func (r *Report) take(a getraze.Answer) {
	if a.Quota.Reset.IsZero() {
		return
	}
	r.Quota, r.Reset = a.Quota, time.Time{}
	now := time.Now()
	left := a.Quota.Reset.Sub(now)
	if !a.Date.IsZero() { // the service's clock may differ from this one
		left = a.Quota.Reset.Sub(a.Date)
	}
	if left > -time.Minute && left <= getraze.MaxWait {
		r.Reset = now.Add(left)
	}
}

// failure classifies an error that leaves the key's validity unknown, or shows that it is wrong.
func failure(host string, answer getraze.Answer, err error) error {
	var refused *getraze.APIError
	var why reason.Reason
	isAPI := errors.As(err, &refused)
	_ = errors.As(err, &why)
	switch status := answer.HTTPStatus; {
	case isAPI && status == http.StatusUnauthorized:
		return &Error{host, ErrRefused, reason.New("key_rejected", "status", refused.Code, "why", refused.Message, "http", status)}
	case why.Code == "host_unknown" || why.Code == "certificate_unfit":
		return &Error{host, ErrRefused, reason.New("base_url_wrong", "address", host, "why", shown(err), "answers", 0)}
	case status == http.StatusTooManyRequests:
		return &Error{host, ErrDown, reason.New("quota_spent")}
	case status == 0 || status >= http.StatusInternalServerError || status == http.StatusRequestTimeout:
		return &Error{host, ErrDown, reason.New("check_no_answer", "message", shown(err))}
	}
	return &Error{host, ErrRefused, reason.New("check_not_api", "message", shown(err))}
}

// shown returns what a message shows of a client error: its reason, or its text.
func shown(err error) any {
	var why reason.Reason
	if errors.As(err, &why) {
		return reason.Reasons{why}
	}
	return err.Error()
}
