package pace

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

func TestAddress(t *testing.T) {
	seen := func(status int, codes ...string) Seen {
		s := Seen{Answer: getraze.Answer{HTTPStatus: status}}
		for _, code := range codes {
			s.Failure = append(s.Failure, reason.New(code))
		}
		return s
	}
	unknown, certificate, refusedConnection := seen(0, "host_unknown", "not_sent"), seen(0, "certificate_unfit"), seen(0, "no_answer")
	ok, missing, noRoute, page, proxy := seen(200), seen(404, "service_refused"), seen(404, "unknown_route"), seen(404, "answer_not_json"), seen(502, "answer_not_json")
	other := seen(200, "answer_of_other_opportunity", "other_maybe_changed")
	nine := slices.Repeat([]Seen{noRoute}, 9)
	for _, c := range []struct {
		name  string
		seen  []Seen
		wrong bool
	}{
		{"the name is unknown", []Seen{unknown}, true},
		{"the certificate is for another host", []Seen{certificate}, true},
		{"after a refused connection, too", []Seen{refusedConnection, unknown}, true},
		{"a refused connection is an outage", slices.Repeat([]Seen{refusedConnection}, 50), false},
		{"it has answered before", []Seen{ok, unknown, certificate}, false},
		{"even if that was a proxy", []Seen{proxy, unknown}, false},
		{"nine unknown routes", nine, false},
		{"ten unknown routes", append(nine, noRoute), true},
		{"pages of a web server count, too", append(nine, page), true},
		{"a proxy between says nothing", append(append([]Seen{proxy}, nine...), noRoute), true},
		{"three answers about other opportunities", []Seen{ok, other, other, other}, true},
		{"but not in a row", []Seen{other, other, ok, other, other, missing, other, other}, false},
		{"the API is there", append(append([]Seen{missing}, nine...), noRoute), false},
	} {
		var a address
		wrong := false
		for i, s := range c.seen {
			if wrong = a.learn(s, time.Now()); wrong && i < len(c.seen)-1 {
				t.Errorf("%s: wrong too early", c.name)
			}
		}
		if wrong != c.wrong {
			t.Errorf("%s: wrong %t", c.name, wrong)
		}
	}
}

// TestOnATerminalAnAddressThatNeverAnswersIsTriedForAMinute, even if each attempt takes half a minute.
func TestOnATerminalAnAddressThatNeverAnswersIsTriedForAMinute(t *testing.T) {
	for _, c := range []struct {
		limit, timeout, want time.Duration
		answered             bool
	}{
		{time.Minute, 0, time.Minute, false},
		{time.Minute, 25 * time.Second, 50 * time.Second, false},
		{time.Minute, 0, time.Hour, true},
		{0, 0, time.Hour, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			p := NewPacer(Limits{PerSecond: 1, Address: "https://crm.example", MaxUnanswered: c.limit})
			if c.answered {
				g, _ := p.Wait(t.Context())
				p.Observe(g, Seen{Answer: getraze.Answer{HTTPStatus: 200}})
			}
			began, row := time.Now(), 0
			var late *OutOfTime
			for {
				g, err := p.Wait(t.Context())
				if errors.As(err, &late) {
					break
				}
				time.Sleep(c.timeout)
				row++
				p.Observe(g, Seen{Row: row, Failed: true, Failure: append(reason.Reasons{reason.New("no_answer")}, p.NeverAnswered(getraze.Answer{}, errors.New("no answer"), false)...)})
			}
			took := time.Since(began)
			if late.Why != ForOutage || took > c.want+c.timeout+15*time.Second || took < c.want/2 {
				t.Errorf("%+v: ended after %s: %v", c, took, late)
			}
			if said := late.Failure[len(late.Failure)-1].Code; (said == "never_answered") == c.answered {
				t.Errorf("%+v: said %s", c, said)
			}
		})
	}
}

func TestNothingGoesOutToAWrongBaseURL(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPacer(Limits{Address: "https://crm.exmaple"})
		g, _ := p.Wait(t.Context())
		verdict := p.Observe(g, Seen{Failed: true, Failure: reason.Reasons{reason.New("host_unknown", "host", "crm.exmaple"), reason.New("not_sent")}})
		if _, err := p.Wait(t.Context()); !errors.Is(err, ErrBaseURLWrong) || !errors.Is(verdict.Fatal, ErrBaseURLWrong) {
			t.Errorf("got %v, %v", err, verdict.Fatal)
		}
	})
}
