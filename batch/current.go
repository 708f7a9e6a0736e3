package batch

import (
	"razebulk/batch/internal/held"
	"razebulk/batch/internal/ids"
	"razebulk/batch/internal/outcome"
	"razebulk/internal/getraze"
)

// Current is what the service was seen to hold, by opportunity. It is safe for concurrent use.
type Current = held.Store[Failure]

func newCurrent(of *ids.Index) *Current { return held.New[Failure](of) }

// storedAnd are the fields that were stored, and those that may have been.
func storedAnd(fields outcome.Fields) (stored, doubtful []getraze.Field) {
	stored = make([]getraze.Field, 0, len(fields))
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
