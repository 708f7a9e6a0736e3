package textfile

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"
)

// endless repeats its text and counts how much of it was read.
type endless struct {
	text string
	read int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.text[(e.read+int64(n))%int64(len(e.text)):])
	}
	e.read += int64(n)
	return n, nil
}

// recordsError returns the error that ends the records.
func recordsError(in io.Reader, cr bool) error {
	_, _, _, err := readRecords(in, ',', cr)
	return err
}

func TestUnclosedQuoteDoesNotPullInTheFile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	lines := "2," + strings.Repeat("b", 60) + "\n"
	for _, c := range []struct{ name, before, fill, want string }{
		{"one line", "id,name\n1,\"", "n", "line 2: "},
		{"many lines", "id,name\n1,a\n2,\"\n", lines, "line 3: "},
		{"blank lines", "id,name\n1,\"", "\n", "line 2: "},
		{"behind blank lines", "id,name\n\n\r\n1,\"", lines, "line 4: "},
		{"behind more blank lines than a buffer holds", "id,name\n" + strings.Repeat("\n", 3*headSize) + "1,\"", lines, fmt.Sprintf("line %d: ", 2+3*headSize)},
		{"in the header, behind blank lines", "\n\nid,\"name\n", lines, "line 3: "},
		{"no quote and no line break at all", "id,name\n\n1,", "n", "line 3: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			rest := &endless{text: c.fill}
			err := recordsError(io.MultiReader(strings.NewReader(c.before), rest), false)
			sheettest.WantError(t, err, c.want+"the row that begins here is larger than 16 MiB", "a quote that is never closed")
			if limit := int64(2*maxRecord + 4*headSize); rest.read > limit {
				t.Errorf("read %d bytes, want %d at most", rest.read, limit)
			}
		})
	}
	err := recordsError(io.MultiReader(strings.NewReader("id\r1,\""), &endless{text: "\r"}), true)
	sheettest.WantError(t, err, "line 2: the row that begins here")
}
