package textfile

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"unicode"
	"unicode/utf16"

	"razebulk/internal/reason"
)

// sevenBits looks for texts that are written in ASCII though they are none: ISO-2022, which announces other letters by
// an escape code, and UTF-7, which has them between + and -. The zero value is ready.
type sevenBits struct {
	escape string // the first one that ISO-2022 has
	utf7   int    // sequences of UTF-7
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

// isUTF7 tells whether the text begins with letters that are not ASCII, in UTF-7 and behind its +.
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

// err names the encoding of a text that is all ASCII.
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
