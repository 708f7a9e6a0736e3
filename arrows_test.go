package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows are the imports between packages, all of them and no others. The sandbox implements the contract a second
// time and never imports the client, so that a shared mistake can't hide.
var arrows = map[string][]string{
	"razebulk": {"internal/cli"},
	"razebulk/batch": {
		"batch/coverage", "batch/dialect", "batch/internal/attempt", "batch/internal/contacts", "batch/internal/failures",
		"batch/internal/fieldlist", "batch/internal/gather", "batch/internal/held", "batch/internal/ids",
		"batch/internal/idset", "batch/internal/late", "batch/internal/order", "batch/internal/outcome",
		"batch/internal/plans", "batch/internal/result", "batch/internal/stage", "batch/pace", "batch/rules", "csvmap",
		"internal/crm", "internal/getraze", "internal/ledger", "internal/reason",
	},
	"razebulk/batch/coverage":           {"internal/crm", "internal/getraze"},
	"razebulk/batch/dialect":            {"internal/crm", "internal/getraze", "internal/reason"},
	"razebulk/batch/internal/attempt":   {"batch/pace", "internal/getraze", "internal/reason"},
	"razebulk/batch/internal/contacts":  {"internal/crm"},
	"razebulk/batch/internal/failures":  {"batch/internal/result", "batch/pace", "internal/reason"},
	"razebulk/batch/internal/fieldlist": {"batch/internal/ids", "internal/getraze"},
	"razebulk/batch/internal/gather":    nil,
	"razebulk/batch/internal/held":      {"batch/internal/ids", "internal/crm", "internal/getraze"},
	"razebulk/batch/internal/ids":       {"internal/crm"},
	"razebulk/batch/internal/idset":     {"internal/crm", "internal/reason"},
	"razebulk/batch/internal/late":      {"internal/getraze"},
	"razebulk/batch/internal/order":     nil,
	"razebulk/batch/internal/outcome":   {"internal/getraze"},
	"razebulk/batch/internal/plans":     {"internal/crm", "internal/getraze"},
	"razebulk/batch/internal/result":    {"internal/getraze", "internal/reason"},
	"razebulk/batch/internal/stage":     {"internal/crm", "internal/getraze"},
	"razebulk/batch/pace":               {"internal/getraze", "internal/reason"},
	"razebulk/batch/rules":              {"internal/crm", "internal/getraze", "internal/lazyregexp"},
	"razebulk/bench":                    nil,
	"razebulk/contrib/manual":           {"internal/cli"},
	"razebulk/csvmap": {
		"csvmap/internal/amount", "csvmap/internal/cell", "csvmap/internal/fieldcheck", "csvmap/internal/filekind",
		"csvmap/internal/headerrow", "csvmap/internal/meaning", "csvmap/internal/naming", "csvmap/internal/refusal", "csvmap/internal/slips",
		"csvmap/internal/textfile", "csvmap/internal/undocell", "csvmap/internal/xlsx", "internal/crm", "internal/reason",
	},
	"razebulk/csvmap/internal/amount":     {"csvmap/internal/cell", "internal/crm", "internal/lazyregexp", "internal/reason"},
	"razebulk/csvmap/internal/booktest":   nil, // for tests
	"razebulk/csvmap/internal/cell":       {"internal/crm", "internal/lazyregexp", "internal/reason"},
	"razebulk/csvmap/internal/codepage":   nil,
	"razebulk/csvmap/internal/fieldcheck": {"csvmap/internal/cell", "csvmap/internal/xlsx", "internal/crm", "internal/lazyregexp", "internal/reason"},
	"razebulk/csvmap/internal/filekind":   {"internal/crm", "internal/lazyregexp", "internal/reason"},
	"razebulk/csvmap/internal/headerrow":  {"csvmap/internal/cell", "internal/crm", "internal/reason"},
	"razebulk/csvmap/internal/meaning":    {"csvmap/internal/cell", "internal/crm", "internal/lazyregexp", "internal/reason"},
	"razebulk/csvmap/internal/naming":     {"csvmap/internal/amount", "internal/crm", "internal/lazyregexp"},
	"razebulk/csvmap/internal/refusal":    {"csvmap/internal/cell", "internal/crm", "internal/lazyregexp"},
	"razebulk/csvmap/internal/sheettest":  {"internal/reason", "internal/words"}, // for tests
	"razebulk/csvmap/internal/slips":      {"csvmap/internal/cell", "internal/crm", "internal/lazyregexp", "internal/reason"},
	"razebulk/csvmap/internal/textfile": {
		"csvmap/internal/cell", "csvmap/internal/codepage", "csvmap/internal/headerrow", "internal/crm", "internal/reason",
	},
	"razebulk/csvmap/internal/undocell": {"internal/crm"},
	"razebulk/csvmap/internal/xlsx":     {"csvmap/internal/cell", "internal/lazyregexp", "internal/reason"},
	"razebulk/internal/apikey":          {"internal/lazyregexp", "internal/reason"},
	"razebulk/internal/check":           {"internal/getraze", "internal/reason", "internal/words"},
	"razebulk/internal/cli": {
		"batch", "batch/pace", "csvmap", "internal/apikey", "internal/check", "internal/cli/internal/complete",
		"internal/cli/internal/console", "internal/cli/internal/desktop", "internal/cli/internal/diff",
		"internal/cli/internal/flagset", "internal/cli/internal/lang", "internal/cli/internal/local", "internal/cli/internal/login",
		"internal/cli/internal/logs", "internal/cli/internal/message", "internal/cli/internal/planned",
		"internal/cli/internal/reporting", "internal/cli/internal/serve",
		"internal/cli/internal/settings", "internal/cli/internal/sheet", "internal/cli/internal/signals",
		"internal/cli/internal/statuses", "internal/cli/internal/terminal", "internal/cli/internal/usage", "internal/config",
		"internal/crm", "internal/event", "internal/export", "internal/files", "internal/getraze", "internal/history",
		"internal/ledger", "internal/notify", "internal/page/ui", "internal/page/work", "internal/reason", "internal/run",
		"internal/sandbox", "internal/update", "internal/words", "report",
	},
	"razebulk/internal/cli/internal/complete": {"csvmap", "internal/crm", "internal/files"},
	"razebulk/internal/cli/internal/console":  {"batch", "internal/cli/internal/line", "internal/cli/internal/terminal", "internal/event", "internal/words"},
	"razebulk/internal/cli/internal/desktop":  {"internal/cli/internal/usage", "internal/words"},
	"razebulk/internal/cli/internal/diff":     {"batch", "csvmap", "internal/words"},
	"razebulk/internal/cli/internal/flagset":  {"batch/pace", "internal/cli/internal/settings", "internal/cli/internal/usage", "internal/reason"},
	"razebulk/internal/cli/internal/lang":     {"internal/config", "internal/reason", "internal/words"},
	"razebulk/internal/cli/internal/line":     {"batch/pace", "internal/event", "internal/words"},
	"razebulk/internal/cli/internal/local": {
		"csvmap", "internal/apikey", "internal/cli/internal/flagset", "internal/cli/internal/planned",
		"internal/cli/internal/reporting", "internal/cli/internal/serve", "internal/cli/internal/sheet",
		"internal/cli/internal/usage", "internal/config", "internal/getraze", "internal/history", "internal/notify",
		"internal/page/ui", "internal/page/work", "internal/reason", "internal/run", "internal/words", "report",
	},
	"razebulk/internal/cli/internal/login":   {"internal/apikey", "internal/cli/internal/lang", "internal/cli/internal/usage", "internal/words"},
	"razebulk/internal/cli/internal/logs":    {"batch", "batch/pace", "internal/cli/internal/message", "internal/event", "internal/reason", "internal/words"},
	"razebulk/internal/cli/internal/message": {"internal/files", "internal/reason", "internal/update", "internal/words"},
	"razebulk/internal/cli/internal/planned": {"internal/files", "internal/history", "internal/reason", "internal/review"},
	"razebulk/internal/cli/internal/reporting": {
		"internal/cli/internal/planned", "internal/event", "internal/files", "internal/history", "internal/notify",
		"internal/page/runreport", "internal/reason", "internal/words",
	},
	"razebulk/internal/cli/internal/serve": {"internal/crm", "internal/reason", "internal/sandbox"},
	"razebulk/internal/cli/internal/settings": {
		"internal/apikey", "internal/cli/internal/lang", "internal/cli/internal/usage", "internal/config", "internal/crm",
		"internal/reason", "internal/words",
	},
	"razebulk/internal/cli/internal/sheet":    {"batch/rules", "csvmap", "internal/config", "internal/crm", "internal/reason"},
	"razebulk/internal/cli/internal/signals":  {"internal/reason"},
	"razebulk/internal/cli/internal/statuses": {"batch", "internal/words"},
	"razebulk/internal/cli/internal/terminal": {"internal/words"},
	"razebulk/internal/cli/internal/usage":    {"internal/cli/internal/lang", "internal/lazyregexp", "internal/reason", "internal/words"},
	"razebulk/internal/config":                {"internal/files", "internal/lazyregexp", "internal/reason", "internal/words"},
	"razebulk/internal/crm":                   {"internal/lazyregexp"},
	"razebulk/internal/directory":             {"internal/crm", "internal/getraze", "internal/reason"},
	"razebulk/internal/event":                 {"batch", "batch/pace", "csvmap", "internal/getraze", "internal/reason"},
	"razebulk/internal/export": {
		"batch", "batch/coverage", "csvmap", "internal/crm", "internal/event", "internal/files", "internal/getraze",
		"internal/reason", "internal/run", "internal/wholelist", "report",
	},
	"razebulk/internal/files":                   {"internal/reason"},
	"razebulk/internal/getraze":                 {"internal/crm", "internal/getraze/internal/reduce", "internal/lazyregexp", "internal/reason"},
	"razebulk/internal/getraze/internal/reduce": nil,
	"razebulk/internal/history":                 {"internal/files", "internal/notify", "internal/reason", "internal/words"},
	"razebulk/internal/lazyregexp":              nil,
	"razebulk/internal/ledger":                  {"internal/crm", "internal/reason"},
	"razebulk/internal/match":                   {"csvmap", "internal/crm", "internal/getraze", "internal/reason"},
	"razebulk/internal/notify":                  {"batch", "batch/pace", "internal/event", "internal/files", "internal/reason"},
	"razebulk/internal/page":                    nil,
	"razebulk/internal/page/guard":              nil,
	"razebulk/internal/page/runreport": {
		"batch", "internal/crm", "internal/event", "internal/notify", "internal/page", "internal/reason", "internal/review",
		"internal/words",
	},
	"razebulk/internal/page/ui": {
		"batch", "batch/pace", "csvmap", "internal/apikey", "internal/crm", "internal/event", "internal/getraze",
		"internal/history", "internal/notify", "internal/page", "internal/page/guard", "internal/page/work", "internal/reason", "internal/review",
		"internal/update", "internal/words", "report",
	},
	"razebulk/internal/page/work": {
		"batch", "csvmap", "internal/crm", "internal/event", "internal/files", "internal/lazyregexp", "internal/reason",
		"internal/review", "internal/run", "internal/update", "internal/words", "report",
	},
	"razebulk/internal/reason":                     nil,
	"razebulk/internal/review":                     {"internal/crm", "internal/lazyregexp", "internal/reason"},
	"razebulk/internal/run":                        {"batch", "batch/dialect", "batch/pace", "internal/event", "internal/files", "internal/getraze", "internal/reason"},
	"razebulk/internal/sandbox":                    {"internal/sandbox/internal/inprocess", "internal/sandbox/internal/postgres"},
	"razebulk/internal/sandbox/internal/inprocess": nil,
	"razebulk/internal/sandbox/internal/postgres":  nil,
	"razebulk/internal/sandbox/sandboxtest":        {"internal/sandbox"}, // for tests
	"razebulk/internal/update": {
		"batch", "batch/coverage", "batch/dialect", "batch/pace", "batch/rules", "csvmap", "internal/crm",
		"internal/directory", "internal/event", "internal/files", "internal/getraze", "internal/ledger", "internal/match",
		"internal/reason", "internal/review", "internal/run", "internal/wholelist", "report",
	},
	"razebulk/internal/wholelist":                 {"batch/coverage", "internal/crm", "internal/getraze", "internal/reason", "internal/run"},
	"razebulk/internal/words":                     {"internal/words/internal/digits", "internal/words/internal/portuguese"},
	"razebulk/internal/words/internal/digits":     nil,
	"razebulk/internal/words/internal/portuguese": {"internal/lazyregexp", "internal/words/internal/digits"},
	"razebulk/report": {
		"batch", "csvmap", "internal/crm", "internal/files", "internal/lazyregexp", "internal/reason", "internal/review",
		"internal/words",
	},
}

func TestPackagesImportWhatThePlanSays(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	left := maps.Clone(arrows)
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		allowed, known := left[p.ImportPath]
		delete(left, p.ImportPath)
		if !known {
			t.Errorf("%s is not in the plan: give it a place in arrows", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if ours, found := strings.CutPrefix(imported, "razebulk/"); found && !slices.Contains(allowed, ours) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
		for _, ours := range allowed {
			if !slices.Contains(p.Imports, "razebulk/"+ours) {
				t.Errorf("%s does not import %s: take the arrow out", p.ImportPath, ours)
			}
		}
	}
	for gone := range left {
		t.Errorf("%s does not exist: take its arrows out", gone)
	}
}
