package report

import (
	"bufio"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"

	"razebulk/batch"
)

// Finish puts the journal's lines in the order of the input and into place as the file results, and removes the
// journal. A results file of an earlier run is set aside first; its new name is returned, or "". If a row was
// recorded more than once, its newest line counts. The memory that Finish takes doesn't grow with the number of rows.
func Finish(results string) (setAside string, err error) {
	journal, err := os.Open(JournalPath(results))
	if err != nil {
		return "", err
	}
	defer journal.Close()
	index, err := indexJournal(journal)
	if err != nil {
		return "", err
	}
	defer index.close()
	out, err := createBeside(results)
	if err != nil {
		return "", err
	}
	if err := index.copyLines(journal, out); err != nil {
		out.discard()
		return "", err
	}
	if setAside, err = SetAside(results); err != nil {
		out.discard()
		return "", err
	}
	if err := out.commit(); err != nil {
		return setAside, err
	}
	_ = journal.Close() // some systems don't remove a file that is open
	return setAside, os.Remove(journal.Name())
}

// index knows where in the journal each row's line lies. It is a file itself, an entry for each row number: rows end
// nearly in the order in which they begin, so that both files are read almost straight through.
type index struct {
	file   *os.File
	header int64 // length of the journal's first line
}

type entry struct{ Offset, Length int64 }

const entrySize = 16

func indexJournal(journal io.Reader) (*index, error) {
	f, err := os.CreateTemp("", "razebulk-index-*")
	if err != nil {
		return nil, err
	}
	x := &index{file: f}
	if err := x.fill(journal); err != nil {
		x.close()
		return nil, fmt.Errorf("results can't be put in order: %w", err)
	}
	return x, nil
}

func (x *index) fill(journal io.Reader) error {
	lines := csv.NewReader(bufio.NewReader(journal))
	lines.ReuseRecord = true
	if _, err := lines.Read(); err != nil {
		return err
	}
	x.header = lines.InputOffset()
	for start := x.header; ; start = lines.InputOffset() {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		row, err := strconv.ParseInt(cells[0], 10, 64)
		if err != nil {
			return err
		}
		if err := x.put(row, entry{start, lines.InputOffset() - start}); err != nil {
			return err
		}
	}
}

func (x *index) put(row int64, e entry) error {
	var raw [entrySize]byte
	binary.NativeEndian.PutUint64(raw[:8], uint64(e.Offset))
	binary.NativeEndian.PutUint64(raw[8:], uint64(e.Length))
	_, err := x.file.WriteAt(raw[:], row*entrySize)
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

func (x *index) copyLines(journal io.ReaderAt, out io.Writer) error {
	w := bufio.NewWriter(struct{ io.Writer }{out}) // a file's own ReadFrom would go around the buffer
	if _, err := io.Copy(w, io.NewSectionReader(journal, 0, x.header)); err != nil {
		return err
	}
	for e, err := range x.entries() {
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, io.NewSectionReader(journal, e.Offset, e.Length)); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (x *index) close() {
	_ = x.file.Close()
	_ = os.Remove(x.file.Name())
}

// Outcome is what the results file says of one row, as far as the file of failed rows needs it.
type Outcome struct {
	Row     int
	Status  batch.Status
	Message string
}

// Outcomes reads a finished results file in its order.
func Outcomes(results io.Reader) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		lines := csv.NewReader(results)
		lines.ReuseRecord = true
		_, err := lines.Read()
		for err == nil {
			var cells []string
			if cells, err = lines.Read(); err != nil {
				break
			}
			var row int
			if row, err = strconv.Atoi(cells[0]); err == nil && !yield(Outcome{row, batch.Status(cells[2]), cells[3]}, nil) {
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(Outcome{}, err)
		}
	}
}
