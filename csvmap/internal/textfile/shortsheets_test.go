package textfile

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// inEncodings are cells of one language, and the encodings of its sheets.
type inEncodings struct {
	encodings []string
	cells     []string
}

func cellsOfLanguages(t *testing.T) (all []inEncodings) {
	text, err := os.ReadFile("../codepage/testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if parts := strings.Split(strings.TrimSpace(line), "|"); len(parts) == 3 {
			all = append(all, inEncodings{strings.Fields(parts[0]), strings.Split(parts[2], ";")})
		}
	}
	return all
}

// outcomes count what became of sheets.
type outcomes struct{ read, refused, wrong int }

// TestShortSheetsInOldEncodings reads sheets of 1 to 10 cells: none of Windows-1252 is refused, and no other one is
// silently taken for another than it is. Of MS-DOS and the Macintosh, in whose encodings a letter alone can be a sign
// of Windows-1252 such as a no-break space, few are.
func TestShortSheetsInOldEncodings(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same sheets each time
	var western, others, old outcomes
	rounds := 50
	if testing.Short() {
		rounds = 10
	}
	for _, language := range cellsOfLanguages(t) {
		for _, name := range language.encodings {
			found, err := findEncoding(name)
			if err != nil {
				t.Fatal(err)
			}
			count := &others
			switch {
			case found == charmap.Windows1252:
				count = &western
			case strings.HasPrefix(name, "ibm") || name == "macintosh":
				count = &old
			}
			for round := range rounds {
				cells := make([]string, []int{1, 2, 3, 5, 10}[round%5])
				for i := range cells {
					cells[i] = language.cells[random.IntN(len(language.cells))]
				}
				count.take(t, found, name, cells)
			}
		}
	}
	t.Logf("Windows-1252 %+v, others %+v, MS-DOS and Macintosh %+v", western, others, old)
	if western.refused+western.wrong > 0 || others.wrong > 0 || old.wrong*50 > old.read+old.refused {
		t.Error("too many are refused or wrong")
	}
}

func (o *outcomes) take(t *testing.T, e encoding.Encoding, name string, cells []string) {
	t.Helper()
	var text strings.Builder
	text.WriteString("id,name\n")
	for i, cell := range cells {
		fmt.Fprintf(&text, "%d,%s\n", i, cell)
	}
	raw, err := encoding.ReplaceUnsupported(e.NewEncoder()).String(text.String())
	if err != nil {
		t.Fatal(name, err)
	}
	sent, err := e.NewDecoder().String(raw)
	if err != nil {
		t.Fatal(name, err)
	}
	_, rows, err := rowsOf(raw, Options{})
	if err != nil {
		o.refused++
		if name == "windows-1252" {
			t.Logf("%q: %v", cells, err)
		}
		return
	}
	_, want, err := rowsOf(sent, Options{Encoding: "utf-8"})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(rows) == fmt.Sprint(want) {
		o.read++
		return
	}
	o.wrong++
	t.Logf("%s %q: wrong, %v", name, cells, rows)
}
