package report

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
)

// index holds where in the journal each row's line is. It is a file itself, with an entry for each row number, so that
// memory doesn't grow with the rows. Rows finish nearly in the order in which they begin, so that both files are read
// almost sequentially.
type index struct {
	file *os.File
}

type entry struct{ Offset, Length int64 }

const entrySize = 16

// newIndex makes the file in the directory of the results, where there is room for those.
func newIndex(dir string) (*index, error) {
	f, err := os.CreateTemp(dir, ".razebulk-index-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // while it is open it can still be read; systems that don't allow this remove it in close
	return &index{f}, nil
}

func (x *index) put(row int, e entry) error {
	var raw [entrySize]byte
	binary.NativeEndian.PutUint64(raw[:8], uint64(e.Offset))
	binary.NativeEndian.PutUint64(raw[8:], uint64(e.Length))
	_, err := x.file.WriteAt(raw[:], int64(row)*entrySize)
	return err
}

// entries are those of the rows in order; a row number without a line (the header's, a blank row's) has none.
func (x *index) entries() iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		in := bufio.NewReader(io.NewSectionReader(x.file, 0, 1<<62))
		for {
			var raw [entrySize]byte
			if _, err := io.ReadFull(in, raw[:]); err != nil {
				if !errors.Is(err, io.EOF) {
					yield(entry{}, err)
				}
				return
			}
			e := entry{int64(binary.NativeEndian.Uint64(raw[:8])), int64(binary.NativeEndian.Uint64(raw[8:]))}
			if e.Length > 0 && !yield(e, nil) {
				return
			}
		}
	}
}

func (x *index) close() {
	_ = x.file.Close()
	_ = os.Remove(x.file.Name())
}
