package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// secret is the key of all hashes in a file. It is derived from the file's salt and the account's key, so that somebody
// who has only the file can't guess the values.
type secret struct {
	key    [sha256.Size]byte
	hashes sync.Pool // of *hasher with the key: what it derives from the key is kept, which halves the time of a hash

	mu  sync.Mutex
	ids map[string]opportunity // the latest: each row asks for its own several times
}

// maxIDs bounds the ids that are cached.
const maxIDs = 1024

// Hash is the hash of one value of one field of one opportunity: the same value elsewhere has a different hash.
type Hash [16]byte

// opportunity is the hash of an id.
type opportunity Hash

func newSecret(salt []byte, b Binding) *secret {
	h := &hasher{hash: hmac.New(sha256.New, salt)}
	s := &secret{key: h.mac('s', strings.TrimRight(b.BaseURL, "/"), b.Key), ids: map[string]opportunity{}}
	s.hashes.New = func() any { return &hasher{hash: hmac.New(sha256.New, s.key[:])} }
	return s
}

// proof returns a hash that shows that a file was made with this secret.
func (s *secret) proof() []byte {
	sum := s.mac('p')
	return sum[:]
}

func (s *secret) opportunity(id string) opportunity {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o, known := s.ids[id]; known {
		return o
	}
	sum := s.mac('o', crm.IDKey(id))
	if len(s.ids) >= maxIDs {
		clear(s.ids)
	}
	o := opportunity(sum[:])
	s.ids[strings.Clone(id)] = o // it is part of a row
	return o
}

func (s *secret) value(o opportunity, field string, v Value) Hash {
	if v.Kind == Cleared {
		v.Text = ""
	}
	sum := s.mac('v', string(o[:]), field, string(rune(v.Kind)), v.Text)
	return Hash(sum[:])
}

func (s *secret) mac(purpose byte, parts ...string) [sha256.Size]byte {
	h := s.hashes.Get().(*hasher)
	defer s.hashes.Put(h)
	return h.mac(purpose, parts...)
}

// hasher computes hashes and reuses its memory. It is not safe for concurrent use.
type hasher struct {
	hash hash.Hash
	text []byte
	sum  [sha256.Size]byte
}

// mac hashes each part after its length, so that different lists of parts never have the same bytes.
func (h *hasher) mac(purpose byte, parts ...string) [sha256.Size]byte {
	h.text = append(h.text[:0], purpose)
	for _, part := range parts {
		h.text = binary.BigEndian.AppendUint64(h.text, uint64(len(part)))
		h.text = append(h.text, part...)
	}
	h.hash.Reset()
	h.hash.Write(h.text)
	h.hash.Sum(h.sum[:0])
	return h.sum
}

// An opportunity's record consists of its fields' entries. Each is the length of the name, the name, and a tail of the
// seconds since 1970, whether it was verified, and the hash.
const (
	maxField = 255
	tailSize = 4 + 1 + len(Hash{})
)

var errRecord error = reason.New("state_record_damaged")

// each calls yield for the entries of a record until it returns false.
func each(raw []byte, yield func(field, tail []byte) bool) error {
	for len(raw) > 0 {
		end := 1 + int(raw[0])
		if len(raw) < end+tailSize || raw[end+4] > 1 {
			return errRecord
		}
		if !yield(raw[1:end], raw[end:end+tailSize]) {
			return nil
		}
		raw = raw[end+tailSize:]
	}
	return nil
}

func entryOf(tail []byte) *Entry {
	when := time.Unix(int64(binary.BigEndian.Uint32(tail)), 0)
	return &Entry{Hash(tail[5:]), when, tail[4] == 1}
}

func find(raw []byte, field string) (entry *Entry, err error) {
	err = each(raw, func(name, tail []byte) bool {
		if string(name) == field {
			entry = entryOf(tail)
		}
		return entry == nil
	})
	return entry, err
}

func decode(raw []byte) (map[string]*Entry, error) {
	record := map[string]*Entry{}
	err := each(raw, func(name, tail []byte) bool {
		record[string(name)] = entryOf(tail)
		return true
	})
	return record, err
}

// encode skips fields without an entry.
func encode(record map[string]*Entry) []byte {
	size := 0
	for field := range record {
		size += 1 + len(field) + tailSize
	}
	raw := make([]byte, 0, size)
	for _, field := range slices.Sorted(maps.Keys(record)) {
		entry := record[field]
		if entry == nil {
			continue
		}
		raw = append(append(raw, byte(len(field))), field...)
		raw = binary.BigEndian.AppendUint32(raw, uint32(entry.When.Unix()))
		raw = append(raw, verifiedByte(entry.Verified))
		raw = append(raw, entry.Hash[:]...)
	}
	return raw
}

func verifiedByte(verified bool) byte {
	if verified {
		return 1
	}
	return 0
}

// ValueOf returns the value of a field. Two are equal if the service would store the same.
func ValueOf(text string, number, clear bool) Value {
	switch {
	case clear:
		return Value{Kind: Cleared}
	case number:
		return NumberValue(text)
	}
	return Value{Kind: Text, Text: text}
}

// NumberValue returns the value of a number, the same for 10.50 and 10.5.
func NumberValue(digits string) Value {
	if d, err := decimal.NewFromString(digits); err == nil {
		digits = d.String()
	}
	return Value{Kind: Number, Text: digits}
}
