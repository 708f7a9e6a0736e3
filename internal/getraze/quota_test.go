package getraze

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestQuotaIsReadFromTheHeaders(t *testing.T) {
	reset, date := time.Unix(1795312800, 0), time.Date(2026, 11, 22, 2, 15, 0, 0, time.UTC)
	tests := []struct {
		name                    string
		limit, remaining, reset string
		want                    Quota
	}{
		{"all", "1000", "17", "1795312800", Quota{1000, 17, reset}},
		{"nothing left", "1000", "0", "1795312800", Quota{1000, 0, reset}},
		{"without a limit", "", "17", "1795312800", Quota{0, 17, reset}},
		{"limit of no use", "many", "17", "1795312800", Quota{0, 17, reset}},
		{"negative limit", "-5", "17", "1795312800", Quota{0, 17, reset}},
		{"in milliseconds", "1000", "17", "1795312800250", Quota{1000, 17, reset.Add(250 * time.Millisecond)}},
		{"seconds left", "1000", "17", "600", Quota{1000, 17, date.Add(601 * time.Second)}},
		{"seconds left, at most a day", "1000", "17", "86400", Quota{1000, 17, date.Add(86401 * time.Second)}},
		{"in the past", "1000", "17", "1700000000", Quota{1000, 17, time.Unix(1700000000, 0)}}, // the pacer ignores it
		{"neither left nor since 1970", "1000", "17", "3600000", Quota{1000, 17, time.Unix(3600000, 0)}},
		{"zero", "1000", "17", "0", Quota{}},
		{"below zero", "1000", "17", "-60", Quota{}},
		{"none", "", "", "", Quota{}},
		{"without remaining", "1000", "", "1795312800", Quota{}},
		{"without reset", "1000", "17", "", Quota{}},
		{"words", "many", "some", "soon", Quota{}},
		{"negative", "1000", "-1", "1795312800", Quota{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{}
			h.Set("X-RateLimit-Limit", tt.limit)
			h.Set("X-RateLimit-Remaining", tt.remaining)
			h.Set("X-RateLimit-Reset", tt.reset)
			h.Set("Date", "Sun, 22 Nov 2026 02:15:00 GMT")
			body := `{"success":true,"data":{}}`
			answer, err := update(t, newClient(t, Options{Transport: canned{200, h, body}}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, answer.Quota); diff != "" {
				t.Error(diff)
			}
			if !answer.Date.Equal(date) {
				t.Errorf("date %s, want %s", answer.Date, date)
			}
		})
	}
}

func TestSecondsLeftAreOfNoUseWithoutADate(t *testing.T) {
	h := http.Header{"X-Ratelimit-Remaining": {"17"}, "X-Ratelimit-Reset": {"600"}}
	if got := quotaOf(h); got != (Quota{}) {
		t.Errorf("got %+v", got)
	}
}
