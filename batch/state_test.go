package batch

import "testing"

func TestNext(t *testing.T) {
	calm, failing := outage{}, outage{on: true}
	tests := []struct {
		name    string
		before  state
		seen    outcome
		service outage
		after   state
		want    step
	}{
		{"a result", state{retries: 4}, concluded, calm, state{retries: 4}, step{then: finish}},
		{"a result in an outage", state{retries: 4}, concluded, failing, state{retries: 4}, step{then: finish}},
		{"stored, and the stage follows", state{retries: 4, failures: 3}, storedInPart, calm, state{retries: 4, request: 1}, step{then: retryNow}},
		{"the stage has its own second attempt after a 500", state{retries: 4, phase: lastTry, had500: true}, storedInPart, calm,
			state{retries: 4, request: 1, had500: true}, step{then: retryNow}},

		{"a 429", state{retries: 4}, refusedForNow, calm, state{retries: 4}, step{then: retryNow}},
		{"a 429 without retries", state{}, refusedForNow, calm, state{}, step{then: retryNow}},
		{"a 429 after all retries", state{retries: 4, failures: 4}, refusedForNow, calm, state{retries: 4, failures: 4}, step{then: retryNow}},

		{"the first transient failure", state{retries: 4}, failedTransiently, calm, state{retries: 4, failures: 1}, step{then: retryLater}},
		{"the last one that counts", state{retries: 4, failures: 3}, failedTransiently, calm, state{retries: 4, failures: 4}, step{then: retryLater}},
		{"one too many", state{retries: 4, failures: 4}, failedTransiently, calm, state{retries: 4, failures: 4, phase: suspected}, step{postpone: true, then: finish}},
		{"without retries", state{}, failedTransiently, calm, state{phase: suspected}, step{postpone: true, then: finish}},

		{"a 500", state{retries: 4}, failedInside, calm, state{retries: 4, phase: lastTry, had500: true}, step{postpone: true, then: retryLater}},
		{"a 500 after other failures", state{retries: 4, failures: 4}, failedInside, calm,
			state{retries: 4, failures: 4, phase: lastTry, had500: true}, step{postpone: true, then: retryLater}},
		{"a second 500", state{retries: 4, phase: lastTry, had500: true}, failedInside, calm,
			state{retries: 4, phase: suspected, had500: true}, step{postpone: true, then: finish}},
		{"a 500 without retries", state{}, failedInside, calm, state{phase: suspected, had500: true}, step{postpone: true, then: finish}},
		{"another failure at the last try", state{retries: 4, phase: lastTry, had500: true}, failedTransiently, calm,
			state{retries: 4, failures: 1, phase: lastTry, had500: true}, step{then: retryLater}},

		{"a failure in an outage does not count", state{retries: 1, failures: 1}, failedTransiently, failing, state{retries: 1, failures: 1}, step{then: retryNow}},
		{"a 500 in an outage lets another row probe", state{retries: 4}, failedInside, failing, state{retries: 4, had500: true}, step{postpone: true, then: retryNow}},
		{"what failed before an outage does not count behind it", state{retries: 4, failures: 4}, failedTransiently, outage{before: 1},
			state{retries: 4, failures: 1, outages: 1}, step{then: retryLater}},
		{"a suspected row has all its attempts again after an outage", state{retries: 4, failures: 4, phase: suspected}, failedTransiently, outage{before: 1},
			state{retries: 4, failures: 1, outages: 1}, step{then: retryLater}},
		{"two 500s before an outage don't count behind it", state{retries: 4, phase: suspected, had500: true}, failedInside, outage{before: 2},
			state{retries: 4, phase: lastTry, outages: 2, had500: true}, step{postpone: true, then: retryLater}},
		{"the same outage as before", state{retries: 4, failures: 2, outages: 1}, failedTransiently, outage{before: 1},
			state{retries: 4, failures: 3, outages: 1}, step{then: retryLater}},
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
		state   state
		outages int
		want    bool
	}{
		{state{}, 0, false},
		{state{phase: lastTry}, 0, false},
		{state{phase: suspected}, 0, true},
		{state{phase: suspected}, 1, false},
		{state{phase: suspected, outages: 1}, 1, true},
	} {
		if got := tt.state.isOver(tt.outages); got != tt.want {
			t.Errorf("%+v after %d outages: %t, want %t", tt.state, tt.outages, got, tt.want)
		}
	}
}
