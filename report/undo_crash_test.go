package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
)

func TestTornUndoFileIsContinued(t *testing.T) {
	t.Parallel()
	for _, d := range []Dialect{{}, {Delimiter: ';', CRLF: true}} {
		path := undoPath(t)
		u := createUndo(t, path, d)
		ends := []int{len(read(t, path))}
		for n := range 3 {
			must(t, u.Record(fmt.Sprint(n), []batch.Change{{Field: "notes", Before: "a\r\nb\n\"c\"\n", After: "x\ny"}, {Field: "phone", Empty: true, After: "1"}}))
			ends = append(ends, len(read(t, path)))
		}
		must(t, u.Close())
		text := read(t, path)
		if d.CRLF != strings.Contains(text, "raze_undo\r\n") || d.CRLF != strings.HasSuffix(text, "\r\n") {
			t.Errorf("CRLF is %v, and it is %q", d.CRLF, text)
		}
		for cut := range len(text) + 1 {
			if testing.Short() && cut%11 != 0 {
				continue
			}
			write(t, path, text[:cut])
			u, err := ContinueUndo(path, d, began, undoFields, undoFields)
			must(t, err)
			must(t, u.Record("last", []batch.Change{{Field: "name", Before: "b", After: "c"}}))
			must(t, u.Close())
			var want, got []string
			for n, end := range ends[1:] {
				if end <= cut {
					want = append(want, fmt.Sprint(n))
				}
			}
			for _, row := range undoRows(t, path) {
				got = append(got, row.ID)
			}
			if diff := cmp.Diff(append(want, "last"), got); diff != "" {
				t.Fatalf("cut at %d: %s", cut, diff)
			}
		}
	}
}

func TestUndoFileOfAnotherRunIsLeftAlone(t *testing.T) {
	for _, content := range []string{"id,name\n1,a\n", "x", utf8BOM + "id,name,raze_clear,raze_undo\n"} {
		path := undoPath(t)
		write(t, path, content)
		if _, err := ContinueUndo(path, Dialect{}, began, undoFields, undoFields); err == nil || read(t, path) != content {
			t.Errorf("%q: got %v, and it is now %q", content, err, read(t, path))
		}
		if _, err := CreateUndo(path, Dialect{}, began, undoFields, undoFields); err == nil || read(t, path) != content {
			t.Errorf("%q: got %v, and it is now %q", content, err, read(t, path))
		}
	}
}

func TestDamagedUndoFileIsLeftAlone(t *testing.T) {
	path := undoPath(t)
	u := createUndo(t, path, Dialect{})
	for range 3 {
		must(t, u.Record("a", []batch.Change{{Field: "name", Before: "b", After: "c"}}))
	}
	must(t, u.Close())
	whole := read(t, path)
	for name, content := range map[string]string{
		"a line cut short":    strings.Replace(whole, "a,b,,,,,", "a,b,", 1),
		"a quote too many":    strings.Replace(whole, "a,b,", "a,b\",", 1),
		"zeros in the middle": strings.Replace(whole, "a,b,,,,,", "\x00", 1),
	} {
		write(t, path, content)
		if _, err := ContinueUndo(path, Dialect{}, began, undoFields, undoFields); err == nil || read(t, path) != content {
			t.Errorf("%s: got %v, and it is now %q", name, err, read(t, path))
		} else if text := errorText(err); !strings.HasPrefix(text, "the values in the CRM can't be recorded: "+path+": damaged; move it away: ") {
			t.Errorf("%s: says %q", name, text)
		}
	}
}

func TestUndoRecordsNothingAfterADiskHasFailed(t *testing.T) {
	path := undoPath(t)
	u := createUndo(t, path, Dialect{})
	must(t, u.file.Close())
	for range 2 {
		if err := u.Record("a", []batch.Change{{Field: "name", Before: "b", After: "c"}}); !errors.Is(err, ErrNotRecorded) {
			t.Errorf("got %v", err)
		}
	}
	if u.Close() == nil {
		t.Error("closed as if all were on the disk")
	}
}
