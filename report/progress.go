package report

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"razebulk/batch"
)

const (
	barEvery  = 200 * time.Millisecond
	lineEvery = 30 * time.Second
)

// Run is what a [Progress] shows the way of.
type Run struct {
	Tally *Tally
	Pacer *batch.Pacer
	// Rows is how many there are, and Requests how many of them are sent.
	Rows, Requests int
}

// Progress shows how far a run is: a bar where there is a terminal, elsewhere a plain line now and then, so that a log
// stays short. It only reads what it shows. While it does, whoever else writes to the same place must do so through it.
type Progress struct {
	run   Run
	bar   *progressbar.ProgressBar // nil without a terminal
	done  chan struct{}
	ended sync.WaitGroup

	mu   sync.Mutex
	out  io.Writer
	last string // the plain line that was written last
}

// StartProgress begins to show the run on out. [Progress.Stop] must be called.
func StartProgress(run Run, out io.Writer, terminal bool) *Progress {
	p := &Progress{run: run, out: out, done: make(chan struct{})}
	every := lineEvery
	if terminal {
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
		progressbar.OptionSetWidth(20),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionThrottle(barEvery/2),
	)
}

func (p *Progress) show(every time.Duration) {
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

func (p *Progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.run.Tally.Counts()
	if p.bar == nil {
		p.writeLine(c)
		return
	}
	if c.Done < p.run.Rows { // at its maximum the bar would be finished for good
		p.bar.Describe(p.describe(c))
		_ = p.bar.Set64(int64(c.Done))
	}
}

// writeLine keeps quiet while a long wait goes on: it has said until when.
func (p *Progress) writeLine(c Counts) {
	waiting := ""
	if _, until, is := p.run.Pacer.Waiting(); is {
		waiting = until.Format(time.TimeOnly)
	}
	if line := fmt.Sprint(c.Done, waiting); waiting == "" || line != p.last {
		fmt.Fprintf(p.out, "%s of %s rows · %s\n", Thousands(c.Done), Thousands(p.run.Rows), p.describe(c))
		p.last = line
	}
}

// describe says what goes on, and when it will be over.
func (p *Progress) describe(c Counts) string {
	text := fmt.Sprintf("%.1f rows/s", float64(c.Done)/c.Elapsed.Seconds())
	if why, until, waiting := p.run.Pacer.Waiting(); waiting {
		text = fmt.Sprintf("%s until %s (in %s)", waitingFor(why), until.Local().Format(time.TimeOnly), Countdown(time.Until(until)))
	}
	text += fmt.Sprintf(" · %s failed", Thousands(c.Failed))
	if left := p.run.Requests - c.Sent; left > 0 {
		done := p.run.Pacer.Outlook(left).Done
		text += fmt.Sprintf(" · done about %s (in %s)", Clock(done), Countdown(time.Until(done)))
	}
	return text
}

func waitingFor(why batch.Reason) string {
	switch why {
	case batch.ForService:
		return "the service asks to wait"
	case batch.ForOutage:
		return "the service is down: waiting"
	}
	return "waiting for quota"
}

// Write writes a message to where the progress is shown, and takes the bar away before: the next drawing brings it back.
func (p *Progress) Write(message []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	return p.out.Write(message)
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
