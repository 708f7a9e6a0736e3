// Package idset detects ids that occur more than once, in any number of rows and in bounded memory.
package idset

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"io"
	"os"
	"slices"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Repeats are the ids that occur in several rows. Those of these rows that are valid are sent, in file order.
type Repeats struct {
	// Rows is the number of rows whose id also occurs in an earlier row.
	Rows int
	// First and Second are the numbers of the first two rows in the file that have the same id.
	First, Second int

	seed maphash.Seed
	ids  map[uint64]bool
}

// Has reports whether several rows have the id.
func (r Repeats) Has(id string) bool {
	return len(r.ids) > 0 && r.ids[maphash.String(r.seed, crm.IDKey(id))]
}

// Set finds ids that occur more than once. It keeps a hash of each id, sorted into parts by the hash, and moves a part
// to its own file when it grows. Two ids with the same hash would cause a false warning; at ten million rows the chance
// of that is one in four hundred thousand.
type Set struct {
	seed  maphash.Seed
	dir   string
	parts [64]part
}

type part struct {
	held  []seenID
	spill *os.File
}

type seenID struct {
	Hash uint64
	Row  int64
}

// entrySize is the size of an entry on disk, in bytes.
const entrySize = 16

// partSize is the size of a part at which it goes to disk. All parts together take 2 MiB before the first one does.
const partSize = 2048

// New returns an empty set that keeps what it can't hold in memory in dir ("" means the system's folder for temporary
// files).
func New(dir string) *Set { return &Set{seed: maphash.MakeSeed(), dir: dir} }

// Add adds the id of a row. It fails if there is no room on the disk.
func (s *Set) Add(id string, row int) error {
	hash := maphash.String(s.seed, crm.IDKey(id))
	p := &s.parts[hash%uint64(len(s.parts))]
	p.held = append(p.held, seenID{hash, int64(row)})
	if len(p.held) < partSize {
		return nil
	}
	return p.toDisk(s.dir)
}

func (p *part) toDisk(dir string) error {
	if p.spill == nil {
		f, err := os.CreateTemp(dir, "razebulk-ids-*")
		if err != nil {
			return repeatsUnknown(err)
		}
		_ = os.Remove(f.Name()) // on systems where an open file can lose its name, a killed run leaves nothing behind
		p.spill = f
	}
	raw := make([]byte, 0, len(p.held)*entrySize)
	for _, seen := range p.held {
		raw = binary.NativeEndian.AppendUint64(raw, seen.Hash)
		raw = binary.NativeEndian.AppendUint64(raw, uint64(seen.Row))
	}
	if _, err := p.spill.Write(raw); err != nil {
		return repeatsUnknown(err)
	}
	p.held = p.held[:0]
	return nil
}

// repeatsUnknown returns the error for ids that can't be looked at.
func repeatsUnknown(err error) error { return reason.New("repeats_unknown").Because(err) }

// Repeats returns the ids that occur in several of the rows that were added.
func (s *Set) Repeats() (Repeats, error) {
	all := Repeats{seed: s.seed, ids: map[uint64]bool{}}
	var seen []seenID
	for i := range s.parts {
		var err error
		seen, err = s.parts[i].all(seen)
		if err != nil {
			return Repeats{}, repeatsUnknown(err)
		}
		slices.SortFunc(seen, func(a, b seenID) int { return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.Row, b.Row)) })
		for j := 1; j < len(seen); j++ {
			if seen[j-1].Hash == seen[j].Hash {
				all.add(int(seen[j-1].Row), int(seen[j].Row))
				all.ids[seen[j].Hash] = true
			}
		}
	}
	return all, nil
}

func (r *Repeats) add(first, second int) {
	r.Rows++
	if r.Second == 0 || second < r.Second {
		r.First, r.Second = first, second
	}
}

// all returns the ids of a part, reusing the memory of another part's.
func (p *part) all(seen []seenID) ([]seenID, error) {
	seen = append(seen[:0], p.held...)
	if p.spill == nil {
		return seen, nil
	}
	size, err := p.spill.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	seen = slices.Grow(seen, int(size/entrySize))
	in := bufio.NewReader(io.NewSectionReader(p.spill, 0, size))
	var raw [entrySize]byte
	for range size / entrySize {
		if _, err := io.ReadFull(in, raw[:]); err != nil {
			return nil, err
		}
		seen = append(seen, seenID{binary.NativeEndian.Uint64(raw[:8]), int64(binary.NativeEndian.Uint64(raw[8:]))})
	}
	return seen, nil
}

// Close removes what is on the disk.
func (s *Set) Close() {
	for _, p := range s.parts {
		if p.spill != nil {
			_ = p.spill.Close()
			_ = os.Remove(p.spill.Name())
		}
	}
}
