package cli

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"razebulk/batch/pace"
	"razebulk/internal/event"
	"razebulk/internal/words"
)

const (
	lineEvery = 30 * time.Second
	barWidth  = 10
)

// progress shows how far a phase is: a line that changes where there is a terminal, elsewhere a plain line now and
// then, so that a log stays short. It is for one goroutine at a time.
type progress struct {
	screen  *screen
	columns func() int // of the terminal; nil where no line can change

	started time.Time // the phase; the zero time before its first event
	lines   int       // that were due so far
	last    string    // the wait of which a line told
}

func progressOn(c console) progress {
	if !c.moves {
		return progress{screen: c.err}
	}
	return progress{screen: c.err, columns: c.columns}
}

// show takes in an event of the phase.
func (p *progress) show(e event.Progress) {
	switch {
	case e.Ended:
		p.screen.draw("")
		*p = progress{screen: p.screen, columns: p.columns}
	case p.columns == nil:
		p.writeLine(e)
	case e.Done < e.Total:
		p.screen.draw(fitted(e, p.columns()-1))
	}
}

// writeLine writes a line when one is due. A wait is said once.
func (p *progress) writeLine(e event.Progress) {
	now := time.Now()
	if p.started.IsZero() {
		p.started = now
	}
	due := int(now.Sub(p.started) / lineEvery)
	if due <= p.lines {
		return
	}
	p.lines = due
	wait := ""
	if e.Wait != nil {
		wait = fmt.Sprint(e.Done, e.Wait.Until)
	}
	if wait != "" && wait == p.last {
		return
	}
	p.last = wait
	fmt.Fprintln(p.screen, joined(longCount(e), waitOf(e), rateOf(e), failedOf(e), doneAbout(e)))
}

// fitted is the widest form of the line that has room: failures and the time left stay longest, the bar goes first. A
// line that wraps would be left standing at each drawing.
func fitted(e event.Progress, room int) string {
	failed, left := failedOf(e), timeLeft(e)
	forms := []string{
		joined(longCount(e), waitOf(e), rateOf(e), failed, doneAbout(e)) + "  " + bar(e),
		joined(longCount(e), waitOf(e), rateOf(e), failed, doneAbout(e)),
		joined(shortCount(e), waitOf(e), failed, doneAbout(e)),
		joined(shortCount(e), waitOf(e), failed, left),
		joined(shortCount(e), shortWait(e), failed, left),
		joined(failed, left),
	}
	for _, form := range forms {
		if utf8.RuneCountInString(form) <= room {
			return form
		}
	}
	return cutAtWord(forms[len(forms)-1], room)
}

// cutAtWord leaves out the words that have no room.
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

// joined are the parts that say something.
func joined(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}

func longCount(e event.Progress) string {
	return words.Thousands(e.Done) + " of " + words.Plural(e.Total, unitOf(e.Phase))
}

func shortCount(e event.Progress) string {
	return words.Thousands(e.Done) + "/" + words.Thousands(e.Total)
}

// failedOf is of rows: a request that fails while the CRM is read is tried again, or ends the reading.
func failedOf(e event.Progress) string {
	if e.Phase == event.Reading {
		return ""
	}
	return words.Thousands(e.Failed) + " failed"
}

func bar(e event.Progress) string {
	done := max(0, min(barWidth, barWidth*e.Done/max(1, e.Total)))
	return fmt.Sprintf("%3d%% |%s%s|", 100*e.Done/max(1, e.Total), strings.Repeat("█", done), strings.Repeat(" ", barWidth-done))
}

// rateOf is how many requests went out in a second: rows may take none, or two. It says nothing before the first one,
// and while all wait.
func rateOf(e event.Progress) string {
	if e.Requests == 0 || e.Elapsed <= 0 || e.Wait != nil {
		return ""
	}
	return fmt.Sprintf("%.1f requests/s", float64(e.Requests)/e.Elapsed.Seconds())
}

func waitOf(e event.Progress) string {
	if e.Wait == nil {
		return ""
	}
	return fmt.Sprintf("%s until %s (in %s)", waitingFor(e.Wait.Why), e.Wait.Until.Local().Format(time.TimeOnly),
		words.Countdown(time.Until(e.Wait.Until)))
}

func shortWait(e event.Progress) string {
	if e.Wait == nil {
		return ""
	}
	return "waiting " + words.Countdown(time.Until(e.Wait.Until))
}

func waitingFor(why pace.Reason) string {
	switch why {
	case pace.ForService:
		return "the service asks to wait"
	case pace.ForOutage:
		return "the service is down: waiting"
	}
	return "waiting for quota"
}

// hasEstimate tells whether the end can be foreseen: not before anything was sent, and not while nobody knows when the
// service is back.
func hasEstimate(e event.Progress) bool {
	down := e.Wait != nil && e.Wait.Why == pace.ForOutage
	return !e.DoneAbout.IsZero() && !down && (e.Requests > 0 || e.Wait != nil)
}

func doneAbout(e event.Progress) string {
	if !hasEstimate(e) {
		return ""
	}
	return fmt.Sprintf("done about %s (in %s)", words.Clock(e.DoneAbout), words.Countdown(time.Until(e.DoneAbout)))
}

func timeLeft(e event.Progress) string {
	if !hasEstimate(e) {
		return ""
	}
	return words.Countdown(time.Until(e.DoneAbout)) + " left"
}

func unitOf(phase event.Phase) string {
	if phase == event.Sending {
		return "row"
	}
	return "request"
}
