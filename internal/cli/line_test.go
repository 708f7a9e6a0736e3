package cli_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"razebulk/batch/pace"
	"razebulk/internal/cli/internal/line"
	"razebulk/internal/event"
	"razebulk/internal/words"
)

// clock returns a time on the first day of a synctest bubble, as the line shows it.
func clock(hour, minute, second int) string {
	return time.Date(2000, 1, 1, hour, minute, second, 0, time.UTC).Local().Format(time.TimeOnly)
}

// midway returns the progress of a run of 400 rows, 112 of which are done.
func midway(wait *event.Wait) event.Progress {
	return event.Progress{
		Phase: event.Sending, Done: 112, Total: 400, Failed: 10, Requests: 100, Elapsed: 10 * time.Second,
		Wait: wait, DoneAbout: time.Now().Add(50 * time.Second),
	}
}

func TestANarrowLineKeepsFailuresAndTheTimeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := clock(0, 0, 50)
		quota := &event.Wait{Why: pace.ForQuota, Until: time.Now().Add(41 * time.Second)}
		for _, c := range []struct {
			columns int
			wait    *event.Wait
			want    string
		}{
			{120, nil, "112 of 400 rows · 10.0 requests/s · 10 failed · done about " + at + " (in 50s)  28% |██        |"},
			{100, nil, "112 of 400 rows · 10.0 requests/s · 10 failed · done about " + at + " (in 50s)  28% |██        |"},
			{80, nil, "112 of 400 rows · 10.0 requests/s · 10 failed · done about " + at + " (in 50s)"},
			{60, nil, "112/400 · 10 failed · done about " + at + " (in 50s)"},
			{40, nil, "112/400 · 10 failed · 50s left"},
			{25, nil, "10 failed · 50s left"},
			{16, nil, "10 failed · 50s"},
			{12, nil, "10 failed"},
			{5, nil, "10"},
			{1, nil, ""},
			{120, quota, "112 of 400 rows · waiting for quota until " + clock(0, 0, 41) + " (in 41s) · 10 failed · done about " + at + " (in 50s)"},
			{80, quota, "112/400 · waiting for quota until " + clock(0, 0, 41) + " (in 41s) · 10 failed · 50s left"},
			{50, quota, "112/400 · waiting 41s · 10 failed · 50s left"},
			{40, quota, "10 failed · 50s left"},
		} {
			if got := line.Fitted(words.For(nil), midway(c.wait), c.columns-1); got != c.want || utf8.RuneCountInString(got) >= c.columns {
				t.Errorf("%d columns: got %q, want %q", c.columns, got, c.want)
			}
		}
	})
}

func TestRatesAndEstimatesAreGivenWhereTheyMeanSomething(t *testing.T) {
	down := midway(&event.Wait{Why: pace.ForOutage, Until: time.Now().Add(time.Minute)})
	begun := midway(nil)
	begun.Requests = 0
	resumed := midway(nil)
	resumed.Done, resumed.Earlier, resumed.Requests = 399, 398, 0
	for name, e := range map[string]event.Progress{"the service is down": down, "nothing was sent": begun, "resumed": resumed} {
		if said := line.Fitted(words.For(nil), e, 1000); strings.Contains(said, "requests/s") || strings.Contains(said, "done about") || strings.Contains(line.Fitted(words.For(nil), e, 30), "left") {
			t.Errorf("%s: %q", name, said)
		}
	}
	stages := midway(nil)
	stages.Done, stages.Requests = 5, 10
	if said := line.Fitted(words.For(nil), stages, 1000); !strings.Contains(said, "1.0 requests/s") {
		t.Errorf("two requests a row: %q", said)
	}
}

func TestALineInPortuguese(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := words.For(nil).In(words.Portuguese)
		quota := &event.Wait{Why: pace.ForQuota, Until: time.Now().Add(41 * time.Minute)}
		at, done := clock(0, 41, 0), clock(0, 0, 50)
		for _, c := range []struct {
			columns int
			wait    *event.Wait
			want    string
		}{
			{100, nil, "112 de 400 linhas · 10,0 envios/s · 10 com falha · termina por volta das " + done + " (em 50 s)"},
			{40, nil, "112/400 · 10 com falha · faltam 50 s"},
			{130, quota, "112 de 400 linhas · cota usada, continua às " + at + " (em 41 min) · 10 com falha · termina por volta das " + done + " (em 50 s)"},
			{60, quota, "112/400 · espera 41 min · 10 com falha · faltam 50 s"},
		} {
			if got := line.Fitted(w, midway(c.wait), c.columns-1); got != c.want {
				t.Errorf("%d columns: got %q, want %q", c.columns, got, c.want)
			}
		}
	})
}

func TestAPassOverTheSheetSaysWhichAndHowFar(t *testing.T) {
	w := words.For(nil)
	at := event.Progress{Phase: event.Checking, Sheet: "deals\x1b[2J.csv", Done: 34, Total: 100}
	for room, want := range map[int]string{80: `reading deals\x1b[2J.csv · 34 %`, 10: "34 %", 1: ""} {
		if got := line.Fitted(w, at, room); got != want {
			t.Errorf("%d columns: %q, want %q", room, got, want)
		}
	}
	if got, want := line.Full(w, event.Progress{Phase: event.Planning, Sheet: "-"}), "planning -"; got != want {
		t.Errorf("of unknown length: %q, want %q", got, want)
	}
}
