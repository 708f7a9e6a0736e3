package batch

import (
	"razebulk/batch/internal/held"
	"razebulk/batch/internal/outcome"
	"razebulk/internal/getraze"
)

// Current is what the service was seen to hold, by opportunity. It is safe for concurrent use.
type Current = held.Store[Failure]

func newCurrent() *Current { return held.New[Failure]() }

// storedAnd are the fields that were stored, and those that may have been.
func storedAnd(fields outcome.Fields) (stored, doubtful []getraze.Field) {
	for _, f := range fields {
		switch {
		case f.IsStored():
			stored = append(stored, f.Field)
		case f.IsDoubtful():
			doubtful = append(doubtful, f.Field)
		}
	}
	return stored, doubtful
}
