package getraze

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestQuotaIsReadFromTheHeaders(t *testing.T) {
	reset := time.Unix(1795312800, 0)
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
			if want := time.Date(2026, 11, 22, 2, 15, 0, 0, time.UTC); !answer.Date.Equal(want) {
				t.Errorf("date %s, want %s", answer.Date, want)
			}
		})
	}
}
