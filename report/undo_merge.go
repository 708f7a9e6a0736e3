package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	opportunities "razebulk/internal/crm"
	"razebulk/internal/files"
)

// Close leaves the file as an update can read it: if an id was recorded more than once, one line says what its fields held at
// first and what was stored last, at the place of the first; if nothing was recorded, there is no file. It replaces the file all
// at once, and needs memory for 8 bytes a line and for the ids that came more than once. No call of Record may be under way.
func (u *Undo) Close() error {
	if err := errors.Join(u.failed, u.file.Close()); err != nil {
		return err
	}
	lines, repeated, err := u.repeated()
	switch {
	case err != nil:
	case lines == 0:
		err = os.Remove(u.path)
	case len(repeated) > 0:
		err = u.merge(repeated)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", u.path, err)
	}
	return nil
}

var undoSeed = maphash.MakeSeed()

// repeated counts the lines, and finds the hashes of the ids that more than one has.
func (u *Undo) repeated() (lines int, repeated map[uint64]bool, err error) {
	var hashes []uint64
	for line, err := range u.lines() {
		if err != nil {
			return 0, nil, err
		}
		hashes = append(hashes, maphash.String(undoSeed, opportunities.IDKey(u.split(line)[0])))
	}
	slices.Sort(hashes)
	repeated = map[uint64]bool{}
	for i := 1; i < len(hashes); i++ {
		if hashes[i] == hashes[i-1] {
			repeated[hashes[i]] = true
		}
	}
	return len(hashes), repeated, nil
}

func (u *Undo) merge(repeated map[uint64]bool) error {
	merged, err := u.mergedLines(repeated)
	if err != nil {
		return err
	}
	out, err := files.Create(u.path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(struct{ io.Writer }{out}) // a file's own ReadFrom would go around the buffer
	_, err = w.Write(u.header)
	for line, failed := range u.lines() {
		if err = errors.Join(err, failed); err != nil {
			break
		}
		id := opportunities.IDKey(u.split(line)[0])
		if cells, several := merged[id]; several {
			line = u.join(cells)
			merged[id] = nil // the further ones of this id are in this one
		}
		_, err = w.Write(line)
	}
	if err = errors.Join(err, w.Flush()); err != nil {
		out.Discard()
		return err
	}
	return out.Commit()
}

// mergedLines are the cells, still quoted, of one line for each id that has several, by that id.
func (u *Undo) mergedLines(repeated map[uint64]bool) (map[string][]string, error) {
	merged := map[string][]string{}
	for line, err := range u.lines() {
		if err != nil {
			return nil, err
		}
		cells := u.split(line)
		id := opportunities.IDKey(cells[0])
		if !repeated[maphash.String(undoSeed, id)] {
			continue
		}
		if first, known := merged[id]; !known {
			merged[id] = cells
		} else if err := u.absorb(first, cells); err != nil {
			return nil, err
		}
	}
	return merged, nil
}

// absorb adds to the first line of an id what a later one says: fields that it doesn't have, and what was stored.
func (u *Undo) absorb(first, later []string) error {
	clears, undo := len(u.fields), len(u.fields)+1
	stored, err := storedIn(first[undo])
	if err != nil {
		return err
	}
	storedLater, err := storedIn(later[undo])
	if err != nil {
		return err
	}
	empty, emptyLater := strings.Fields(first[clears]), strings.Fields(later[clears])
	for i, field := range u.fields {
		value, changed := storedLater[field]
		if !changed {
			continue
		}
		if _, before := stored[field]; !before {
			first[i] = later[i]
			if slices.Contains(emptyLater, field) {
				empty = append(empty, field)
			}
		}
		stored[field] = value
	}
	text, err := undoJSON(stored)
	first[clears], first[undo] = strings.Join(empty, " "), `"`+strings.ReplaceAll(text, `"`, `""`)+`"`
	return err
}

func storedIn(quoted string) (stored map[string]json.RawMessage, err error) {
	text := strings.TrimSuffix(strings.TrimPrefix(quoted, `"`), `"`)
	err = json.Unmarshal([]byte(strings.ReplaceAll(text, `""`, `"`)), &stored)
	return stored, err
}

// lines are those of the file as it lies on the disk, without the header.
func (u *Undo) lines() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		file, err := os.Open(u.path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		isHeader := true
		for line, err := range wholeLines(file) {
			if !isHeader && !yield(line, err) || err != nil {
				return
			}
			isHeader = false
		}
	}
}

// wholeLines are the lines with their ends, but for a last one that was not written to its end.
func wholeLines(file io.Reader) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		in := bufio.NewReaderSize(file, 64<<10)
		var line []byte
		quotes := 0
		for {
			part, err := in.ReadBytes('\n')
			line = append(line, part...)
			quotes += bytes.Count(part, []byte{'"'})
			switch {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				yield(nil, err)
				return
			case quotes%2 != 0: // the line break is within a cell
				continue
			case !yield(line, nil):
				return
			}
			line = nil
		}
	}
}

// whole is how much of the file there is without a last line that was not written to its end; 0 if not even the header.
func (u *Undo) whole() (int64, error) {
	whole := int64(0)
	for line, err := range wholeLines(u.file) {
		if err != nil {
			return 0, err
		}
		if whole == 0 && !bytes.Equal(line, u.header) {
			return 0, fmt.Errorf("%s: not the undo file of this run; move it away", u.path)
		}
		whole += int64(len(line))
	}
	if whole > 0 {
		return whole, nil
	}
	start := make([]byte, len(u.header))
	n, err := u.file.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	if !bytes.HasPrefix(u.header, start[:n]) {
		return 0, fmt.Errorf("%s: not the undo file of this run; move it away", u.path)
	}
	return 0, nil
}

// split takes a line of ours apart, and leaves the cells their quotes.
func (u *Undo) split(line []byte) []string {
	text := strings.TrimRight(string(line), "\r\n")
	var cells []string
	quoted, start := false, 0
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == byte(u.delimiter()) && !quoted:
			cells = append(cells, text[start:i])
			start = i + 1
		}
	}
	return append(cells, text[start:])
}

func (u *Undo) join(cells []string) []byte {
	if cells == nil {
		return nil
	}
	end := "\n"
	if u.dialect.CRLF {
		end = "\r\n"
	}
	return []byte(strings.Join(cells, string(u.delimiter())) + end)
}

func (u *Undo) delimiter() rune { return cmp.Or(u.dialect.Delimiter, ',') }
