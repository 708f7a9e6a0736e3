package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write THIRD_PARTY.md again")

// module is a module that the program is linked with.
type module struct{ Path, Version, Dir string }

// linkedModules returns the modules that the program is linked with on any of its systems.
func linkedModules(t *testing.T) []module {
	t.Helper()
	seen := map[string]module{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		list := exec.Command("go", "list", "-deps", "-json=Module", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct{ Module *module }
			if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if p.Module != nil && p.Module.Version != "" {
				seen[p.Module.Path] = *p.Module
			}
		}
	}
	var all []module
	for _, m := range seen {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return all
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)(\.(txt|md))?$`)

// kinds are the licences that the program may be linked with, each with a phrase from its text, in the order of the
// search. Adding another one is a decision.
var kinds = []struct{ name, phrase string }{
	{"Apache-2.0", "Apache License"},
	{"MIT", "Permission is hereby granted, free of charge"},
	{"BSD-3-Clause", "Neither the name"},
	{"BSD-3-Clause", "names of its contributors may not be used"},
	{"BSD-2-Clause", "Redistribution and use in source and binary forms"},
}

// licenceOf returns the name of the module's licence, and its text.
func licenceOf(t *testing.T, m module) (name, text string) {
	t.Helper()
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if licenceFile.MatchString(e.Name()) {
			content, err := os.ReadFile(filepath.Join(m.Dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			text += strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n")) + "\n"
		}
	}
	spaces := strings.Join(strings.Fields(text), " ")
	for _, kind := range kinds {
		if strings.Contains(spaces, kind.phrase) {
			return kind.name, text
		}
	}
	t.Errorf("%s: what licence is this? %q", m.Path, text)
	return "", text
}

// thirdParty returns THIRD_PARTY.md as it must be.
func thirdParty(t *testing.T) string {
	t.Helper()
	var table, texts strings.Builder
	for _, m := range append([]module{{"Go and its standard library", "", goRoot(t)}}, linkedModules(t)...) {
		name, text := licenceOf(t, m)
		fmt.Fprintf(&table, "| %s | %s | %s |\n", m.Path, m.Version, name)
		fmt.Fprintf(&texts, "\n## %s\n\n```\n%s```\n", m.Path, text)
	}
	return "# Licences of others\n\nA build of razebulk contains these modules. `go test . -run Licence -update` writes this page again.\n\n" +
		"| module | version | licence |\n|---|---|---|\n" + table.String() + texts.String()
}

func goRoot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// TestEveryLicenceIsListed compares THIRD_PARTY.md, which goes into every package, with what the program is linked
// with.
func TestEveryLicenceIsListed(t *testing.T) {
	if testing.Short() {
		t.Skip("it lists the program's packages for three systems")
	}
	want := thirdParty(t)
	if *update {
		if err := os.WriteFile("THIRD_PARTY.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile("THIRD_PARTY.md"); err != nil || string(got) != want {
		t.Errorf("THIRD_PARTY.md is not what the program is linked with (%v): go test . -run Licence -update", err)
	}
}
