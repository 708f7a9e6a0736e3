package getraze

// trial is the result of sending a field under a name.
type trial struct {
	refused bool // it is never stored: the service says so, or an answer shows it
	stored  bool // it came back with the value, which may have been there before
	ignored int8 // how often it came back with another value, up to enough
}

// enough is how many answers with another value show that a name is ignored. One alone may be older than the update,
// and a wrong name would be used for all rows that follow.
const enough = 2

var onlyStored = trial{stored: true}

// after returns the trial that follows from this one and what a later answer shows.
func (t trial) after(seen evidence) trial {
	switch {
	case t.refused:
	case seen == wasRefused:
		return trial{refused: true}
	case seen == wasStored:
		t.stored = true
	case seen == wasIgnored:
		t.ignored = min(t.ignored+1, enough)
	}
	return t
}

// rank orders trials: of two names, the one with the higher rank is sent. A value that was there before the update
// looks as if it had been stored, so a success proves little.
func (t trial) rank() int {
	switch {
	case t.refused:
		return -3
	case t.ignored == enough && !t.stored:
		return -2
	case t.ignored == enough:
		return -1
	case t.stored:
		return 1
	}
	return 0
}

// isUseless reports whether sending the field under the name has shown that it is not stored.
func (t trial) isUseless() bool { return t.refused || t.ignored == enough && !t.stored }
