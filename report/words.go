package report

import (
	"fmt"
	"strconv"
	"time"
)

// Plural is a count with its noun: "1 row", "12,345 rows".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Thousands(n) + " " + noun + "s"
}

// Thousands groups a count's digits: 12,345.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Duration is a time as people say it: 0.4s, 12s, 3m20s, 2h5m.
func Duration(d time.Duration) string {
	switch second := d.Round(time.Second); {
	case d.Round(time.Second/10) < 10*time.Second:
		return fmt.Sprintf("%.1fs", d.Seconds())
	case second < time.Hour:
		return second.String()
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%dh%dm", d/time.Hour, d%time.Hour/time.Minute)
}
