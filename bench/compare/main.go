// Command compare measures razebulk next to the programs that people would use instead: the same rows, sent to the
// same server in turn. README.md explains how to run it and what it measures.
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// settings holds what the command line says.
type settings struct {
	rows, rounds int
	connections  []int
	latencies    []time.Duration
	longest      time.Duration
	dir, out     string
	only         string
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// run is the comparison itself, or one of the two parts that this program plays in it: the server or the least loop.
func run(args []string) error {
	if len(args) > 0 && args[0] == "serve" {
		return serve()
	}
	if len(args) == 4 && args[0] == "least" {
		return least(args[1], args[2], args[3])
	}
	s, err := parse(args)
	if err != nil {
		return err
	}
	return compare(s)
}

func parse(args []string) (settings, error) {
	var s settings
	var connections, latencies string
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.IntVar(&s.rows, "rows", 100_000, "rows of the sheet")
	flags.IntVar(&s.rounds, "rounds", 5, "rounds; in each of them every program runs once")
	flags.StringVar(&connections, "connections", "1,8,32", "connections")
	flags.StringVar(&latencies, "latency", "0s,20ms", "how long the server waits before it answers")
	flags.DurationVar(&s.longest, "longest", 20*time.Second, "with a latency, send only as many rows as can be sent in this time")
	flags.StringVar(&s.dir, "dir", "", "where peers are installed and sheets are made; kept (default: one in the user's cache)")
	flags.StringVar(&s.out, "out", "../RESULTS.md", "the file to write")
	flags.StringVar(&s.only, "only", "", "only programs whose name contains this")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	for text := range strings.SplitSeq(connections, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return s, err
		}
		s.connections = append(s.connections, n)
	}
	for text := range strings.SplitSeq(latencies, ",") {
		d, err := time.ParseDuration(text)
		if err != nil {
			return s, err
		}
		s.latencies = append(s.latencies, d)
	}
	return s, nil
}
