package main

import (
	"regexp"
	"strings"
	"testing"
)

// instructions returns the instructions of a Dockerfile, with continued lines joined.
func instructions(text string) (all [][2]string) {
	text = regexp.MustCompile(`(?m)^\s*#.*\n`).ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, "\\\n", " ")
	for line := range strings.Lines(text) {
		if word, rest, found := strings.Cut(strings.TrimSpace(line), " "); found {
			all = append(all, [2]string{word, strings.Join(strings.Fields(rest), " ")})
		}
	}
	return all
}

// TestTheImageIsSmallAndHasNoRoot checks the Dockerfile without building it: the last stage starts from scratch, has no
// RUN instruction, and runs as a numeric user, which Kubernetes can check.
func TestTheImageIsSmallAndHasNoRoot(t *testing.T) {
	all := instructions(string(read(t, "Dockerfile")))
	from, last := 0, 0
	for i, in := range all {
		switch in[0] {
		case "FROM":
			from, last = from+1, i
		case "RUN", "COPY", "ARG", "USER", "WORKDIR", "ENTRYPOINT", "CMD":
		default:
			t.Errorf("%s is not expected here", in[0])
		}
		if in[0] == "FROM" && in[1] != "scratch" && !regexp.MustCompile(`^\S+:\d+\.\d+\.\d+\S* AS \w+$`).MatchString(in[1]) {
			t.Errorf("FROM %s: want a name and a whole version", in[1])
		}
	}
	if from != 2 || all[last][1] != "scratch" {
		t.Fatalf("%d stages, the last one FROM %s", from, all[last][1])
	}
	has := map[string]string{}
	for _, in := range all[last+1:] {
		has[in[0]] += in[1] + "\n"
	}
	if has["RUN"] != "" {
		t.Errorf("there is no shell to RUN %s", has["RUN"])
	}
	if !regexp.MustCompile(`^[1-9]\d+:[1-9]\d+\n$`).MatchString(has["USER"]) {
		t.Errorf("USER %q: want numbers, and not root's", has["USER"])
	}
	if has["ENTRYPOINT"] != "[\"/razebulk\"]\n" {
		t.Errorf("ENTRYPOINT %q: want a list, as there is no shell", has["ENTRYPOINT"])
	}
	for _, want := range []string{"ca-certificates.crt", "/tmp", "LICENSE THIRD_PARTY.md"} {
		if !strings.Contains(has["COPY"], want) {
			t.Errorf("the image lacks %s", want)
		}
	}
	for line := range strings.Lines(has["COPY"]) {
		if source := strings.Fields(line); !strings.HasPrefix(line, "--from=build /") && source[0] != "LICENSE" {
			t.Errorf("COPY %s: only the licences come from the folder itself", line)
		}
	}
	build := ""
	for _, in := range all[:last] {
		if in[0] == "RUN" {
			build += in[1]
		}
	}
	if !strings.Contains(build, "CGO_ENABLED=0 go build -trimpath") {
		t.Error("the program is not static")
	}
}

// TestTheImageIsBuiltWithTheGoOfTheModule keeps the Dockerfile from an older Go than go.mod wants.
func TestTheImageIsBuiltWithTheGoOfTheModule(t *testing.T) {
	wanted := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(read(t, "go.mod"))
	if wanted == nil || !strings.Contains(string(read(t, "Dockerfile")), "FROM golang:"+string(wanted[1])+".") {
		t.Errorf("the Dockerfile has another Go than go.mod, %s", wanted[1])
	}
}
