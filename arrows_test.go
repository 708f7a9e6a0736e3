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
	"razebulk":         {"razebulk/cli"},
	"razebulk/cli":     {"razebulk/batch", "razebulk/csvmap", "razebulk/getraze", "razebulk/ledger", "razebulk/report", "razebulk/sandbox"},
	"razebulk/report":  {"razebulk/batch"},
	"razebulk/batch":   {"razebulk/csvmap", "razebulk/getraze", "razebulk/ledger"},
	"razebulk/csvmap":  nil,
	"razebulk/getraze": nil,
	"razebulk/ledger":  nil,
	"razebulk/sandbox": nil,
	"razebulk/bench":   nil,
}

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
			if strings.HasPrefix(imported, "razebulk/") && !slices.Contains(allowed, imported) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
	}
}
