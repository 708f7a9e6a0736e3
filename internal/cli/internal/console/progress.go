package console

import (
	"fmt"
	"time"

	"razebulk/internal/cli/internal/line"
	"razebulk/internal/event"
	"razebulk/internal/words"
)

// Progress shows how far a phase is: a moving line on a terminal, elsewhere a plain line now and then, so that a log
// stays short. It is not safe for concurrent use.
type Progress struct {
	screen  *Screen
	words   *words.Words
	columns func() int // of the terminal; nil if no line can move

	started time.Time // when the phase began; the zero time before its first event
	lines   int       // due so far
	last    string    // the wait that was last written
}

// NewProgress returns a display on the console.
func NewProgress(c Console) Progress {
	if !c.Moves {
		return Progress{screen: c.Err, words: c.Words}
	}
	return Progress{screen: c.Err, words: c.Words, columns: c.Columns}
}

// Show handles an event of the phase.
func (p *Progress) Show(e event.Progress) {
	switch {
	case e.Ended:
		p.screen.draw("")
		*p = Progress{screen: p.screen, words: p.words, columns: p.columns}
	case p.columns == nil:
		p.writeLine(e)
	case e.Done < e.Total || e.Phase.OfSheet():
		p.screen.draw(line.Fitted(p.words, e, p.columns()-1))
	}
}

// writeLine writes a line if one is due. It mentions a wait once.
func (p *Progress) writeLine(e event.Progress) {
	now := time.Now()
	if p.started.IsZero() {
		p.started = now
	}
	due := line.Due(e.Phase, now.Sub(p.started))
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
	fmt.Fprintln(p.screen, line.Full(p.words, e))
}
