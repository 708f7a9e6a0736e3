// Package reduce reads JSON objects and keeps only the wanted parts: the memory that an object takes doesn't depend
// on the rest.
package reduce

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"sync"
)

// ErrSyntax is returned for text that is not a JSON object, or ends too early to be one.
var ErrSyntax = errors.New("not a JSON object")

// Rule decides which members of an object are kept, and by which rule the objects within a kept member are reduced;
// nil keeps all of them.
type Rule func(r *Reader, k Key) (keep bool, inside Rule)

// Key is the key of a member.
type Key struct {
	Text string // "" for a key that is too long for any rule to keep
	// Known reports whether it is one of the reader's keys; Landmark, whether it is one of those that matter in any
	// object.
	Known, Landmark bool
}

// Keys holds the keys that objects usually have, by their text, so that each string is allocated once. None has an
// escape.
type Keys map[string]Key

// Object reads one JSON object, with nothing but white space after it, and keeps it without the members that the rule
// drops. What it keeps is valid JSON; what it leaves out is hardly checked. The error is [ErrSyntax] or the body's.
func (r *Reader) Object(members Rule) error {
	c, err := r.next()
	if err == nil && c != '{' {
		err = ErrSyntax
	}
	if err == nil {
		err = r.object(members)
	}
	if err == nil {
		err = r.end()
	}
	if errors.Is(err, io.EOF) {
		return ErrSyntax
	}
	return err
}

// Reader reads one body. It is for one goroutine.
type Reader struct {
	// Wanted is for rules, which receive the reader: it reports whether a key is of interest.
	Wanted func(key string) bool
	// Left is how many bytes of the body may still be read.
	Left int64
	// Head is the beginning of the body, at most [MaxHead] bytes. It is valid until Release.
	Head []byte
	// Places holds the places of the members of the object, and of the objects that are its members, in the order in
	// which they end. They are valid until Release.
	Places []Place

	keys  Keys
	body  io.Reader
	in    *bufio.Reader
	out   bytes.Buffer
	name  []byte // the key being read
	drop  bool   // nothing is written
	depth int    // of the object or list being read
}

// Place is where a member's value is in what was kept. The members of the object itself have depth 1.
type Place struct {
	Key               string
	Depth, Start, End int
}

// MaxHead is the number of bytes of a body that are kept for quoting.
const MaxHead = 4 << 10

// readers holds readers for reuse.
var readers = sync.Pool{New: func() any { return &Reader{in: bufio.NewReader(nil)} }}

// New returns a reader of at most limit bytes of a body. It must be released.
func New(body io.Reader, limit int64, keys Keys, wanted func(key string) bool) *Reader {
	r := readers.Get().(*Reader)
	r.body, r.Left, r.keys, r.Wanted = body, limit, keys, wanted
	r.in.Reset(r)
	return r
}

// Read reads from the body and keeps its beginning.
func (r *Reader) Read(p []byte) (int, error) {
	if r.Left <= 0 {
		return 0, io.EOF
	}
	n, err := r.body.Read(p[:min(int64(len(p)), r.Left)])
	r.Left -= int64(n)
	r.Head = append(r.Head, p[:min(n, MaxHead-len(r.Head))]...)
	return n, err
}

// maxReused is the maximum capacity of a buffer that is reused for the next body. A larger one is from a page of a
// list.
const maxReused = 16 << 10

// Text returns what was kept. It must be called only once, as it gives a large buffer away. The result outlives the
// reader.
func (r *Reader) Text() []byte {
	if r.out.Cap() <= maxReused {
		return bytes.Clone(r.out.Bytes())
	}
	out := r.out.Bytes()
	r.out = bytes.Buffer{}
	return out
}

// Release makes the reader available for reuse.
func (r *Reader) Release() {
	r.out.Reset()
	r.in.Reset(nil)
	r.body, r.keys, r.Wanted, r.Head = nil, nil, nil, r.Head[:0]
	r.drop, r.depth, r.Places = false, 0, r.Places[:0]
	readers.Put(r)
}

func (r *Reader) put(c byte) {
	if !r.drop {
		r.out.WriteByte(c)
	}
}

// next returns the next byte that is not white space.
func (r *Reader) next() (byte, error) {
	for {
		if c, err := r.in.ReadByte(); err != nil || !isJSONBlank(c) {
			return c, err
		}
	}
}

func isJSONBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (r *Reader) end() error {
	switch _, err := r.next(); {
	case err == nil:
		return ErrSyntax
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// object reads an object after its opening brace.
func (r *Reader) object(members Rule) error {
	r.depth++
	defer func() { r.depth-- }()
	r.put('{')
	before := byte('{')
	for first := true; ; {
		c, err := r.next()
		switch {
		case err != nil:
			return err
		case c == '}' && before != ',':
			r.put('}')
			return nil
		case c == ',' && before == 'v':
			before = c
			continue
		case c != '"' || before == 'v':
			return ErrSyntax
		}
		kept, err := r.member(members, first)
		if err != nil {
			return err
		}
		before, first = 'v', first && !kept
	}
}

// member reads a key, after its opening quote, and its value.
func (r *Reader) member(members Rule, first bool) (kept bool, err error) {
	k, err := r.key()
	if err != nil {
		return false, err
	}
	kept, inside := members(r, k)
	if kept {
		if !first {
			r.put(',')
		}
		r.writeKey(k)
		r.put(':')
	}
	r.drop = !kept
	start := r.out.Len()
	err = r.value(inside)
	r.drop = false
	if kept && r.depth <= 2 {
		r.Places = append(r.Places, Place{k.Text, r.depth, start, r.out.Len()})
	}
	return kept, err
}

func (r *Reader) writeKey(k Key) {
	if k.Known {
		r.out.WriteByte('"')
		r.out.WriteString(k.Text)
		r.out.WriteByte('"')
		return
	}
	quoted, _ := json.Marshal(k.Text) // can't fail for a string
	r.out.Write(quoted)
}

// maxKey limits the length of a key that a rule could keep.
const maxKey = 256

// key reads a key and its colon. A key that is too long is returned as "".
func (r *Reader) key() (Key, error) {
	k := r.knownKey()
	if !k.Known {
		text, err := r.otherKey()
		if err != nil {
			return Key{}, err
		}
		if k = r.keys[text]; !k.Known {
			k.Text = text
		}
	}
	c, err := r.next()
	if err == nil && c != ':' {
		err = ErrSyntax
	}
	return k, err
}

// knownKey reads one of the reader's keys and its closing quote, if all of it is buffered.
func (r *Reader) knownKey() Key {
	buffered, _ := r.in.Peek(r.in.Buffered())
	end := max(0, bytes.IndexByte(buffered, '"'))
	k := r.keys[string(buffered[:end])]
	if k.Known {
		_, _ = r.in.Discard(end + 1) // they are buffered
	}
	return k
}

func (r *Reader) otherKey() (string, error) {
	raw := append(r.name[:0], '"')
	for escaped := false; ; {
		c, err := r.in.ReadByte()
		if err != nil {
			return "", err
		}
		if len(raw) < maxKey {
			raw = append(raw, c)
		}
		if c == '"' && !escaped {
			break
		}
		escaped = c == '\\' && !escaped
	}
	r.name = raw
	key := ""
	if len(raw) < maxKey && json.Unmarshal(raw, &key) != nil {
		return "", ErrSyntax
	}
	return key, nil
}
