package csvmap

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// endless repeats itself and counts what was read of it.
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

func TestUnclosedQuoteDoesNotPullInTheFile(t *testing.T) {
	lines := "2," + strings.Repeat("b", 60) + "\n"
	for _, c := range []struct{ name, before, fill, want string }{
		{"one line", "id,name\n1,\"", "n", "line 2: "},
		{"many lines", "id,name\n1,a\n2,\"\n", lines, "line 3: "},
		{"blank lines", "id,name\n1,\"", "\n", "line 2: "},
		{"behind blank lines", "id,name\n\n\r\n1,\"", lines, "line 4: "},
		{"behind more blank lines than a buffer holds", "id,name\n" + strings.Repeat("\n", 3*bufferSize) + "1,\"", lines, fmt.Sprintf("line %d: ", 2+3*bufferSize)},
		{"in the header, behind blank lines", "\n\nid,\"name\n", lines, "line 3: "},
		{"no quote and no line break at all", "id,name\n\n1,", "n", "line 3: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			rest := &endless{text: c.fill}
			err := firstError(io.MultiReader(strings.NewReader(c.before), rest), Options{Delimiter: ','})
			wantError(t, err, c.want+"the row that begins here is larger than 16 MiB", "a quote that is never closed")
			if most := int64(maxRecord + 4*bufferSize); rest.read > most {
				t.Errorf("read %d bytes, want %d at most", rest.read, most)
			}
		})
	}
}

func TestLineBreaksOfAnOpenRowAreNotKept(t *testing.T) {
	text := io.LimitReader(&endless{text: "\n"}, 16*bufferSize)
	sheet, err := Open(io.MultiReader(strings.NewReader("id,name\n1,\""), text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range sheet.Rows() {
		wantError(t, err, "line 2: ")
	}
	if got, most := cap(sheet.source.breaks), 4*bufferSize; got > most {
		t.Errorf("room for %d line breaks, want %d at most", got, most)
	}
}

func TestRowAsLargeAsAllowedIsRead(t *testing.T) {
	line := strings.Repeat("n", 63) + "\n"
	cell := strings.Repeat(line, (maxRecord-bufferSize)/len(line))
	_, rows := readSheet(t, "id,status,name\n1,\""+cell+"\",a\n2,,b\n", Options{})
	wantRows(t, rows, named(2, 2, "1", "a"), named(3, 3+len(cell)/len(line), "2", "b"))
}

func TestBlankLinesAreNoRowHoweverMany(t *testing.T) {
	blank := maxRecord/2 + bufferSize
	_, rows := readSheet(t, "id,name\n"+strings.Repeat("\r\n", blank)+"1,a\n", Options{})
	wantRows(t, rows, named(2+blank, 2+blank, "1", "a"))
}

func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	const rows = 200_000
	text := &endless{text: "1,\"a\nb\",12.50,won\r\n\n"}
	sheet, err := Open(io.MultiReader(strings.NewReader("id,name,deal_value,status\n"), io.LimitReader(text, rows*int64(len(text.text)))), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var early, late uint64
	n := 0
	for _, err := range sheet.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		switch n++; n {
		case rows / 100:
			early = liveHeap()
		case rows:
			late = liveHeap()
		}
	}
	if n != rows {
		t.Fatalf("got %d rows, want %d", n, rows)
	}
	if late > early+1<<20 {
		t.Errorf("%d bytes live at the start, %d at the end", early, late)
	}
}

func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
