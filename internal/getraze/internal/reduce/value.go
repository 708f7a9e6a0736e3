package reduce

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// value reads a value. The rule applies to the value itself, or to the items of a list.
func (r *Reader) value(inside Rule) error {
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

// list reads a list after its opening bracket. A list within it is copied, however deep it is.
func (r *Reader) list(items Rule) error {
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
			return ErrSyntax
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

// checked reads a value that begins with c, and checks that it is JSON if it is kept.
func (r *Reader) checked(c byte) error {
	if c == '"' && r.plainText() {
		return nil
	}
	start := r.out.Len()
	if err := r.copy(c); err != nil || r.drop {
		return err
	}
	if raw := r.out.Bytes()[start:]; !IsPlain(raw) && !json.Valid(raw) {
		return ErrSyntax
	}
	return nil
}

// plainText reads a string after its opening quote, if all of it is buffered and has no escapes.
func (r *Reader) plainText() bool {
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

// plainLength returns how many bytes at the beginning of a string have no special meaning.
func plainLength(text []byte) int {
	n := 0
	for n < len(text) && text[n] != '"' && text[n] != '\\' && text[n] >= ' ' {
		n++
	}
	return n
}

// IsPlain reports whether a kept value is a string without escapes.
func IsPlain(raw []byte) bool {
	return len(raw) > 1 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw)
}

// copy reads a value that begins with c, without recursion.
func (r *Reader) copy(c byte) error {
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
			err = ErrSyntax
		}
		if err != nil || depth == 0 {
			return err
		}
		if c, err = r.in.ReadByte(); err != nil {
			return err
		}
	}
}

// rest reads a string up to its closing quote.
func (r *Reader) rest() error {
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
			return ErrSyntax
		case c == '\\':
			if c, err = r.in.ReadByte(); err != nil {
				return err
			}
			r.put(c)
		}
	}
}

// plain reads the buffered part of a string up to the next special character.
func (r *Reader) plain() error {
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
func (r *Reader) literal(c byte) error {
	if c == ',' || c == ':' {
		return ErrSyntax
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
