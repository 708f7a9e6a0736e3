// Package reporting writes the reports of a run of update: the page, the summary, the metrics, the pings and a line
// in the history. It handles the run's events, and never changes how the run ends.
package reporting

import (
	"fmt"
	"strconv"

	"github.com/spf13/pflag"

	"razebulk/internal/files"
	"razebulk/internal/notify"
	"razebulk/internal/reason"
)

// Flags are the flags for what is reported.
type Flags struct {
	summary  string
	page     string
	metrics  string
	ping     string
	keepRuns int
}

// Define defines the flags.
func (f *Flags) Define(flags *pflag.FlagSet) {
	f.DefinePage(flags)
	flags.StringVar(&f.summary, "summary", "", "write a summary of the run to `FILE`, in JSON; also when the run fails")
	flags.StringVar(&f.metrics, "metrics", "", "write metrics of the run to `FILE`, for node_exporter's textfile collector")
	flags.StringVar(&f.ping, "ping", "", "tell `URL` when the run starts and how it ends, as healthchecks.io expects")
	flags.IntVar(&f.keepRuns, "keep-runs", 0, "keep results, failed and undo files of `N` runs, including this one; 0 = all")
}

// DefinePage defines the flag for the page, which undo has too.
func (f *Flags) DefinePage(flags *pflag.FlagSet) {
	flags.StringVar(&f.page, "report", "", "write a page for the sheet's owner to `FILE.html`: what happened, what to do, old and new values")
}

// PageTo returns flags that ask only for the page.
func PageTo(path string) *Flags { return &Flags{page: path} }

// WantsPlans reports whether the report shows what is planned for each row.
func (f *Flags) WantsPlans() bool { return f.page != "" }

// check fails if a report can't be written as the flags say. Others are the files that the run reads or writes.
func (f *Flags) check(others []string) error {
	if f.keepRuns < 0 {
		return reason.New("flag_negative", "flag", "--keep-runs", "given", strconv.Itoa(f.keepRuns), "rate", false)
	}
	all := []struct {
		flag, path string
		kind       notify.Kind
	}{{"--report", f.page, notify.PageFile}, {"--summary", f.summary, notify.SummaryFile}, {"--metrics", f.metrics, notify.MetricsFile}}
	for i, file := range all {
		for _, other := range all[:i] {
			if file.path != "" && other.path != "" && files.Same(file.path, other.path) {
				return reason.New("flags_same_file", "flags", []string{other.flag, file.flag})
			}
		}
		if err := checkFile(file.flag, file.path, file.kind, others); err != nil {
			return err
		}
	}
	return nil
}

func checkFile(flag, path string, kind notify.Kind, others []string) error {
	if path == "" {
		return nil
	}
	for _, other := range others {
		if files.Same(path, other) {
			return fmt.Errorf("%s %w", flag, reason.New("report_collides", "file", path))
		}
	}
	if err := kind.Check(path); err != nil {
		return fmt.Errorf("%s %w", flag, err)
	}
	return nil
}
