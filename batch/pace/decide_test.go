package pace

import (
	"reflect"
	"testing"
	"time"

	"razebulk/internal/getraze"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestDecide(t *testing.T) {
	at := func(d time.Duration) time.Time { return noon.Add(d) }
	open := window{known: true, limit: 1000, remaining: 10, resets: at(time.Hour)}
	spent := window{known: true, limit: 1000, remaining: 0, resets: at(time.Hour)}
	shared := open
	shared.others = 1
	send := decision{send: true}
	tests := []struct {
		name  string
		state state
		want  decision
	}{
		{"nothing is known", state{}, send},
		{"nothing is known, several in flight", state{inFlight: 8}, send},
		{"requests remain", state{window: open}, send},
		{"the last one that remains", state{window: open, inFlight: 9}, send},
		{"those in flight are spent already", state{window: open, inFlight: 10}, decision{until: at(time.Hour), why: ForAnswer}},
		{"more in flight than remain", state{window: open, inFlight: 11}, decision{until: at(time.Hour), why: ForAnswer}},
		{"in flight, and nothing remains", state{window: spent, inFlight: 3}, decision{until: at(time.Hour), why: ForQuota}},
		{"others spend, too, and there is room", state{window: shared, inFlight: 2}, send},
		{"others spend, too, and there is no room", state{window: shared, inFlight: 3}, decision{until: at(time.Hour), why: ForAnswer}},
		{"others spend, too, and one is left", state{window: window{known: true, limit: 1000, remaining: 1, resets: at(time.Hour), others: 1}}, send},
		{"all spent", state{window: spent}, decision{until: at(time.Hour), why: ForQuota}},
		{"the window has ended this instant", state{window: window{known: true, resets: noon}}, send},
		{"down to the reserve", state{window: open, reserve: Share{Count: 10}}, decision{until: at(time.Hour), why: ForQuota}},
		{"one above the reserve", state{window: open, reserve: Share{Count: 9}}, send},
		{"the reserve as a part of the limit", state{window: open, reserve: Share{Percent: 1}}, decision{until: at(time.Hour), why: ForQuota}},
		{"the first of a window is in flight", state{scout: scoutInFlight}, decision{why: ForAnswer}},
		{"the first of a window is next", state{scout: scoutDue, inFlight: 3}, send},
		{"the first is next, and nothing remains", state{scout: scoutDue, window: spent}, decision{until: at(time.Hour), why: ForQuota}},
		{"the service has asked to wait", state{hold: at(time.Minute), window: open}, decision{until: at(time.Minute), why: ForService}},
		{"the last of a window waits for its instant if others wait behind it", state{queue: 2, window: window{known: true, limit: 1000, remaining: 1, resets: at(time.Hour), last: at(time.Second)}}, decision{until: at(time.Second), why: ForAnswer}},
		{"nobody waits behind the last of a window", state{queue: 1, window: window{known: true, limit: 1000, remaining: 1, resets: at(time.Hour), last: at(time.Second)}}, send},
		{"the last of a window, its instant has come", state{queue: 2, window: window{known: true, limit: 1000, remaining: 1, resets: at(time.Hour), last: noon}}, send},
		{"the last but one doesn't wait", state{queue: 2, window: window{known: true, limit: 1000, remaining: 2, resets: at(time.Hour), last: at(time.Second)}}, send},
		{"the wait is over", state{hold: noon, window: open}, send},
		{"an outage, the probe is not due", state{outage: outage{on: true, probe: at(time.Second)}}, decision{until: at(time.Second), why: ForOutage}},
		{"an outage, the probe is due", state{outage: outage{on: true, probe: noon}, scout: scoutDue}, send},
		{"an outage, the probe is in flight", state{outage: outage{on: true, probe: noon}, scout: scoutInFlight}, decision{why: ForAnswer}},
		{"an outage doesn't spend what isn't there", state{outage: outage{on: true}, window: spent}, decision{until: at(time.Hour), why: ForQuota}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.state.decide(noon); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestGrant(t *testing.T) {
	tests := []struct {
		name  string
		state state
		scout bool
		after state
	}{
		{"within a window", state{window: window{known: true, resets: noon.Add(1)}}, false, state{window: window{known: true, resets: noon.Add(1)}, inFlight: 1}},
		{"the first after a reset", state{window: window{known: true, resets: noon}, inFlight: 2}, true, state{window: window{resets: noon}, inFlight: 3, scout: scoutInFlight}},
		{"the first after a hold", state{scout: scoutDue}, true, state{inFlight: 1, scout: scoutInFlight}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.state
			if scout := got.grant(noon); scout != tt.scout || !reflect.DeepEqual(got, tt.after) {
				t.Errorf("got %t and %+v, want %t and %+v", scout, got, tt.scout, tt.after)
			}
		})
	}
}

func TestWindowLearnsFromAnswersInAnyOrder(t *testing.T) {
	reset := noon.Add(time.Hour)
	ours := func(d time.Duration) time.Time { return reset.Add(d) } // the reset in our clock, as derived from one answer
	known := window{known: true, limit: 1000, remaining: 500, server: reset, resets: ours(300 * time.Millisecond)}
	tests := []struct {
		name   string
		before window
		quota  getraze.Quota
		resets time.Time
		scout  bool
		want   window
	}{
		{"the first answer", window{}, getraze.Quota{Limit: 1000, Remaining: 500, Reset: reset}, ours(300 * time.Millisecond), false, known},
		{
			"less remains", known, getraze.Quota{Limit: 1000, Remaining: 499, Reset: reset}, ours(300 * time.Millisecond), false,
			window{known: true, limit: 1000, remaining: 499, server: reset, resets: ours(300 * time.Millisecond)},
		},
		{"an answer that was overtaken", known, getraze.Quota{Limit: 1000, Remaining: 501, Reset: reset}, ours(300 * time.Millisecond), false, known},
		{
			"an answer that places the reset better", known, getraze.Quota{Limit: 1000, Remaining: 501, Reset: reset}, ours(time.Millisecond), false,
			window{known: true, limit: 1000, remaining: 500, server: reset, resets: ours(time.Millisecond)},
		},
		{
			"a reset that is computed again each time", known, getraze.Quota{Limit: 1000, Remaining: 499, Reset: reset.Add(time.Second)}, ours(time.Second), false,
			window{known: true, limit: 1000, remaining: 499, server: reset, resets: ours(time.Second)},
		},
		{"an answer about the window before", known, getraze.Quota{Limit: 1000, Remaining: 0, Reset: reset.Add(-time.Hour)}, ours(-time.Hour), false, known},
		{
			"the next window, an hour on", known, getraze.Quota{Limit: 2000, Remaining: 1999, Reset: reset.Add(time.Hour)}, ours(time.Hour), false,
			window{known: true, limit: 2000, remaining: 1999, server: reset.Add(time.Hour), resets: ours(time.Hour), length: time.Hour},
		},
		{
			"the next but one: the length stays that of the shortest step", window{known: true, server: reset, length: time.Hour},
			getraze.Quota{Limit: 2000, Remaining: 1999, Reset: reset.Add(2 * time.Hour)}, ours(2 * time.Hour), false,
			window{known: true, limit: 2000, remaining: 1999, server: reset.Add(2 * time.Hour), resets: ours(2 * time.Hour), length: time.Hour},
		},
		{
			"a shorter step than all before", window{known: true, server: reset, length: 2 * time.Hour},
			getraze.Quota{Limit: 2000, Remaining: 1999, Reset: reset.Add(time.Hour)}, ours(time.Hour), false,
			window{known: true, limit: 2000, remaining: 1999, server: reset.Add(time.Hour), resets: ours(time.Hour), length: time.Hour},
		},
		{
			"a late answer about a window that has ended", window{limit: 1000, server: reset}, getraze.Quota{Limit: 1000, Remaining: 7, Reset: reset}, ours(0), false,
			window{limit: 1000, server: reset},
		},
		{
			"the answer to the scout", window{limit: 1000, server: reset}, getraze.Quota{Limit: 1000, Remaining: 7, Reset: reset}, ours(0), true,
			window{known: true, limit: 1000, remaining: 7, server: reset, resets: ours(0)},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.before
			isNew := got.learn(tt.quota, tt.resets, tt.scout, 8)
			got.first, got.own = 0, 0 // see TestOthersOnTheKeyAreSeen
			if got != tt.want {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
			if want := tt.scout || got.server.Sub(tt.before.server) > time.Second; isNew != want {
				t.Errorf("a new window: %t, want %t", isNew, want)
			}
		})
	}
}

// TestOthersOnTheKeyAreSeen has eight workers: what they have in flight explains a loss of eight, but no more.
func TestOthersOnTheKeyAreSeen(t *testing.T) {
	for _, tt := range []struct {
		name      string
		remaining []int // with each answer
		others    bool
	}{
		{"alone", []int{999, 998, 997, 996}, false},
		{"alone, and the answers come out of order", []int{999, 992, 990, 998, 997}, false},
		{"another one", []int{999, 990, 988}, true},
		{"another one, slowly", []int{999, 997, 995, 993, 991, 989, 987, 985, 983, 981, 979, 977}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var w window
			for _, left := range tt.remaining {
				w.learn(getraze.Quota{Limit: 1000, Remaining: left, Reset: noon}, noon, false, 8)
			}
			next := func() bool {
				w.learn(getraze.Quota{Limit: 1000, Remaining: 999, Reset: w.server.Add(time.Hour)}, w.resets.Add(time.Hour), false, 0)
				return w.share() > 1
			}
			if first, second, third := w.share() > 1, next(), next(); first != tt.others || second != tt.others || third {
				t.Errorf("leaves room: %v, %v, %v; want %v in this window and the next", first, second, third, tt.others)
			}
		})
	}
}

func TestOutlook(t *testing.T) {
	const gap = time.Second / 10
	at := noon.Add(41 * time.Minute)
	known := func(remaining int) window {
		return window{known: true, limit: 1000, remaining: remaining, resets: noon.Add(time.Hour), length: time.Hour}
	}
	tests := []struct {
		name     string
		window   window
		requests int
		gap      time.Duration
		reserve  Share
		want     Outlook
	}{
		{"nothing to send", window{}, 0, gap, Share{}, Outlook{Windows: 1, Done: at, Limit: 1000}},
		{"within a window", known(1000), 500, gap, Share{}, Outlook{Windows: 1, Done: at.Add(50 * time.Second), Limit: 1000, Reported: true}},
		{"nothing known: the usual quota of a clock hour", window{}, 2500, gap, Share{}, Outlook{Windows: 3, Done: noon.Add(2*time.Hour + 50*time.Second), Limit: 1000}},
		{"some are spent already", known(300), 2500, gap, Share{}, Outlook{Windows: 4, Done: noon.Add(3*time.Hour + 20*time.Second), Limit: 1000, Reported: true}},
		{"all are spent", known(0), 10, gap, Share{}, Outlook{Windows: 1, Done: noon.Add(time.Hour + time.Second), Limit: 1000, Reported: true}},
		{"a reserve in each window", known(1000), 2000, gap, Share{Percent: 10}, Outlook{Windows: 3, Done: noon.Add(2*time.Hour + 20*time.Second), Limit: 1000, Reported: true}},
		{"at once", known(1000), 1500, 0, Share{}, Outlook{Windows: 2, Done: noon.Add(time.Hour), Limit: 1000, Reported: true}},
		{"too slow to spend a window", known(1000), 2500, 10 * time.Second, Share{}, Outlook{Windows: 8, Done: at.Add(25_000 * time.Second), Limit: 1000, Reported: true}},
		{"between windows, the limit is known", window{limit: 100, server: noon, length: 20 * time.Minute}, 150, gap, Share{}, Outlook{Windows: 2, Done: noon.Add(time.Hour + 5*time.Second), Limit: 100, Reported: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.window.outlook(tt.requests, at, tt.gap, tt.reserve); got != tt.want {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}
