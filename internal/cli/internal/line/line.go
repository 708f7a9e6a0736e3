// Package line writes the progress of a run's phase as one line that fits the terminal.
package line

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"

	"razebulk/batch/pace"
	"razebulk/internal/event"
	"razebulk/internal/words"
)

const barWidth = 10

// lineEvery is how often a plain line is due. firstLine is when the first one is due in a phase of the sheet, whose
// duration is unknown.
const (
	lineEvery = 30 * time.Second
	firstLine = 5 * time.Second
)

// Due returns how many plain lines are due after a phase has lasted that long.
func Due(phase event.Phase, lasted time.Duration) int {
	if phase.OfSheet() {
		lasted += lineEvery - firstLine
	}
	return int(lasted / lineEvery)
}

// Full returns the whole line, without a bar.
func Full(w *words.Words, e event.Progress) string {
	if e.Phase.OfSheet() {
		return joined(sheetPhase(w, e), percent(e))
	}
	return joined(longCount(w, e), waitOf(w, e), rateOf(w, e), failedOf(w, e), doneAbout(w, e))
}

// Fitted returns the widest form of the line that fits: the bar is dropped first, failures and the time left last. A
// line that wraps would leave a copy behind each time it is drawn.
func Fitted(w *words.Words, e event.Progress, room int) string {
	if e.Phase.OfSheet() {
		return fitting(room, Full(w, e), percent(e))
	}
	failed, left := failedOf(w, e), timeLeft(w, e)
	return fitting(room,
		Full(w, e)+"  "+bar(e),
		Full(w, e),
		joined(shortCount(w, e), waitOf(w, e), failed, doneAbout(w, e)),
		joined(shortCount(w, e), waitOf(w, e), failed, left),
		joined(shortCount(w, e), shortWait(w, e), failed, left),
		joined(failed, left))
}

// fitting returns the first form that fits.
func fitting(room int, forms ...string) string {
	for _, form := range forms {
		if utf8.RuneCountInString(form) <= room {
			return form
		}
	}
	return cutAtWord(forms[len(forms)-1], room)
}

// cutAtWord leaves out the words that don't fit.
func cutAtWord(text string, room int) string {
	runes := []rune(text)
	if len(runes) <= room {
		return text
	}
	kept := string(runes[:max(0, room)])
	if end := strings.LastIndexByte(kept, ' '); runes[max(0, room)] != ' ' {
		kept = kept[:max(0, end)]
	}
	return strings.TrimRight(kept, " ·")
}

// joined joins the parts that are not empty.
func joined(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}

func sheetPhase(w *words.Words, e event.Progress) string {
	if e.Phase == event.Planning {
		return w.Say("progress_planning", "file", words.Visible(e.Sheet))
	}
	return w.Say("progress_checking", "file", words.Visible(e.Sheet))
}

func percent(e event.Progress) string {
	if e.Total == 0 {
		return ""
	}
	return fmt.Sprintf("%d %%", min(100, 100*e.Done/e.Total))
}

func longCount(w *words.Words, e event.Progress) string {
	if e.Phase == event.Sending {
		return w.Say("progress_rows", "done", e.Done, "total", e.Total)
	}
	return w.Say("progress_requests", "done", e.Done, "total", e.Total)
}

func shortCount(w *words.Words, e event.Progress) string {
	return w.Thousands(e.Done) + "/" + w.Thousands(e.Total)
}

// failedOf counts failed rows only: a request that fails while the CRM is read is retried, or ends the reading.
func failedOf(w *words.Words, e event.Progress) string {
	if e.Phase == event.Reading {
		return ""
	}
	return w.Say("progress_failed", "failed", e.Failed)
}

// bar lets the library draw the bar into a string; the caller decides where and how often to show it.
func bar(e event.Progress) string {
	b := progressbar.NewOptions64(int64(max(1, e.Total)), progressbar.OptionSetWriter(io.Discard), progressbar.OptionSetWidth(barWidth),
		progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false))
	_ = b.Set(max(0, min(e.Done, e.Total))) // it writes to io.Discard
	return strings.TrimSpace(b.String())
}

// rateOf returns how many requests were sent per second; a row may take none, or two. It returns "" before the first
// one and during a wait.
func rateOf(w *words.Words, e event.Progress) string {
	if e.Requests == 0 || e.Elapsed <= 0 || e.Wait != nil {
		return ""
	}
	return w.Say("progress_rate", "rate", float64(e.Requests)/e.Elapsed.Seconds())
}

func waitOf(w *words.Words, e event.Progress) string {
	if e.Wait == nil {
		return ""
	}
	until, at := e.Wait.Until, e.Wait.Until.Local().Format(time.TimeOnly)
	switch e.Wait.Why {
	case pace.ForService:
		return w.Say("waiting_service", "time", at, "until", until)
	case pace.ForOutage:
		return w.Say("waiting_outage", "time", at, "until", until)
	}
	return w.Say("waiting_quota", "time", at, "until", until)
}

func shortWait(w *words.Words, e event.Progress) string {
	if e.Wait == nil {
		return ""
	}
	return w.Say("progress_waiting", "until", e.Wait.Until)
}

// hasEstimate reports whether the end can be estimated: not before anything was sent, and not during an outage.
func hasEstimate(e event.Progress) bool {
	down := e.Wait != nil && e.Wait.Why == pace.ForOutage
	return !e.DoneAbout.IsZero() && !down && (e.Requests > 0 || e.Wait != nil)
}

func doneAbout(w *words.Words, e event.Progress) string {
	if !hasEstimate(e) {
		return ""
	}
	return w.Say("progress_done", "done", e.DoneAbout)
}

func timeLeft(w *words.Words, e event.Progress) string {
	if !hasEstimate(e) {
		return ""
	}
	return w.Say("progress_left", "done", e.DoneAbout)
}
