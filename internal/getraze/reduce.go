package getraze

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// errSyntax is that a text is not JSON, or ends too early to be.
var errSyntax = errors.New("not a JSON object")

// read reads one JSON object, and nothing but blanks after it, and keeps it without the members that the rule doesn't
// keep. What it keeps is valid JSON; what it leaves out is hardly checked. The error is [errSyntax] or the reader's.
func (r *reducer) read(members rule) error {
	c, err := r.next()
	if err == nil && c != '{' {
		err = errSyntax
	}
	if err == nil {
		err = r.object(members)
	}
	if err == nil {
		err = r.end()
	}
	if errors.Is(err, io.EOF) {
		return errSyntax
	}
	return err
}

// reducer reads one answer.
type reducer struct {
	body io.Reader
	left int64  // how many bytes of the body may still be read
	head []byte // how the body begins
	in   *bufio.Reader
	// wanted reports whether a key that is no landmark is kept of opportunities; nil wants all.
	wanted func(key string) bool
	out    bytes.Buffer
	name   []byte // the key that is read
	drop   bool   // nothing is written
	depth  int    // of the object or list that is read
	// places are those of the members of the object, and of the objects that are its members, in the order in which they
	// end.
	places []place
}

// place is where the value of a member is in the output.
type place struct {
	key               string
	depth, start, end int
}

// reducers are kept for the next answers.
var reducers = sync.Pool{New: func() any { return &reducer{in: bufio.NewReader(nil)} }}

// newReducer reads at most so many bytes of a body, and must be released.
func newReducer(body io.Reader, limit int64, wanted func(key string) bool) *reducer {
	r := reducers.Get().(*reducer)
	r.body, r.left, r.wanted = body, limit, wanted
	r.in.Reset(r)
	return r
}

// Read reads from the body, and keeps its beginning.
func (r *reducer) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n, err := r.body.Read(p[:min(int64(len(p)), r.left)])
	r.left -= int64(n)
	r.head = append(r.head, p[:min(n, maxHead-len(r.head))]...)
	return n, err
}

// maxReused is how long an answer may be whose buffer is used for the next one. A longer one is a page of a list.
const maxReused = 16 << 10

// text is what was kept. It outlives the reducer.
func (r *reducer) text() []byte {
	if r.out.Cap() <= maxReused {
		return bytes.Clone(r.out.Bytes())
	}
	out := r.out.Bytes()
	r.out = bytes.Buffer{}
	return out
}

// release gives the reducer back.
func (r *reducer) release() {
	r.out.Reset()
	r.in.Reset(nil)
	r.body, r.wanted, r.head = nil, nil, r.head[:0]
	r.drop, r.depth, r.places = false, 0, r.places[:0]
	reducers.Put(r)
}

func (r *reducer) put(c byte) {
	if !r.drop {
		r.out.WriteByte(c)
	}
}

// next is the next byte that is no blank.
func (r *reducer) next() (byte, error) {
	for {
		if c, err := r.in.ReadByte(); err != nil || !isJSONBlank(c) {
			return c, err
		}
	}
}

func isJSONBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (r *reducer) end() error {
	switch _, err := r.next(); {
	case err == nil:
		return errSyntax
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// object reads an object whose brace is read already.
func (r *reducer) object(members rule) error {
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
			return errSyntax
		}
		kept, err := r.member(members, first)
		if err != nil {
			return err
		}
		before, first = 'v', first && !kept
	}
}

// member reads a key, whose quote is read already, and its value.
func (r *reducer) member(members rule, first bool) (kept bool, err error) {
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
		r.places = append(r.places, place{k.text, r.depth, start, r.out.Len()})
	}
	return kept, err
}

func (r *reducer) writeKey(k key) {
	if k.isKnown {
		r.out.WriteByte('"')
		r.out.WriteString(k.text)
		r.out.WriteByte('"')
		return
	}
	quoted, _ := json.Marshal(k.text) // a string always can be
	r.out.Write(quoted)
}

// maxKey is how long a key may be that a rule could keep.
const maxKey = 256

// key reads a key and its colon. A key that is too long is returned as "".
func (r *reducer) key() (key, error) {
	k := r.knownKey()
	if !k.isKnown {
		text, err := r.otherKey()
		if err != nil {
			return key{}, err
		}
		if k = knownKeys[text]; !k.isKnown {
			k.text = text
		}
	}
	c, err := r.next()
	if err == nil && c != ':' {
		err = errSyntax
	}
	return k, err
}

