package batch

import (
	"razebulk/batch/internal/held"
	"razebulk/internal/getraze"
)

// Current is what the service was seen to hold, by opportunity. It is safe for concurrent use.
type Current = held.Store[Failure]

func newCurrent() *Current { return held.New[Failure]() }

// storedAnd are the fields that were stored, and those that may have been.
func storedAnd(fields []fieldOutcome) (stored, doubtful []getraze.Field) {
	for _, f := range fields {
		switch {
		case f.isStored():
			stored = append(stored, f.field)
		case f.isDoubtful():
			doubtful = append(doubtful, f.field)
		}
	}
	return stored, doubtful
}
