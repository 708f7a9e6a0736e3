package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"razebulk/internal/words"
)

// TestEveryReasonOfARowIsDocumented compares the codes that a results file may contain with the tables of
// docs/results.md.
func TestEveryReasonOfARowIsDocumented(t *testing.T) {
	text, err := os.ReadFile("docs/results.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := documentedReasons(string(text))
	for _, code := range words.RowCodes() {
		if !slices.Contains(documented, code) {
			t.Errorf("docs/results.md does not say what %s is", code)
		}
	}
	for i, code := range documented {
		if !slices.Contains(words.RowCodes(), code) {
			t.Errorf("docs/results.md lists %s, which no row has", code)
		}
		if slices.Contains(documented[:i], code) {
			t.Errorf("docs/results.md lists %s twice", code)
		}
	}
}

// TestEveryTestThatThePromisesNameExists checks docs/reliability.md: each promise names the test that proves it.
func TestEveryTestThatThePromisesNameExists(t *testing.T) {
	text, err := os.ReadFile("docs/reliability.md")
	if err != nil {
		t.Fatal(err)
	}
	names := testName.FindAllStringSubmatch(string(text), -1)
	if len(names) < 50 {
		t.Fatalf("only %d tests are named", len(names))
	}
	var sources strings.Builder
	for _, f := range goFiles(t) {
		if f.isTest() {
			sources.Write(f.text)
		}
	}
	for _, name := range names {
		if name[2] != "" {
			if _, err := os.Stat(filepath.Join("internal/cli/testdata", name[2])); err != nil {
				t.Error(err)
			}
		} else if !strings.Contains(sources.String(), "\nfunc "+name[1]+"(") {
			t.Errorf("there is no %s", name[1])
		}
	}
}

var (
	testName  = regexp.MustCompile("`(?:((?:Test|Fuzz)[A-Za-z0-9]+)|([a-z_]+\\.txtar))`")
	reasonRow = regexp.MustCompile("(?m)^\\| (`[a-z_`, ]+`) \\|")
	quoted    = regexp.MustCompile("`([a-z_]+)`")
)

// documentedReasons returns the codes in the first column of the section's tables.
func documentedReasons(page string) (codes []string) {
	_, section, _ := strings.Cut(page, "\n## Every reason\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for _, row := range reasonRow.FindAllStringSubmatch(section, -1) {
		for _, code := range quoted.FindAllStringSubmatch(row[1], -1) {
			codes = append(codes, code[1])
		}
	}
	return codes
}
