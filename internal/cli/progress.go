package cli

import (
	"fmt"
	"time"

	"razebulk/internal/cli/internal/line"
	"razebulk/internal/event"
	"razebulk/internal/words"
)

// progress shows how far a phase is: a moving line on a terminal, elsewhere a plain line now and then, so that a log
// stays short. It is not safe for concurrent use.
type progress struct {
	screen  *screen
	words   *words.Words
	columns func() int // of the terminal; nil if no line can move

	started time.Time // when the phase began; the zero time before its first event
	lines   int       // due so far
	last    string    // the wait that was last written
}

func progressOn(c console) progress {
	if !c.moves {
		return progress{screen: c.err, words: c.words}
	}
	return progress{screen: c.err, words: c.words, columns: c.columns}
}

// show handles an event of the phase.
func (p *progress) show(e event.Progress) {
	switch {
	case e.Ended:
		p.screen.draw("")
		*p = progress{screen: p.screen, words: p.words, columns: p.columns}
	case p.columns == nil:
		p.writeLine(e)
	case e.Done < e.Total || e.Phase.OfSheet():
		p.screen.draw(line.Fitted(p.words, e, p.columns()-1))
	}
}

// writeLine writes a line if one is due. It mentions a wait once.
func (p *progress) writeLine(e event.Progress) {
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
