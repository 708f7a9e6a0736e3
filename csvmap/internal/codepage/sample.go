// Package codepage detects the legacy encoding of a text that is not UTF-8 from its letters: each language has
// typical sequences of letters, which the wrong encoding breaks.
package codepage

import "bytes"

const (
	maxWords = 4000
	maxWord  = 48
	maxRaw   = 64 << 10
)

// Sample is the part of a text that detection uses: its distinct words with bytes beyond ASCII, and the first lines
// with such bytes. The zero value is ready to use.
type Sample struct {
	// First holds, for each byte value beyond ASCII, the offset of its first occurrence plus one; 0 for none.
	First [256]int64
	words map[string]int64 // with the offset of the first occurrence
	raw   []byte
}

// Take adds the next bytes of the text, which are at this offset of the file.
func (s *Sample) Take(block []byte, at int64) {
	if s.words == nil {
		s.words = map[string]int64{}
	}
	for i := 0; i < len(block); i++ {
		if block[i] < 0x80 {
			continue
		}
		start := i
		for start > 0 && i-start < maxWord && isWordByte(block[start-1]) {
			start--
		}
		end := i
		for ; end < len(block) && (isWordByte(block[end])); end++ {
			if b := block[end]; b >= 0x80 && s.First[b] == 0 {
				s.First[b] = at + int64(end) + 1
			}
		}
		s.keep(block[start:min(end, start+maxWord)], at+int64(start))
		s.keepRaw(block, start, end)
		i = end
	}
}

// keep skips single letters and repeated ones, as in ééé, which can mean anything in every language.
func (s *Sample) keep(word []byte, at int64) {
	if word[0] >= 0xc0 && len(word) != 2 && bytes.Count(word, word[:1]) == len(word) {
		return
	}
	if _, known := s.words[string(word)]; !known && len(s.words) < maxWords {
		s.words[string(word)] = at
	}
}

// keepRaw keeps the word and the byte after it, which may be part of its last character.
func (s *Sample) keepRaw(block []byte, start, end int) {
	if len(s.raw) < maxRaw {
		s.raw = append(s.raw, block[start:min(end+1, len(block))]...)
		s.raw = append(s.raw, '\n')
	}
}

// isWordByte reports whether a byte is a letter, a digit, an apostrophe, or not ASCII.
func isWordByte(b byte) bool {
	return b >= 0x80 || 'a' <= b|0x20 && b|0x20 <= 'z' || '0' <= b && b <= '9' || b == '\''
}
