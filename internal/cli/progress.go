package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"

	"razebulk/batch/pace"
	"razebulk/internal/event"
	"razebulk/internal/words"
)

const (
	lineEvery = 30 * time.Second
	barWidth  = 10
)

// progress shows how far a phase is: a bar where there is a terminal, elsewhere a plain line now and then, so that a
// log stays short. It is for one goroutine at a time.
type progress struct {
	screen  *screen
	columns func() int // of the terminal; nil where there is none

	bar     *progressbar.ProgressBar // nil before the first drawing
	started time.Time                // the phase; the zero time before its first event
	lines   int                      // that were due so far
	last    string                   // the wait of which a line told
}

// show takes in an event of the phase.
func (p *progress) show(e event.Progress) {
	switch {
	case e.Ended:
		p.end()
	case p.columns != nil:
		p.drawBar(e)
	default:
		p.writeLine(e)
	}
}

// end takes the bar away.
func (p *progress) end() {
	if bar := p.bar; bar != nil {
		p.screen.draw(func() { _ = bar.Exit(); _ = bar.Clear() }, nil)
	}
	*p = progress{screen: p.screen, columns: p.columns}
}

// parts are what is said of the phase, what matters most first.
func parts(e event.Progress) []string {
	pace := fmt.Sprintf("%.1f %s/s", float64(e.Done-e.Earlier)/max(e.Elapsed.Seconds(), 0.001), unitOf(e.Phase))
	all := []string{pace, words.Thousands(e.Failed) + " failed"}
	if e.Wait != nil {
		all[0] = fmt.Sprintf("%s until %s (in %s)", waitingFor(e.Wait.Why), e.Wait.Until.Local().Format(time.TimeOnly),
			words.Countdown(time.Until(e.Wait.Until)))
	}
	if !e.DoneAbout.IsZero() {
		all = append(all, fmt.Sprintf("done about %s (in %s)", words.Clock(e.DoneAbout), words.Countdown(time.Until(e.DoneAbout))))
	}
	return all
}

func unitOf(phase event.Phase) string {
	if phase == event.Sending {
		return "rows"
	}
	return "requests"
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
	fmt.Fprintf(p.screen, "%s of %s %s · %s\n", words.Thousands(e.Done), words.Thousands(e.Total), unitOf(e.Phase), strings.Join(parts(e), " · "))
}

// drawBar leaves out what doesn't fit beside the bar: a line that wraps would be left standing at each drawing.
func (p *progress) drawBar(e event.Progress) {
	if e.Done >= e.Total { // at its maximum the bar would be finished for good
		return
	}
	if p.bar == nil {
		p.bar = p.newBar(e.Total)
	}
	total := strconv.Itoa(e.Total)
	text := fitted(parts(e), p.columns()-barWidth-2*len(total)-len(" 100% || (/) ")-1)
	bar := p.bar
	p.screen.draw(func() { bar.Describe(text); _ = bar.Set64(int64(e.Done)) }, func() { _ = bar.Clear() })
}

// newBar leaves time left out of the bar's hands: it takes it from the mean speed, which pauses and bursts make wrong.
func (p *progress) newBar(total int) *progressbar.ProgressBar {
	return progressbar.NewOptions64(int64(total),
		progressbar.OptionSetWriter(p.screen.out),
		progressbar.OptionSetWidth(barWidth),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetElapsedTime(false),
	)
}

// fitted joins as many of the parts as there is room for, the first one cut if it must be.
func fitted(parts []string, room int) string {
	text := parts[0]
	for _, part := range parts[1:] {
		if longer := text + " · " + part; utf8.RuneCountInString(longer) <= room {
			text = longer
		}
	}
	if utf8.RuneCountInString(text) > room {
		text = string([]rune(text)[:max(0, room)])
	}
	return text
}
