package update

import (
	"sync"

	"razebulk/internal/getraze"
	"razebulk/report"
)

// runRecord is the record of a run under way. It is safe for concurrent use.
type runRecord struct {
	mu      sync.Mutex
	results string // "" as long as there is no record
	record  report.RunRecord
}

func (r *runRecord) begin(results string, record report.RunRecord) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results, r.record = results, record
	return report.WriteRunRecord(results, record)
}

// detected adds the dialect, for a run that resumes this one. Without it, that run detects it anew: so it is no failure
// if it can't be written.
func (r *runRecord) detected(d getraze.Dialect) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.results != "" {
		r.record.Dialect = d.Name()
		_ = report.WriteRunRecord(r.results, r.record)
	}
}
