package main

import (
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// peer is a program under measurement.
type peer struct {
	name string
	// A peer does less than razebulk if it needs targets that are prepared in advance, or if it records nothing.
	prepared, records bool
	// prepare makes what a run needs, which isn't measured; nil means nothing.
	prepare func(r race) error
	command func(r race) []string
	// missing is why it could not be installed.
	missing error
}

// race is one run of one peer.
type race struct {
	dir, sheet, address string
	connections         int
}

func (r race) file(name string) string { return filepath.Join(r.dir, name) }

const (
	vegetaVersion  = "v12.13.0"
	undiciVersion  = "7"
	benthosVersion = "latest"
)

// peers installs all peers in the folder.
func peers(dir string) []peer {
	self, err := os.Executable()
	razebulk := filepath.Join(dir, "razebulk")
	failed := install("..", "go", "build", "-C", "../..", "-o", razebulk, ".")
	all := []peer{
		{name: "least loop", missing: err, command: func(r race) []string {
			return []string{self, "least", r.sheet, r.address, strconv.Itoa(r.connections)}
		}},
		{name: "razebulk", records: true, missing: failed, prepare: clean, command: func(r race) []string { return update(razebulk, r) }},
		{name: "razebulk --state", records: true, missing: failed, prepare: clean, command: func(r race) []string {
			return update(razebulk, r, "--state", r.file("state"))
		}},
	}
	return append(all, vegeta(dir), curl(), undici(dir), benthos(dir))
}

// clean removes what an earlier run left.
func clean(r race) error {
	left, err := filepath.Glob(r.file("out*"))
	if err != nil {
		return err
	}
	for _, path := range append(left, r.file("state")) {
		_ = os.Remove(path)
	}
	return nil
}

func update(program string, r race, more ...string) []string {
	return append([]string{
		program, "update", "--quiet", "--yes", "--rate", "0", "--concurrency", strconv.Itoa(r.connections), "--base-url", r.address,
		"--results", r.file("out.csv"), "--restart", r.sheet,
	}, more...)
}

func vegeta(dir string) peer {
	missing := install(dir, "go", "install", "github.com/tsenart/vegeta/v12@"+vegetaVersion)
	return peer{name: "vegeta", prepared: true, missing: missing,
		prepare: func(r race) error { return vegetaTargets(r.sheet, r.file("targets.json"), r.address) },
		command: func(r race) []string {
			n := strconv.Itoa(r.connections)
			return []string{
				filepath.Join(dir, "bin", "vegeta"), "attack", "-format=json", "-lazy", "-rate=0", "-duration=0", "-targets=" + r.file("targets.json"),
				"-workers=" + n, "-max-workers=" + n, "-connections=" + n, "-max-connections=" + n, "-output=/dev/null",
			}
		},
	}
}

func curl() peer {
	_, missing := exec.LookPath("curl")
	return peer{name: "curl --parallel", prepared: true, missing: missing,
		prepare: func(r race) error { return curlConfig(r.sheet, r.file("curl.txt"), r.address) },
		command: func(r race) []string {
			return []string{"curl", "--silent", "--parallel", "--parallel-max", strconv.Itoa(r.connections), "--config", r.file("curl.txt")}
		},
	}
}

//go:embed undici.mjs
var script []byte

func undici(dir string) peer {
	folder := filepath.Join(dir, "node")
	missing := os.MkdirAll(folder, 0o755)
	if missing == nil {
		missing = os.WriteFile(filepath.Join(folder, "undici.mjs"), script, 0o644)
	}
	if missing == nil {
		missing = install(folder, "npm", "install", "--no-audit", "--no-fund", "undici@"+undiciVersion)
	}
	return peer{name: "Node with undici", records: true, missing: missing, command: func(r race) []string {
		return []string{"node", filepath.Join(folder, "undici.mjs"), r.sheet, r.address, strconv.Itoa(r.connections), r.file("node.csv"), key}
	}}
}

// benthos is built from its own module, since it is large.
func benthos(dir string) peer {
	program := filepath.Join(dir, "bin", "benthos")
	folder := filepath.Join(dir, "benthos")
	missing := os.MkdirAll(folder, 0o755)
	if missing == nil {
		missing = os.WriteFile(filepath.Join(folder, "main.go"), benthosProgram, 0o644)
	}
	_ = os.Remove(filepath.Join(folder, "go.mod"))
	for _, line := range []string{
		"go mod init benthos", "go get github.com/redpanda-data/benthos/v4@" + benthosVersion, "go mod tidy", "go build -o " + program + " .",
	} {
		if missing == nil {
			missing = install(folder, strings.Fields(line)...)
		}
	}
	return peer{name: "benthos", missing: missing, command: func(r race) []string {
		return []string{program, r.sheet, r.address, strconv.Itoa(r.connections), key}
	}}
}

//go:embed benthos.txt
var benthosProgram []byte

// install runs a command; its error has the last line that the command printed.
func install(dir string, command ...string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	c := exec.Command(command[0], command[1:]...)
	if dir != ".." {
		c.Dir = dir
	}
	bin, err := filepath.Abs(filepath.Join(dir, "bin"))
	if err != nil {
		return err
	}
	c.Env = append(os.Environ(), "GOBIN="+bin)
	text, err := c.CombinedOutput()
	if err != nil {
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		return fmt.Errorf("%s: %w: %s", strings.Join(command, " "), err, lines[len(lines)-1])
	}
	return nil
}
