package words

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"razebulk/internal/words/internal/digits"
)

// Plural returns a count with its noun: "1 row", "12,345 rows", "2 opportunities".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ends := strings.CutSuffix(noun, "y"); ends {
		return Thousands(n) + " " + stem + "ies"
	}
	return Thousands(n) + " " + noun + "s"
}

// Thousands groups a count's digits: 12,345.
func Thousands(n int) string { return digits.Group(n, ",") }

// Duration formats a duration for people: 0.4s, 12s, 3m20s, 2h5m.
func Duration(d time.Duration) string {
	switch second := d.Round(time.Second); {
	case d.Round(time.Second/10) < 10*time.Second:
		return formatTenths(d.Seconds()) + "s"
	case second < time.Hour:
		return second.String()
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%dh%dm", d/time.Hour, d%time.Hour/time.Minute)
}

// Countdown formats the time left: 9s, 4m10s, 41m, 2h5m.
func Countdown(d time.Duration) string {
	d = max(0, d)
	switch {
	case d < 10*time.Minute:
		return d.Round(time.Second).String()
	case d < time.Hour:
		return fmt.Sprintf("%dm", d.Round(time.Minute)/time.Minute)
	}
	return Duration(d)
}

func formatTenths(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// MostFirst returns the names that were counted, the most frequent first. Names with the same count are sorted.
func MostFirst[N ~string](counts map[N]int) []N {
	return slices.SortedFunc(maps.Keys(counts), func(a, b N) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
}
