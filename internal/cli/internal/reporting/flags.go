// Package reporting makes what a run of update leaves for machines and for later: the summary, the metrics, the pings
// and a line in the history. It takes the events of the run, and never changes how the run ends.
package reporting

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"razebulk/internal/files"
	"razebulk/internal/notify"
	"razebulk/internal/reason"
)

// Flags are those of what is reported.
type Flags struct {
	summary  string
	metrics  string
	ping     string
	keepRuns int
}

// Define defines the flags.
func (f *Flags) Define(flags *pflag.FlagSet) {
	flags.StringVar(&f.summary, "summary", "", "write a summary of the run to `FILE`, in JSON; also when the run fails")
	flags.StringVar(&f.metrics, "metrics", "", "write metrics of the run to `FILE`, for node_exporter's textfile collector")
	flags.StringVar(&f.ping, "ping", "", "tell `URL` when the run begins and how it ends, as healthchecks.io has it")
	flags.IntVar(&f.keepRuns, "keep-runs", 0, "keep results, failed and undo files of `N` runs, this one included; 0 = of all")
}

// check fails if the flags can't be obeyed. Others are the files that the run reads or writes.
func (f *Flags) check(others []string) error {
	if f.keepRuns < 0 {
		return fmt.Errorf("--keep-runs %d: must be 0 or more", f.keepRuns)
	}
	if f.summary != "" && f.metrics != "" && files.Same(f.summary, f.metrics) {
		return errors.New("--summary and --metrics are the same file; name another")
	}
	if err := checkFile("--summary", f.summary, notify.SummaryFile, others); err != nil {
		return err
	}
	return checkFile("--metrics", f.metrics, notify.MetricsFile, others)
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
