package crm

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseTime(t *testing.T) {
	for text, want := range map[string]string{
		"2026-10-05T08:00:02Z":              "2026-10-05T08:00:02Z",
		"2026-10-05T08:00:02.500Z":          "2026-10-05T08:00:02.5Z",
		"2026-10-05T05:00:02-03:00":         "2026-10-05T08:00:02Z",
		"2026-10-05T08:00:02.1234567Z":      "2026-10-05T08:00:02.123456Z",
		"2026-10-05 08:00:02+00":            "2026-10-05T08:00:02Z",
		"2026-10-05 08:00:02.5+00":          "2026-10-05T08:00:02.5Z",
		"2026-11-26 11:10:50.518845+00":     "2026-11-26T11:10:50.518845Z",
		"2026-10-05 08:00:02.5-03":          "2026-10-05T11:00:02.5Z",
		"2026-10-05 13:30:02.000001+05:30":  "2026-10-05T08:00:02.000001Z",
		"2026-10-05 08:00:02Z":              "2026-10-05T08:00:02Z",
		"2026-10-05T08:00:02+00":            "2026-10-05T08:00:02Z",
		"":                                  "",
		"2026-10-05":                        "",
		"2026-10-05 08:00:02":               "",
		"2026-10-05T08:00:02":               "",
		"2026-13-05 08:00:02+00":            "",
		"2026-10-05 08:00:02+0":             "",
		" 2026-10-05 08:00:02+00":           "",
		"2026-10-05 08:00:02+00 BC":         "",
		"infinity":                          "",
		"1795698000":                        "",
		"05/10/2026 08:00":                  "",
		"Mon Oct 05 2026 08:00:02 GMT+0000": "",
	} {
		at, ok := ParseTime(text)
		if got := at.UTC().Format(time.RFC3339Nano); ok != (want != "") || ok && got != want || !ok && !at.IsZero() {
			t.Errorf("%q: got %s, %t, want %q", text, got, ok, want)
		}
	}
}

func TestParseTimeReadsEveryTimeInEitherForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "microseconds"))
		zone := time.FixedZone("", 60*rapid.IntRange(-14*60, 14*60).Draw(t, "minutes"))
		for _, form := range []string{"2006-01-02T15:04:05.999999Z07:00", "2006-01-02 15:04:05.999999-07:00"} {
			if got, ok := ParseTime(at.In(zone).Format(form)); !ok || !got.Equal(at) {
				t.Errorf("%s: got %s, %t", at.In(zone).Format(form), got, ok)
			}
		}
	})
}
