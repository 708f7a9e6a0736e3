//go:build ignore

// Writes the exports that no available program writes, and the tables that make.sh has LibreOffice export. Run by
// make.sh.
package main

import (
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: main EXPORTS-FOLDER SOURCES-FOLDER")
	}
	exports, sources := os.Args[1], os.Args[2]
	writeAll(exports, programs())
	writeAll(exports, amounts())
	writeAll(exports, damaged())
	saveAll(exports, workbooks())
	saveAll(sources, sourceWorkbooks())
}

func writeAll(folder string, files map[string][]byte) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		must(os.WriteFile(filepath.Join(folder, name), files[name], 0o644))
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func mustHave[T any](value T, err error) T {
	must(err)
	return value
}
