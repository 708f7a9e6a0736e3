package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// base is the peer that ratios refer to.
const base = "least loop"

func reportOf(s settings, all []peer, found results) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# razebulk beside others\n\nWritten by bench/compare on %s. Don't edit it: run `go run .` there.\n\n", time.Now().UTC().Format("2006-01-02"))
	fmt.Fprintf(&b, "%d processors (%s), load %s at the end, %s, %s/%s. The client has processors %s, the server %s.\n",
		runtime.NumCPU(), processor(), load(), runtime.Version(), runtime.GOOS, runtime.GOARCH, clientProcessors(), serverProcessors())
	fmt.Fprintf(&b, "%d rows of ten columns, %d rounds, in each of which every program runs once. With a latency, as many rows as take %s.\n\n", s.rows, s.rounds, s.longest)
	b.WriteString("A figure is the median of the rounds. A ratio is that of two runs of one round, and the median of these; it is to the least loop.\n" +
		"CPU is user and system time of the client alone. Peak is its resident memory at most.\n\n" +
		"(p): needs targets that are prepared before, which is not measured, and reads no sheet. (n): records no results.\n")
	for _, latency := range s.latencies {
		for _, connections := range s.connections {
			table(&b, all, setting{connections, latency}, found[setting{connections, latency}])
		}
	}
	missing(&b, all)
	return b.Bytes()
}

func table(b *bytes.Buffer, all []peer, at setting, runs map[string][]measured) {
	fmt.Fprintf(b, "\n## %d connections, %s latency\n\n", at.connections, at.latency)
	b.WriteString("| | rows/s | ratio | µs CPU a row | ratio | peak MB |\n|---|---|---|---|---|---|\n")
	for _, p := range all {
		of := runs[p.name]
		if len(of) == 0 {
			continue
		}
		fmt.Fprintf(b, "| %s | %.0f | %s | %.1f | %s | %.1f |\n", p.name+p.marks(), median(of, measured.perSecond), ratio(of, runs[base], measured.perSecond),
			median(of, measured.cpuPerRow), ratio(of, runs[base], measured.cpuPerRow), median(of, measured.megabytes))
	}
}

func (p peer) marks() (marks string) {
	if p.prepared {
		marks += " (p)"
	}
	if !p.records {
		marks += " (n)"
	}
	return marks
}

func missing(b *bytes.Buffer, all []peer) {
	for _, p := range all {
		if p.missing != nil {
			fmt.Fprintf(b, "\n%s could not be installed: `%s`\n", p.name, strings.ReplaceAll(p.missing.Error(), "\n", " "))
		}
	}
}

func median(of []measured, figure func(measured) float64) float64 {
	figures := make([]float64, len(of))
	for i, m := range of {
		figures[i] = figure(m)
	}
	return middle(figures)
}

func ratio(of, to []measured, figure func(measured) float64) string {
	if len(of) != len(to) {
		return ""
	}
	ratios := make([]float64, len(of))
	for i := range of {
		ratios[i] = figure(of[i]) / figure(to[i])
	}
	return fmt.Sprintf("%.2f", middle(ratios))
}

func middle(figures []float64) float64 {
	slices.Sort(figures)
	n := len(figures)
	return (figures[(n-1)/2] + figures[n/2]) / 2
}

// processor returns the model of the first processor, as Linux names it.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, model, found := strings.Cut(line, ":"); found && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return "unknown"
}

func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	one, _, _ := strings.Cut(string(text), " ")
	return one
}