// knownKey reads a key of knownKeys with its closing quote, if all of it is buffered. None of them has an escape.
func (r *reducer) knownKey() key {
	buffered, _ := r.in.Peek(r.in.Buffered())
	end := max(0, bytes.IndexByte(buffered, '"'))
	k := knownKeys[string(buffered[:end])]
	if k.isKnown {
		_, _ = r.in.Discard(end + 1) // they are buffered
	}
	return k
}

func (r *reducer) otherKey() (string, error) {
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
		return "", errSyntax
	}
	return key, nil
}

// value reads a value; a rule is for the value itself, or for the items of a list.
func (r *reducer) value(inside rule) error {
	c, err := r.next()
	switch {
	case err != nil:
		return err
	case inside != nil && c == '{':
		return r.object(inside)
	case inside != nil && c == '[':
		return r.list(inside)
	}
	return r.checked(c)
}

// list reads a list whose bracket is read already. A list in it is copied, however deep it is.
func (r *reducer) list(items rule) error {
	r.depth++
	defer func() { r.depth-- }()
	r.put('[')
	for before := byte('['); ; {
		c, err := r.next()
		switch {
		case err != nil:
			return err
		case c == ']' && before != ',':
			r.put(c)
			return nil
		case c == ',' && before == 'v':
			r.put(c)
			before = c
			continue
		case before == 'v':
			return errSyntax
		case c == '{':
			err = r.object(items)
		default:
			r.put(' ')
			err = r.checked(c)
		}
		if err != nil {
			return err
		}
		before = 'v'
	}
}

// checked reads a value that begins with this byte, and makes sure that it is JSON if it is kept.
func (r *reducer) checked(c byte) error {
	if c == '"' && r.plainText() {
		return nil
	}
	start := r.out.Len()
	if err := r.copy(c); err != nil || r.drop {
		return err
	}
	if raw := r.out.Bytes()[start:]; !isPlain(raw) && !json.Valid(raw) {
		return errSyntax
	}
	return nil
}

// plainText reads a text, whose quote is read already, if all of it is buffered and has no escapes.
func (r *reducer) plainText() bool {
	buffered, _ := r.in.Peek(r.in.Buffered())
	end := plainLength(buffered)
	if end == len(buffered) || buffered[end] != '"' {
		return false
	}
	if !r.drop {
		r.out.WriteByte('"')
		r.out.Write(buffered[:end+1])
	}
	_, _ = r.in.Discard(end + 1) // they are buffered
	return true
}

// plainLength is how many characters of a text, from its beginning, have no meaning of their own.
func plainLength(text []byte) int {
	n := 0
	for n < len(text) && text[n] != '"' && text[n] != '\\' && text[n] >= ' ' {
		n++
	}
	return n
}

// isPlain reports whether a value is a text without escapes, as [reducer.rest] has read it.
func isPlain(raw []byte) bool {
	return len(raw) > 1 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw)
}

// copy reads a value that begins with this byte, without recursion.
func (r *reducer) copy(c byte) error {
	for depth := 0; ; {
		r.put(c)
		var err error
		switch {
		case c == '"':
			err = r.rest()
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case isJSONBlank(c) || depth > 0 && (c == ',' || c == ':'):
		default:
			err = r.literal(c)
		}
		if depth < 0 {
			err = errSyntax
		}
		if err != nil || depth == 0 {
			return err
		}
		if c, err = r.in.ReadByte(); err != nil {
			return err
		}
	}
}

// rest reads a string to its closing quote.
func (r *reducer) rest() error {
	for {
		if err := r.plain(); err != nil {
			return err
		}
		c, err := r.in.ReadByte()
		if err != nil {
			return err
		}
		r.put(c)
		switch {
		case c == '"':
			return nil
		case c < ' ':
			return errSyntax
		case c == '\\':
			if c, err = r.in.ReadByte(); err != nil {
				return err
			}
			r.put(c)
		}
	}
}

// plain reads the part of a string, of what is buffered, that has no character of a meaning of its own.
func (r *reducer) plain() error {
	if _, err := r.in.Peek(1); err != nil {
		return err
	}
	buffered, _ := r.in.Peek(r.in.Buffered())
	n := plainLength(buffered)
	if !r.drop {
		r.out.Write(buffered[:n])
	}
	_, err := r.in.Discard(n)
	return err
}

// literal reads the rest of a number, true, false or null.
func (r *reducer) literal(c byte) error {
	if c == ',' || c == ':' {
		return errSyntax
	}
	for {
		c, err := r.in.ReadByte()
		if err != nil {
			return err
		}
		if isJSONBlank(c) || strings.IndexByte(`{}[],:"`, c) >= 0 {
			return r.in.UnreadByte()
		}
		r.put(c)
	}
}
