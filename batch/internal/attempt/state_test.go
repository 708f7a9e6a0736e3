package attempt

import "testing"

func TestNext(t *testing.T) {
	calm, failing := outage{}, outage{on: true}
	tests := []struct {
		name    string
		before  State
		seen    Outcome
		service outage
		after   State
		want    step
	}{
		{"a result", State{Retries: 4}, Concluded, calm, State{Retries: 4}, step{then: finish}},
		{"a result in an outage", State{Retries: 4}, Concluded, failing, State{Retries: 4}, step{then: finish}},
		{"stored, and the stage follows", State{Retries: 4, failures: 3}, StoredInPart, calm, State{Retries: 4, Request: 1}, step{then: retryNow}},
		{"the stage has its own second attempt after a 500", State{Retries: 4, phase: lastTry, Had500: true}, StoredInPart, calm,
			State{Retries: 4, Request: 1, Had500: true}, step{then: retryNow}},

		{"an answer that can't be read", State{Retries: 4}, Undocumented, calm, State{Retries: 4, failures: 1}, step{then: retryLater}},
		{"even in an outage", State{Retries: 4}, Undocumented, failing, State{Retries: 4, failures: 1}, step{then: retryLater}},
		{"one too many that can't be read", State{Retries: 4, failures: 4}, Undocumented, calm, State{Retries: 4, failures: 4}, step{then: finish}},

		{"a 429", State{Retries: 4}, RefusedForNow, calm, State{Retries: 4}, step{then: retryNow}},
		{"a 429 without retries", State{}, RefusedForNow, calm, State{}, step{then: retryNow}},
		{"a 429 after all retries", State{Retries: 4, failures: 4}, RefusedForNow, calm, State{Retries: 4, failures: 4}, step{then: retryNow}},

		{"the first transient failure", State{Retries: 4}, FailedTransiently, calm, State{Retries: 4, failures: 1}, step{then: retryLater}},
		{"the last one that counts", State{Retries: 4, failures: 3}, FailedTransiently, calm, State{Retries: 4, failures: 4}, step{then: retryLater}},
		{"one too many", State{Retries: 4, failures: 4}, FailedTransiently, calm, State{Retries: 4, failures: 4, phase: suspected}, step{postpone: true, then: finish}},
		{"without retries", State{}, FailedTransiently, calm, State{phase: suspected}, step{postpone: true, then: finish}},

		{"a 500", State{Retries: 4}, FailedInside, calm, State{Retries: 4, phase: lastTry, Had500: true}, step{postpone: true, then: retryLater}},
		{"a 500 after other failures", State{Retries: 4, failures: 4}, FailedInside, calm,
			State{Retries: 4, failures: 4, phase: lastTry, Had500: true}, step{postpone: true, then: retryLater}},
		{"a second 500", State{Retries: 4, phase: lastTry, Had500: true}, FailedInside, calm,
			State{Retries: 4, phase: suspected, Had500: true}, step{postpone: true, then: finish}},
		{"a 500 without retries", State{}, FailedInside, calm, State{phase: suspected, Had500: true}, step{postpone: true, then: finish}},
		{"another failure at the last try", State{Retries: 4, phase: lastTry, Had500: true}, FailedTransiently, calm,
			State{Retries: 4, failures: 1, phase: lastTry, Had500: true}, step{then: retryLater}},

		{"a failure in an outage does not count", State{Retries: 1, failures: 1}, FailedTransiently, failing, State{Retries: 1, failures: 1}, step{then: retryNow}},
		{"a 500 in an outage lets another row probe", State{Retries: 4}, FailedInside, failing, State{Retries: 4, Had500: true}, step{postpone: true, then: retryNow}},
		{"what failed before an outage does not count behind it", State{Retries: 4, failures: 4}, FailedTransiently, outage{before: 1},
			State{Retries: 4, failures: 1, outages: 1}, step{then: retryLater}},
		{"a suspected row has all its attempts again after an outage", State{Retries: 4, failures: 4, phase: suspected}, FailedTransiently, outage{before: 1},
			State{Retries: 4, failures: 1, outages: 1}, step{then: retryLater}},
		{"two 500s before an outage don't count behind it", State{Retries: 4, phase: suspected, Had500: true}, FailedInside, outage{before: 2},
			State{Retries: 4, phase: lastTry, outages: 2, Had500: true}, step{postpone: true, then: retryLater}},
		{"the same outage as before", State{Retries: 4, failures: 2, outages: 1}, FailedTransiently, outage{before: 1},
			State{Retries: 4, failures: 3, outages: 1}, step{then: retryLater}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if after, step := next(tt.before, tt.seen, tt.service); after != tt.after || step != tt.want {
				t.Errorf("got  %+v %+v\nwant %+v %+v", after, step, tt.after, tt.want)
			}
		})
	}
}

func TestASuspectedRowIsOverUnlessThereWasAnOutage(t *testing.T) {
	for _, tt := range []struct {
		State   State
		outages int
		want    bool
	}{
		{State{}, 0, false},
		{State{phase: lastTry}, 0, false},
		{State{phase: suspected}, 0, true},
		{State{phase: suspected}, 1, false},
		{State{phase: suspected, outages: 1}, 1, true},
	} {
		if got := tt.State.IsOver(tt.outages); got != tt.want {
			t.Errorf("%+v after %d outages: %t, want %t", tt.State, tt.outages, got, tt.want)
		}
	}
}
