package xlsx

import (
	"bytes"
	"os"
	"runtime"
	"strings"
	"testing"
)

// TestALargeWorkbookHasNoNameBeforeItIsWritten ensures that a killed run leaves no file behind.
func TestALargeWorkbookHasNoNameBeforeItIsWritten(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file keeps its name")
	}
	if testing.Short() {
		t.Skip("30 MB")
	}
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	w, err := NewWriter("S")
	if err != nil {
		t.Fatal(err)
	}
	const rows = 6000
	longest := 0
	for range rows {
		if err := w.Add([]string{"id", strings.Repeat("text ", 1000)}, nil, nil); err != nil {
			t.Fatal(err)
		}
		if left, _ := os.ReadDir(folder); len(left) > 0 {
			longest++
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 || longest == 0 {
		t.Errorf("left %v, %v after %d rows with a folder", left, err, longest)
	}
	var out bytes.Buffer
	if _, err := w.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	book, err := Open(bytes.NewReader(out.Bytes()), int64(out.Len()), "")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
}
