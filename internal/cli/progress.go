package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"razebulk/report"

	"razebulk/batch/pace"
	"razebulk/internal/words"

	"github.com/schollz/progressbar/v3"
)

const (
	barEvery  = 200 * time.Millisecond
	lineEvery = 30 * time.Second

	barWidth = 10
)

// progressOf is what a [progress] shows the way of.
type progressOf struct {
	Tally *report.Tally
	Pacer *pace.Pacer
	// What is counted: "rows" or "requests".
	What string
	// Rows is how many there are, and Requests how many of them are sent.
	Rows, Requests int
}

// progress shows how far a run is: a bar where there is a terminal, elsewhere a plain line now and then, so that a log
// stays short. It only reads what it shows. While it does, whoever else writes to the same place must do so through it.
type progress struct {
	run     progressOf
	columns func() int
	bar     *progressbar.ProgressBar // nil without a terminal
	done    chan struct{}
	ended   sync.WaitGroup

	mu   sync.Mutex
	out  io.Writer
	last string // the plain line that was written last
}

// startProgress begins to show the run on out. Columns tells how wide the terminal is at the moment; it is nil where there is
// none. [progress.Stop] must be called.
func startProgress(run progressOf, out io.Writer, columns func() int) *progress {
	p := &progress{run: run, out: out, columns: columns, done: make(chan struct{})}
	every := lineEvery
	if columns != nil {
		every = barEvery
		p.bar = newBar(run.Rows, out)
	}
	p.ended.Go(func() { p.show(every) })
	return p
}

// newBar leaves time left out of the bar's hands: it takes it from the mean speed, which pauses and bursts make wrong.
func newBar(rows int, out io.Writer) *progressbar.ProgressBar {
	return progressbar.NewOptions64(int64(rows),
		progressbar.OptionSetWriter(out),
		progressbar.OptionSetWidth(barWidth),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionThrottle(barEvery/2),
	)
}

func (p *progress) show(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.draw()
		case <-p.done:
			return
		}
	}
}

// draw asks the pacer before it takes the lock: the pacer's own warnings come through [progress.Write].
func (p *progress) draw() {
	c := p.run.Tally.Counts()
	why, until, waiting := p.run.Pacer.Waiting()
	parts := []string{p.pace(c), words.Thousands(c.Failed) + " failed"}
	if waiting {
		parts[0] = fmt.Sprintf("%s until %s (in %s)", waitingFor(why), until.Local().Format(time.TimeOnly), words.Countdown(time.Until(until)))
	}
	if left := p.run.Requests - c.Sent; left > 0 {
		done := p.run.Pacer.Outlook(left).Done
		parts = append(parts, fmt.Sprintf("done about %s (in %s)", words.Clock(done), words.Countdown(time.Until(done))))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.drawBar(c, parts)
	} else if line := fmt.Sprint(c.Done, until); !waiting || line != p.last { // a wait has said until when, once
		fmt.Fprintf(p.out, "%s of %s %s · %s\n", words.Thousands(c.Done), words.Thousands(p.run.Rows), p.run.What, strings.Join(parts, " · "))
		p.last = line
	}
}

func (p *progress) pace(c report.Counts) string {
	return fmt.Sprintf("%.1f %s/s", float64(c.Done)/c.Elapsed.Seconds(), p.run.What)
}

// drawBar leaves out what doesn't fit beside the bar: a line that wraps would be left standing at each drawing.
func (p *progress) drawBar(c report.Counts, parts []string) {
	if c.Done >= p.run.Rows { // at its maximum the bar would be finished for good
		return
	}
	total := strconv.Itoa(p.run.Rows)
	room := p.columns() - barWidth - 2*len(total) - len(" 100% || (/) ") - 1
	text := parts[0]
	for _, part := range parts[1:] {
		if longer := text + " · " + part; utf8.RuneCountInString(longer) <= room {
			text = longer
		}
	}
	if utf8.RuneCountInString(text) > room {
		text = string([]rune(text)[:max(0, room)])
	}
	p.bar.Describe(text)
	_ = p.bar.Set64(int64(c.Done))
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

// Write writes a message to where the progress is shown, and takes the bar away before: the next drawing brings it back.
func (p *progress) Write(message []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	return p.out.Write(message)
}

// Stop ends the showing and takes the bar away. Nothing is written after it returns.
func (p *progress) Stop() {
	close(p.done)
	p.ended.Wait()
	if p.bar != nil {
		_ = p.bar.Exit()
		_ = p.bar.Clear()
	}
}
