package batch_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/getraze"
	"razebulk/internal/sandbox"
)

const blocked = "<html><body>Access denied by the firewall</body></html>"

// TestAFirewallsRefusalIsNotTheServices puts a firewall in front of the service. It answers in the service's place for
// one row, for some time, or always, in both dialects of the API.
func TestAFirewallsRefusalIsNotTheServices(t *testing.T) {
	for i, c := range []struct {
		status, times int // times is how often it answers for the first row
		body          string
		want          batch.Status
		rejected      bool
	}{
		{401, 2, blocked, batch.Success, false},
		{403, 2, blocked, batch.Success, false},
		{407, 2, blocked, batch.Success, false},
		{403, 1000, blocked, batch.ServerError, false},
		{403, 1000, `{"message":"Forbidden"}`, batch.ServerError, false},
		{401, 1000, `{"success":false,"error":{"code":"INVALID_API_KEY","message":"No"}}`, "INVALID_API_KEY", true},
		{403, 1000, `{"success":false,"error":{"code":"INSUFFICIENT_PERMISSIONS","message":"No"}}`, "INSUFFICIENT_PERMISSIONS", true},
		{507, 2, blocked, batch.Success, false},
		{520, 2, blocked, batch.Success, false},
		{530, 2, `{"success":false,"error":{"code":"ORIGIN_DOWN","message":"No"}}`, batch.Success, false},
		{501, 1000, blocked, batch.ServerError, false},
	} {
		for _, seen := range []bool{false, true} {
			if testing.Short() && seen == (i%2 == 0) {
				continue
			}
			t.Run(fmt.Sprintf("%d times %d seen=%v", c.times, c.status, seen), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					n := nightOf(pro, 4)
					n.rows, n.pacer, n.retries = rowsOf(idsOf(100, uuids)...), unhurried, 4
					n.api = sandbox.Options{Seen: seen, Opportunities: opportunities(n.rows)}
					left := c.times
					n.transport = func(next http.RoundTripper) http.RoundTripper {
						return tripper(func(r *http.Request) (*http.Response, error) {
							if strings.HasSuffix(r.URL.Path, "/"+n.rows[0].ID) && left > 0 {
								left--
								return respond(r, c.status, c.body), nil
							}
							return next.RoundTrip(r)
						})
					}
					o := n.run()
					if errors.Is(o.err, batch.ErrKeyRejected) != c.rejected || o.err != nil && !c.rejected {
						t.Fatal(o.err)
					}
					if got := statusOf(o.results, n.rows[0].Number); got != c.want {
						t.Errorf("row 1 is %s, want %s", got, c.want)
					}
				})
			})
		}
	}
}

func statusOf(results []batch.Result, row int) batch.Status {
	for _, r := range results {
		if r.Row == row {
			return r.Status
		}
	}
	return ""
}

// TestAFirewallThatBlocksEverythingIsAnOutage, with a 401 page for every request.
func TestAFirewallThatBlocksEverythingIsAnOutage(t *testing.T) {
	inDialects(t, aFirewallThatBlocksEverythingIsAnOutage)
}

func aFirewallThatBlocksEverythingIsAnOutage(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		n := nightIn(dialect, pro, 4)
		n.rows, n.pacer, n.retries = n.rows[:100], unhurried, 4
		n.transport = func(http.RoundTripper) http.RoundTripper {
			return tripper(func(r *http.Request) (*http.Response, error) { return respond(r, 401, blocked), nil })
		}
		o := n.run()
		var late *pace.OutOfTime
		if !errors.As(o.err, &late) || late.Why != pace.ForOutage {
			t.Errorf("ended with %v after %s", o.err, o.elapsed)
		}
	})
}

// TestAFirewallsRefusalOfAPageIsReadAgain while reading the CRM.
func TestAFirewallsRefusalOfAPageIsReadAgain(t *testing.T) {
	inDialects(t, aFirewallsRefusalOfAPageIsReadAgain)
}

func aFirewallsRefusalOfAPageIsReadAgain(t *testing.T, dialect sandbox.Dialect) {
	for _, status := range []int{401, 403, 520} {
		synctest.Test(t, func(t *testing.T) {
			server, refused := account(dialect, 500, uuids), 0 // refused is used for one page only
			reader := readerOver(tripper(func(r *http.Request) (*http.Response, error) {
				if pageOf(r) == "2" && refused < 2 {
					refused++
					return respond(r, status, blocked), nil
				}
				return server.Transport().RoundTrip(r)
			}))
			reader.Retries = 4
			listed := 0
			err := reader.List(t.Context(), t.Context(), getraze.ListQuery{}, func(p getraze.Page) error {
				listed += len(p.Opportunities)
				return nil
			})
			if err != nil || listed != 500 || refused != 2 {
				t.Errorf("%d: %d opportunities, refused %d times: %v", status, listed, refused, err)
			}
		})
	}
}

// TestAnInvalidRowIsRefusedInAnyForm: its message is what the service says, and it is not sent again.
func TestAnInvalidRowIsRefusedInAnyForm(t *testing.T) {
	inDialects(t, anInvalidRowIsRefusedInAnyForm)
}

func anInvalidRowIsRefusedInAnyForm(t *testing.T, dialect sandbox.Dialect) {
	for _, c := range []struct {
		status     int
		body, says string
	}{
		{400, `{"success":false,"message":"The e-mail is bad"}`, "The e-mail is bad"},
		{422, `{"errors":{"email":["is bad"]}}`, `{"errors":{"email":["is bad"]}}`},
	} {
		synctest.Test(t, func(t *testing.T) {
			n := nightIn(dialect, pro, 2)
			n.rows, n.pacer = n.rows[:5], unhurried
			n.transport = func(next http.RoundTripper) http.RoundTripper {
				return tripper(func(r *http.Request) (*http.Response, error) {
					if strings.HasSuffix(r.URL.Path, "/"+n.rows[1].ID) {
						return respond(r, c.status, c.body), nil
					}
					return next.RoundTrip(r)
				})
			}
			o := n.run()
			if o.err != nil || len(o.results) != 5 {
				t.Fatal(len(o.results), o.err)
			}
			for i, r := range o.results {
				if i != 1 && r.Status != batch.Success {
					t.Errorf("row %d: %s", r.Row, r.Status)
				}
			}
			if r := o.results[1]; r.Status != batch.ValidationError || message(r) != c.says || r.Attempts != 1 || strings.Join(r.Codes(), " ") != "service_refused" {
				t.Errorf("%s: %s %d %v %s", c.body, r.Status, r.Attempts, r.Codes(), message(r))
			}
		})
	}
}
