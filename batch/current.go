package batch

import (
	"razebulk/batch/internal/held"
	"razebulk/batch/internal/ids"
)

// Current records what the service was seen to hold, by opportunity. It is safe for concurrent use.
type Current = held.Store[Failure]

func newCurrent(of *ids.Index) *Current { return held.New[Failure](of) }
