package words

import (
	"math"
	"testing"
	"time"
)

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 2: "2 rows", 12345: "12,345 rows"} {
		if got := Plural(n, "row"); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 12345: "12,345", 999999: "999,999", 1000000: "1,000,000",
		-1: "-1", -999: "-999", -1000: "-1,000", -123456: "-123,456", math.MinInt64: "-9,223,372,036,854,775,808",
	} {
		if got := Thousands(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, c := range []struct {
		d    time.Duration
		want string
	}{
		{0, "0.0s"},
		{400 * time.Millisecond, "0.4s"},
		{9940 * time.Millisecond, "9.9s"},
		{9960 * time.Millisecond, "10s"},
		{12*time.Second + 300*time.Millisecond, "12s"},
		{59900 * time.Millisecond, "1m0s"},
		{200 * time.Second, "3m20s"},
		{time.Hour - time.Second, "59m59s"},
		{time.Hour - 400*time.Millisecond, "1h0m"},
		{time.Hour, "1h0m"},
		{2*time.Hour + 4*time.Minute + 40*time.Second, "2h5m"},
		{100*time.Hour - time.Second, "100h0m"},
	} {
		if got := Duration(c.d); got != c.want {
			t.Errorf("%s: got %s, want %s", c.d, got, c.want)
		}
	}
}
