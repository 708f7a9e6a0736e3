package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows are the imports between packages that the plan of the program allows, and there are no others. The sandbox is
// a second reading of the API's contract and never imports the first one, so that a shared mistake can't hide.
var arrows = map[string][]string{
	"razebulk":                             {"internal/cli"},
	"razebulk/bench":                       nil,
	"razebulk/batch":                       {"batch/internal/idset", "batch/pace", "csvmap", "internal/crm", "internal/files", "internal/getraze", "internal/ledger", "internal/reason"},
	"razebulk/batch/internal/idset":        {"internal/crm"},
	"razebulk/batch/pace":                  {"internal/getraze", "internal/reason"},
	"razebulk/csvmap":                      {"csvmap/internal/amount", "csvmap/internal/cell", "csvmap/internal/textfile", "csvmap/internal/xlsx", "internal/crm", "internal/reason"},
	"razebulk/csvmap/internal/amount":      {"csvmap/internal/cell", "internal/crm", "internal/reason"},
	"razebulk/csvmap/internal/cell":        {"internal/crm", "internal/reason"},
	"razebulk/csvmap/internal/sheettest":   {"internal/reason", "internal/words"}, // for tests
	"razebulk/csvmap/internal/textfile":    {"csvmap/internal/cell", "internal/crm", "internal/reason"},
	"razebulk/csvmap/internal/xlsx":        {"csvmap/internal/cell", "internal/crm", "internal/reason"},
	"razebulk/report":                      {"batch", "csvmap", "internal/crm", "internal/files", "internal/reason", "internal/words"},
	"razebulk/internal/cli":                append([]string{"internal/cli/internal/line", "internal/cli/internal/usage"}, anyOfOurs...),
	"razebulk/internal/cli/internal/line":  {"batch/pace", "internal/event", "internal/words"},
	"razebulk/internal/cli/internal/usage": nil,
	"razebulk/internal/crm":                nil,
	"razebulk/internal/event":              {"batch", "batch/pace", "csvmap", "internal/reason"},
	"razebulk/internal/export":             engine,
	"razebulk/internal/files":              {"internal/reason"},
	"razebulk/internal/getraze":            {"internal/crm", "internal/reason"},
	"razebulk/internal/ledger":             {"internal/crm", "internal/files", "internal/reason"},
	"razebulk/internal/reason":             nil,
	"razebulk/internal/run":                {"batch", "batch/pace", "csvmap", "internal/crm", "internal/event", "internal/files", "internal/getraze", "internal/ledger", "internal/reason"},
	"razebulk/internal/sandbox":            {"internal/sandbox/internal/inprocess", "internal/sandbox/internal/postgres"},
	"razebulk/internal/update":             engine,
	"razebulk/internal/words":              nil,
}

// engine is what a whole run may use: everything but the terminal.
var engine = []string{
	"batch", "batch/pace", "csvmap", "internal/crm", "internal/event", "internal/files", "internal/getraze", "internal/ledger",
	"internal/reason", "internal/run", "internal/words", "report",
}

// anyOfOurs is for the room that wires all others together.
var anyOfOurs = append([]string{"internal/export", "internal/sandbox", "internal/update"}, engine...)

func TestPackagesImportOnlyWhatThePlanAllows(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		allowed, known := arrows[p.ImportPath]
		if !known {
			t.Errorf("%s is not in the plan: give it a place in arrows", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if ours, found := strings.CutPrefix(imported, "razebulk/"); found && !slices.Contains(allowed, ours) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
	}
}
