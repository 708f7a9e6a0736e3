package report

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

const (
	barEvery  = 200 * time.Millisecond
	lineEvery = 30 * time.Second

	longestLeft = 100 * 365 * 24 * time.Hour // well within what a time.Duration holds
)

// Progress shows how far a run is: a bar where there is a terminal, elsewhere a plain line now and then, so that a log
// stays short. It only reads its tally.
type Progress struct {
	tally *Tally
	rows  int
	out   io.Writer
	bar   *progressbar.ProgressBar // nil without a terminal
	done  chan struct{}
	ended sync.WaitGroup
}

// StartProgress begins to show the tally's way to rows on out. [Progress.Stop] must be called.
func StartProgress(tally *Tally, rows int, out io.Writer, terminal bool) *Progress {
	p := &Progress{tally: tally, rows: rows, out: out, done: make(chan struct{})}
	every := lineEvery
	if terminal {
		every = barEvery
		p.bar = newBar(rows, out)
	}
	p.ended.Go(func() { p.run(every) })
	return p
}

// newBar leaves time left out of the bar's hands: it takes it from the mean speed, which pauses and bursts make wrong.
func newBar(rows int, out io.Writer) *progressbar.ProgressBar {
	return progressbar.NewOptions64(int64(rows),
		progressbar.OptionSetWriter(out),
		progressbar.OptionSetWidth(20),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionThrottle(barEvery/2),
	)
}

func (p *Progress) run(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.show()
		case <-p.done:
			return
		}
	}
}

func (p *Progress) show() {
	c := p.tally.Counts()
	if p.bar == nil {
		fmt.Fprintf(p.out, "%s of %s rows · %s\n", Thousands(c.Done), Thousands(p.rows), p.describe(c))
		return
	}
	if c.Done < p.rows { // at its maximum the bar would be finished for good
		p.bar.Describe(p.describe(c))
		_ = p.bar.Set64(int64(c.Done))
	}
}

func (p *Progress) describe(c Counts) string {
	rate := float64(c.Done) / c.Elapsed.Seconds()
	text := fmt.Sprintf("%.1f rows/s · %s failed", rate, Thousands(c.Failed))
	if c.Done > 0 {
		left := min(float64(p.rows-c.Done)/rate, longestLeft.Seconds())
		text += " · " + Duration(time.Duration(left*float64(time.Second))) + " left"
	}
	return text
}

// Stop ends the showing and takes the bar away. Nothing is written after it returns.
func (p *Progress) Stop() {
	close(p.done)
	p.ended.Wait()
	if p.bar != nil {
		_ = p.bar.Exit()
		_ = p.bar.Clear()
	}
}
