package pace

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// TestWhatThePacerSays covers an absurd wait, an outage and its end, and a reserve that takes everything.
func TestWhatThePacerSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said []string
		p := NewPacer(Limits{Reserve: Share{Count: 100}, Warn: func(r reason.Reason) { said = append(said, words.For(nil).Text(r.Code, r.Params)) }})
		p.Observe(Grant{}, Seen{Answer: getraze.Answer{HTTPStatus: 429, RetryAfter: 25 * time.Hour}})
		p.Observe(Grant{}, Seen{Answer: getraze.Answer{HTTPStatus: 200, Quota: getraze.Quota{Limit: 100, Remaining: 99, Reset: time.Now().Add(25 * time.Hour)}}})
		failure := reason.Reasons{reason.New("no_answer", "message", "connection reset"), reason.New("maybe_stored")}
		for row := range failuresOfOutage {
			p.Observe(Grant{}, Seen{Row: row, Failed: true, Failure: failure})
		}
		time.Sleep(3 * time.Minute)
		p.Observe(Grant{Outages: 1}, Seen{Answer: getraze.Answer{HTTPStatus: 200, Quota: getraze.Quota{Limit: 100, Reset: time.Now().Add(time.Hour)}}})
		_, err := p.Wait(t.Context())
		var why reason.Reason
		if !errors.As(err, &why) {
			t.Fatalf("error %v", err)
		}
		said = append(said, words.For(nil).Text(why.Code, why.Params))
		want := []string{
			"the service's Retry-After makes no sense: it is no time within the next day; it is ignored, and the next full hour counts instead, or the end of the quota's window if the service names that",
			"the service's X-RateLimit-Reset makes no sense: it is no time within the next day; it is ignored, and the next full hour counts instead",
			"the service is failing: 10 times in a row; last error: connection reset; the update may have been stored\nnow one request at a time tests whether it is back",
			"the service answers again, after 3m0s",
			"--quota-reserve leaves nothing of a quota of 100 requests",
		}
		if diff := cmp.Diff(want, said); diff != "" {
			t.Error(diff)
		}
		for _, end := range []struct {
			end  *OutOfTime
			want string
		}{{&OutOfTime{}, "the time is up"}, {&OutOfTime{Failure: failure}, "the service keeps failing: connection reset; the update may have been stored"}} {
			r := end.end.Reason()
			if got := words.For(nil).Text(r.Code, r.Params); got != end.want {
				t.Errorf("got %q, want %q", got, end.want)
			}
		}
	})
}
