package runreport

import (
	"bytes"
	_ "embed" // the page
	"maps"
	"strings"
	"sync"
	"time"

	"razebulk/batch"
	"razebulk/internal/notify"
	"razebulk/internal/page"
	"razebulk/internal/words"
)

// Report is what a page shows.
type Report struct {
	Words *words.Words
	// Summary is the run as the machine-readable summary has it.
	Summary notify.Summary
	// Applies reports that the sheet is a reviewed plan.
	Applies bool
	// Host is where the CRM is, for a run that did not get far enough to know it.
	Host string
	// User is who ran it, as the system names them.
	User string
	// Message is what the program said when the run ended; "" means nothing.
	Message string
	// PlanAge is how long a plan can be applied.
	PlanAge time.Duration
	// Details are what the events of the run reported.
	Details *Collector
}

//go:embed page.html
var source string

var pageTemplate = sync.OnceValue(func() *page.Template { return page.New(source) })

// HTML returns the page: a whole file of at most [MaxSize] bytes.
func (r Report) HTML() ([]byte, error) {
	v := view{r}
	var out bytes.Buffer
	err := pageTemplate().Of(v.say).ExecuteTemplate(&out, "whole", v.model())
	return out.Bytes(), err
}

// view puts a report into words.
type view struct{ Report }

func (v view) say(code string, params ...any) string {
	named := map[string]any{}
	for i := 0; i+1 < len(params); i += 2 {
		named[params[i].(string)] = params[i+1]
	}
	return v.Words.Text(code, named)
}

func (v view) dry() bool { return v.Summary.DryRun }

// counts returns the number of rows by status.
func (v view) counts() map[string]int {
	if v.dry() {
		return maps.Clone(v.Details.byStatus)
	}
	return maps.Clone(v.Summary.Rows.ByStatus)
}

func (v view) count(status batch.Status) int { return v.counts()[string(status)] }

func (v view) total() int {
	if v.Summary.Rows.Total == nil {
		return 0
	}
	return *v.Summary.Rows.Total
}

// remaining returns the number of rows without a known outcome.
func (v view) remaining() int {
	done := 0
	for _, n := range v.counts() {
		done += n
	}
	return max(0, v.total()-done)
}

// failed returns the number of rows that need attention.
func (v view) failed() (n int) {
	for _, g := range v.Details.groups {
		n += g.count
	}
	return max(n, v.Summary.Rows.Failed)
}

// base returns the last part of a path of any system.
func base(path string) string {
	return words.Visible(path[strings.LastIndexAny(path, `/\`)+1:])
}

func (v view) moment(t time.Time) string { return v.say("page_moment", "at", t.Local()) }

// soon returns an instant as people say it today, with the date if it is further off.
func (v view) soon(t time.Time) string {
	if t.Sub(v.now()) < 12*time.Hour {
		return v.say("page_time", "at", t.Local())
	}
	return v.moment(t)
}

// now returns when the page was written.
func (v view) now() time.Time {
	if v.Summary.Ended != nil {
		return *v.Summary.Ended
	}
	return v.Summary.Started.Add(time.Duration(v.Summary.Durations.Total * float64(time.Second)))
}

func (v view) seconds(s float64) string {
	return v.say("page_span", "span", time.Duration(s*float64(time.Second)))
}
