package textfile

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"unicode"
	"unicode/utf16"

	"razebulk/internal/reason"
)

// sevenBits detects text that looks like ASCII but isn't: ISO-2022, which announces other letters by an escape
// sequence, and UTF-7, which puts them between + and -. The zero value is ready to use.
type sevenBits struct {
	escape string // the first one of ISO-2022
	utf7   int    // UTF-7 sequences
}

func (s *sevenBits) take(block []byte) {
	for rest := block; s.escape == ""; {
		i := bytes.IndexByte(rest, '\x1b')
		if i < 0 || i+3 > len(rest) {
			break
		}
		if kind := rest[i+1]; kind == '$' || kind == '(' && rest[i+2] >= 'A' {
			s.escape = string(rest[i+1 : min(i+4, len(rest))])
		}
		rest = rest[i+1:]
	}
	for rest := block; ; {
		i := bytes.IndexByte(rest, '+')
		if i < 0 {
			return
		}
		rest = rest[i+1:]
		if isUTF7(rest) {
			s.utf7++
		}
	}
}

// isUTF7 reports whether the text, which follows a +, begins with non-ASCII letters in UTF-7.
func isUTF7(text []byte) bool {
	const maxLetters = 64
	end := bytes.IndexByte(text[:min(len(text), maxLetters)], '-')
	if end < 0 {
		return false
	}
	units, err := base64.RawStdEncoding.Strict().DecodeString(string(text[:end]))
	if err != nil || len(units) < 2 || len(units)%2 != 0 {
		return false
	}
	for ; len(units) > 0; units = units[2:] {
		unit := binary.BigEndian.Uint16(units)
		if r := rune(unit); r < 0x80 || utf16.IsSurrogate(r) || !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// err returns an error that names the encoding of an all-ASCII text, or nil.
func (s *sevenBits) err() error {
	switch {
	case s.escape != "" && s.escape[0] == '$' && len(s.escape) > 2 && s.escape[1] == ')':
		return reason.New("encoding_not_read", "encoding", "ISO-2022-KR", "likely", "")
	case s.escape != "":
		return reason.New("encoding_not_read", "encoding", "ISO-2022-JP", "likely", "iso-2022-jp")
	case s.utf7 > 0:
		return reason.New("encoding_not_read", "encoding", "UTF-7", "likely", "")
	}
	return nil
}
