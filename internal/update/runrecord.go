package update

import (
	"cmp"
	"sync"
	"time"

	"razebulk/internal/getraze"
	"razebulk/report"
)

// runRecord is the record of a run, or of the run that it resumes. It is safe for concurrent use.
type runRecord struct {
	mu      sync.Mutex
	results string // "" while there is no record
	about   report.RunRecord
}

// is sets what the run is about, before it has a record.
func (r *runRecord) is(about report.RunRecord) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.about = about
}

// continues is for a run that resumes the one with this record. The id is for a record that has none.
func (r *runRecord) continues(results, id string, about report.RunRecord) {
	r.mu.Lock()
	defer r.mu.Unlock()
	about.ID = cmp.Or(about.ID, id)
	r.results, r.about = results, about
}

func (r *runRecord) begin(results string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results = results
	return report.WriteRunRecord(results, r.about)
}

// change changes the record, if there is one.
func (r *runRecord) change(change func(*report.RunRecord)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.results == "" {
		return nil
	}
	change(&r.about)
	return report.WriteRunRecord(r.results, r.about)
}

// detected adds the dialect, for a run that resumes this one. Without it, that run detects the dialect again, so a
// failure to write it is ignored.
func (r *runRecord) detected(d getraze.Dialect) {
	_ = r.change(func(about *report.RunRecord) { about.Dialect = d.Name() })
}

// withheld marks a run of which nothing is sent, before it has a record.
func (r *runRecord) withheld() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.about.Withheld = true
}

// ended records that every row has its result: a run that is killed from then on is not sent again.
func (r *runRecord) ended() error {
	return r.change(func(about *report.RunRecord) { about.Ended = true })
}

// id returns the id of the run, which is also that of the run it resumes.
func (r *runRecord) id() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.about.ID
}

// started returns when the run began, or the run that it resumes.
func (r *runRecord) started() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.about.Started
}
