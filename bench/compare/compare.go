package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// setting holds the conditions under which all peers run.
type setting struct {
	connections int
	latency     time.Duration
}

// measured is the result of one run of a peer.
type measured struct {
	rows         int
	elapsed, cpu time.Duration
	peak         int64 // bytes
}

func (m measured) perSecond() float64 { return float64(m.rows) / m.elapsed.Seconds() }

func (m measured) cpuPerRow() float64 { return float64(m.cpu.Nanoseconds()) / float64(m.rows) / 1000 }

func (m measured) megabytes() float64 { return float64(m.peak) / 1e6 }

// results holds the runs of each peer in each setting, in the order of the rounds.
type results map[setting]map[string][]measured

func compare(s settings) (err error) {
	if s.dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return err
		}
		s.dir = filepath.Join(cache, "razebulk-compare")
	}
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	all := peers(s.dir)
	for _, p := range all {
		if p.missing != nil {
			fmt.Fprintln(os.Stderr, "not installed:", p.name, p.missing)
		}
	}
	address, stop, err := startServer()
	if err != nil {
		return err
	}
	defer stop()
	found := results{}
	for round := range s.rounds {
		for _, latency := range s.latencies {
			for _, connections := range s.connections {
				if err := s.round(round, all, address, setting{connections, latency}, found); err != nil {
					return err
				}
			}
		}
	}
	return os.WriteFile(s.out, reportOf(s, all, found), 0o644)
}

// startServer starts the server in its own process, on its own processors.
func startServer() (address string, stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	server := exec.Command("taskset", "--cpu-list", serverProcessors(), self, "serve")
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		return "", nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	stop = func() { _, _ = server.Process.Kill(), server.Wait() }
	return "http://" + strings.TrimSpace(line), stop, err
}

// clientProcessors returns the first half of all processors, serverProcessors the second.
func clientProcessors() string { return fmt.Sprintf("0-%d", max(0, runtime.NumCPU()/2-1)) }

func serverProcessors() string { return fmt.Sprintf("%d-%d", runtime.NumCPU()/2, runtime.NumCPU()-1) }

// round runs every peer once. Each round begins with a different one.
func (s settings) round(number int, all []peer, address string, at setting, found results) error {
	rows := s.rows
	if at.latency > 0 {
		rows = min(rows, int(s.longest/at.latency)*at.connections)
	}
	r := race{dir: s.dir, sheet: filepath.Join(s.dir, fmt.Sprintf("rows-%d.csv", rows)), address: address + "/" + at.latency.String(), connections: at.connections}
	if err := makeSheet(r.sheet, rows); err != nil {
		return err
	}
	if found[at] == nil {
		found[at] = map[string][]measured{}
	}
	for i := range all {
		p := all[(i+number)%len(all)]
		if p.missing != nil || !strings.Contains(p.name, s.only) {
			continue
		}
		m, err := p.measure(r)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		m.rows = rows
		found[at][p.name] = append(found[at][p.name], m)
		fmt.Fprintf(os.Stderr, "round %d, %d connections, %s: %-18s %8.0f rows/s %6.1f µs CPU/row %6.1f MB\n",
			number+1, at.connections, at.latency, p.name, m.perSecond(), m.cpuPerRow(), m.megabytes())
	}
	return nil
}

func (p peer) measure(r race) (measured, error) {
	if p.prepare != nil {
		if err := p.prepare(r); err != nil {
			return measured{}, err
		}
	}
	command := exec.Command("taskset", append([]string{"--cpu-list", clientProcessors()}, p.command(r)...)...)
	command.Env = append(os.Environ(), "GETRAZE_API_KEY="+key)
	var said bytes.Buffer
	command.Stderr = &said
	began := time.Now()
	err := command.Run()
	m := measured{elapsed: time.Since(began)}
	if err != nil {
		return m, errors.Join(err, errors.New(said.String()))
	}
	used := command.ProcessState.SysUsage().(*syscall.Rusage)
	m.cpu = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	m.peak = used.Maxrss << 10 // Linux counts in KiB
	return m, nil
}
