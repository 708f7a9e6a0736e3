package late

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestRequestsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(time.Minute)
		r.Left([]string{"an opportunity", "its contact"})
		time.Sleep(20 * time.Second)
		for _, keys := range [][]string{{"an opportunity"}, {"an opportunity", "its contact"}, {"another", "its contact"}} {
			if wait := r.Wait(keys); wait != 40*time.Second {
				t.Errorf("%v waits %s", keys, wait)
			}
		}
		if wait := r.Wait([]string{"another"}); wait != 0 {
			t.Errorf("another one waits %s", wait)
		}
		r.LeftBefore([]string{"of another run"})
		if wait := r.Wait([]string{"of another run"}); wait != 40*time.Second {
			t.Errorf("after another run's waits %s", wait)
		}
		for n := range 10 * sweepAt {
			r.Left([]string{fmt.Sprint(n)})
			time.Sleep(time.Minute / sweepAt * 2)
		}
		if len(r.until) > sweepAt {
			t.Errorf("remembers %d", len(r.until))
		}
		r.LeftBefore([]string{"too long ago"})
		if wait := r.Wait([]string{"too long ago"}); wait != 0 {
			t.Errorf("after another run's, long ago, waits %s", wait)
		}
		time.Sleep(time.Minute)
		if wait := r.Wait([]string{fmt.Sprint(10*sweepAt - 1)}); wait != 0 {
			t.Errorf("the last one waits %s", wait)
		}
	})
}
