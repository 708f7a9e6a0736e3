package xlsx

import (
	"crypto/rand"
	"os"
	"path/filepath"
)

// tempFolder is where excelize puts the rows of a large sheet. It removes the name of that file as soon as it exists:
// excelize reads the file through its handle, so nothing is left of it if the program is killed. On systems that
// don't allow this, the file is removed at the end.
type tempFolder struct {
	path    string
	made    bool
	done    bool
	written int // bytes of cells since the folder was last checked
}

// lookEvery is how many bytes of cells are written between two checks. excelize creates its file after 16 MiB of XML,
// where a byte takes at most six, and a cell hardly a hundred more.
const lookEvery = 128 << 10

func newTempFolder() tempFolder {
	return tempFolder{path: filepath.Join(os.TempDir(), "razebulk-book-"+rand.Text())}
}

// grows creates the folder before it is needed, and removes the files in it.
func (f *tempFolder) grows(bytes int) {
	f.written += bytes
	if f.done || f.written < lookEvery {
		return
	}
	f.written = 0
	if !f.made {
		f.made = os.Mkdir(f.path, 0o700) == nil
		return
	}
	entries, _ := os.ReadDir(f.path)
	for _, entry := range entries {
		if os.Remove(filepath.Join(f.path, entry.Name())) == nil {
			f.remove()
		}
	}
}

func (f *tempFolder) remove() {
	if f.made {
		_ = os.RemoveAll(f.path)
	}
	f.done = true
}
