package notify

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Metrics returns the summary in Prometheus's text format, as node_exporter's textfile collector reads it. Each
// sample has the label sheet, so that the files of several sheets can be in one folder.
func (s Summary) Metrics() []byte {
	m := metrics{sheet: s.Sheet.Name}
	m.gauge("razebulk_info", "The version of razebulk, always 1.", sample{1, []string{"version", s.Version}})
	m.gauge("razebulk_run_running", "1 if the run has not ended, or was killed.", one(flag(s.State == Running)))
	m.gauge("razebulk_run_started_timestamp_seconds", "When the run began.", one(unix(s.Started)))
	if s.Ended != nil {
		m.gauge("razebulk_run_ended_timestamp_seconds", "When the run ended.", one(unix(*s.Ended)))
		m.gauge("razebulk_run_exit_code", "The exit code of the run.", one(float64(*s.ExitCode)))
	}
	m.gauge("razebulk_run_resumable", "1 if rows remain that a run can resume.", one(flag(s.Resumable)))
	m.gauge("razebulk_run_dry", "1 if the run was to send nothing.", one(flag(s.DryRun)))
	m.gauge("razebulk_run_duration_seconds", "How long the run took.", one(s.Durations.Total))
	if s.Rows.Total != nil {
		m.gauge("razebulk_sheet_rows", "The rows of the sheet.", one(float64(*s.Rows.Total)))
	}
	m.gauge("razebulk_run_rows_failed", "Rows that need attention.", one(float64(s.Rows.Failed)))
	m.gauge("razebulk_run_rows", "Rows that have a result, by its status.", counts("status", s.Rows.ByStatus)...)
	m.gauge("razebulk_run_rows_by_reason", "Rows that need attention, by each reason.", counts("reason", s.Rows.ByReason)...)
	m.gauge("razebulk_run_requests", "Requests of the run.", counts("kind", map[string]int{"sent": s.Requests.Sent, "read": s.Requests.Read})...)
	m.gauge("razebulk_run_wait_seconds", "Time in which no request could go out.", sample{s.Waits.Quota, []string{"why", "quota"}},
		sample{s.Waits.Service, []string{"why", "service"}}, sample{s.Waits.Outage, []string{"why", "outage"}})
	m.gauge("razebulk_run_outages", "How often the service as a whole has failed.", one(float64(s.Outage.Count)))
	m.gauge("razebulk_run_outage_seconds", "How long the service as a whole has failed.", one(s.Outage.Seconds))
	if s.Quota != nil {
		m.gauge("razebulk_quota_limit", "Requests in a window of the quota.", one(float64(s.Quota.Limit)))
		m.gauge("razebulk_quota_remaining", "Requests that remained of the window.", one(float64(s.Quota.Remaining)))
		m.gauge("razebulk_quota_reset_timestamp_seconds", "When the window ends.", one(unix(s.Quota.Resets)))
	}
	return []byte(m.text.String())
}

// sample is a value and its labels: alternating names and values.
type sample struct {
	value  float64
	labels []string
}

func one(value float64) sample { return sample{value: value} }

func counts(label string, by map[string]int) []sample {
	var samples []sample
	for _, name := range slices.Sorted(maps.Keys(by)) {
		samples = append(samples, sample{float64(by[name]), []string{label, name}})
	}
	return samples
}

func flag(on bool) float64 {
	if on {
		return 1
	}
	return 0
}

func unix(at time.Time) float64 { return float64(at.UnixMilli()) / 1000 }

type metrics struct {
	sheet string
	text  strings.Builder
}

// gauge writes a metric with its samples. It writes nothing if there are none.
func (m *metrics) gauge(name, help string, samples ...sample) {
	if len(samples) == 0 {
		return
	}
	fmt.Fprintf(&m.text, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name)
	for _, s := range samples {
		fmt.Fprintf(&m.text, "%s{sheet=%s", name, quoted(m.sheet))
		for i := 0; i < len(s.labels); i += 2 {
			fmt.Fprintf(&m.text, ",%s=%s", s.labels[i], quoted(s.labels[i+1]))
		}
		fmt.Fprintf(&m.text, "} %s\n", strconv.FormatFloat(s.value, 'f', -1, 64))
	}
}

var labelEscapes = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)

// quoted returns a label's value in quotes. It must be UTF-8.
func quoted(value string) string {
	return `"` + labelEscapes.Replace(strings.ToValidUTF8(value, "\uFFFD")) + `"`
}
