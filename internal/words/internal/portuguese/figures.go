package portuguese

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"razebulk/internal/words/internal/digits"
)

// Plural returns a count with its noun and the words that agree with it: "1 linha enviada", "12.345 linhas enviadas".
// Words after a preposition are unchanged: "2 linhas com erros".
func Plural(n int, phrase string) string {
	if n == 1 {
		return "1 " + phrase
	}
	words := strings.Fields(phrase)
	for i, word := range words {
		if prepositions[word] {
			break
		}
		if word != "não" {
			words[i] = pluralOf(word)
		}
	}
	return Thousands(n) + " " + strings.Join(words, " ")
}

var prepositions = map[string]bool{"a": true, "com": true, "da": true, "de": true, "do": true, "em": true, "na": true, "no": true, "por": true, "sem": true}

func pluralOf(word string) string {
	switch {
	case strings.HasSuffix(word, "ão"):
		return strings.TrimSuffix(word, "ão") + "ões"
	case strings.HasSuffix(word, "m"):
		return strings.TrimSuffix(word, "m") + "ns"
	case strings.HasSuffix(word, "r"), strings.HasSuffix(word, "z"):
		return word + "es"
	}
	return word + "s"
}

// Thousands groups a count's digits: 12.345.
func Thousands(n int) string { return digits.Group(n, ".") }

// Duration formats a duration for people: 0,4 s, 12 s, 3 min 20 s, 41 min, 1 h 20 min, 7 dias.
func Duration(d time.Duration) string {
	if d.Round(time.Second/10) < 10*time.Second {
		return strings.Replace(strconv.FormatFloat(d.Seconds(), 'f', 1, 64), ".", ",", 1) + " s"
	}
	if d = d.Round(time.Second); d >= time.Hour {
		d = d.Round(time.Minute)
	}
	return units(d)
}

// Countdown formats the time left: 9 s, 4 min 10 s, 41 min, 2 h 5 min.
func Countdown(d time.Duration) string {
	if d = max(0, d).Round(time.Second); d >= 10*time.Minute {
		d = d.Round(time.Minute)
	}
	return units(d)
}

// units returns the two largest units of a duration, without those that are zero.
func units(d time.Duration) string {
	const day = 24 * time.Hour
	units := []struct {
		length time.Duration
		name   string
	}{{time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}}
	var parts []string
	if d >= 2*day {
		parts, d = append(parts, Plural(int(d/day), "dia")), d%day
	}
	for _, unit := range units {
		if n := d / unit.length; n > 0 && len(parts) < 2 {
			parts, d = append(parts, fmt.Sprintf("%d %s", n, unit.name)), d%unit.length
		}
	}
	if parts == nil {
		return "0 s"
	}
	return strings.Join(parts, " ")
}
