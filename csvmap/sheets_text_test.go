package csvmap

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// outcome is a sheet in few words: how it is read, and of each row what is sent or why not.
func outcome(t testing.TB, text string, o Options) (words []string) {
	t.Helper()
	r, rows, err := inspected(opens(text), o)
	if err != nil {
		return []string{"refused: " + err.Error()}
	}
	words = append(words, r.String())
	for _, row := range rows {
		var cells []string
		for _, p := range row.Problems {
			cells = append(cells, "refused: "+p.Code)
		}
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		words = append(words, row.ID+": "+strings.Join(cells, " | "))
	}
	return words
}
func TestDump(t *testing.T) {
	files, _ := filepath.Glob("../testdata/sheets/*")
	for _, f := range files {
		b, _ := os.ReadFile(f)
		w := outcome(t, string(b), Options{})
		if len(w) > 7 {
			w = append(w[:6], w[len(w)-1])
		}
		fmt.Println("==", filepath.Base(f))
		for _, l := range w {
			fmt.Printf("   %.300s\n", l)
		}
	}
}
