package report

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
)

// index holds the position in the journal of each row's line. It is a file itself, with an entry for each row number,
// so that memory doesn't grow with the rows. Rows finish nearly in the order in which they begin, so both files are
// read almost sequentially.
type index struct {
	file *os.File
	page []byte // the entries being changed
	from int64  // the position of the page in the file
}

// pageSize is how much of a file is read or written at once.
const pageSize = 64 << 10

// newIndex creates the file in the directory of the results, which has room for them.
func newIndex(dir string) (*index, error) {
	f, err := os.CreateTemp(dir, ".razebulk-index-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // it can be read as long as it is open; systems that don't allow this remove it in close
	return &index{file: f, page: make([]byte, pageSize)}, nil
}

type entry struct{ Offset, Length int64 }

const entrySize = 16

func (x *index) put(row int, e entry) error {
	at := int64(row) * entrySize
	if from := at - at%pageSize; from != x.from {
		if err := x.turnTo(from); err != nil {
			return err
		}
	}
	raw := x.page[at-x.from:]
	binary.NativeEndian.PutUint64(raw[:8], uint64(e.Offset))
	binary.NativeEndian.PutUint64(raw[8:], uint64(e.Length))
	return nil
}

// turnTo writes the page and reads another one; what is not yet in the file is zero.
func (x *index) turnTo(from int64) error {
	if _, err := x.file.WriteAt(x.page, x.from); err != nil {
		return err
	}
	clear(x.page)
	x.from = from
	_, err := x.file.ReadAt(x.page, from)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return err
}

// entries yields the entries of the rows in order; a row number without a line (the header's, a blank row's) has none.
func (x *index) entries() iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		if err := x.turnTo(x.from); err != nil {
			yield(entry{}, err)
			return
		}
		in := bufio.NewReaderSize(io.NewSectionReader(x.file, 0, 1<<62), pageSize)
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

// window reads parts of a file that are close together. What it returns is valid until the next part.
type window struct {
	file   io.ReaderAt
	buffer []byte
	from   int64
}

func (w *window) part(e entry) ([]byte, error) {
	if end := w.from + int64(len(w.buffer)); e.Offset < w.from || e.Offset+e.Length > end {
		w.from = max(0, e.Offset-pageSize/4) // the next line may precede this one
		size := int(max(pageSize, e.Offset-w.from+e.Length))
		w.buffer = slices.Grow(w.buffer[:0], size)[:size]
		n, err := w.file.ReadAt(w.buffer, w.from)
		w.buffer = w.buffer[:n]
		if w.from+int64(n) < e.Offset+e.Length {
			return nil, cmp.Or(err, io.ErrUnexpectedEOF)
		}
	}
	return w.buffer[e.Offset-w.from:][:e.Length], nil
}
