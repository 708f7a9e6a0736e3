// Package codepage detects in which old encoding a text is that is not UTF-8, by its letters: those of each language
// follow one another in a way of their own, and in the wrong encoding they don't.
package codepage

import "bytes"

const (
	maxWords = 4000
	maxWord  = 48
	maxRaw   = 64 << 10
)

// Sample is what is kept of a text to go by: its different words with bytes beyond ASCII, and its first lines with
// such. The zero value is ready.
type Sample struct {
	// First are the offsets plus one of the first byte of each value beyond ASCII; 0 for none.
	First [256]int64
	words map[string]int64 // and where each stands first
	raw   []byte
}

// Take looks at the next bytes of the text, which stand at an offset of the file.
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

// keep leaves out letters alone and repeated ones, as in ééé, which stand for anything in every language.
func (s *Sample) keep(word []byte, at int64) {
	if word[0] >= 0xc0 && len(word) != 2 && bytes.Count(word, word[:1]) == len(word) {
		return
	}
	if _, known := s.words[string(word)]; !known && len(s.words) < maxWords {
		s.words[string(word)] = at
	}
}

// keepRaw keeps the word with the byte behind it, which may be a part of its last character.
func (s *Sample) keepRaw(block []byte, start, end int) {
	if len(s.raw) < maxRaw {
		s.raw = append(s.raw, block[start:min(end+1, len(block))]...)
		s.raw = append(s.raw, '\n')
	}
}

// isWordByte is true for letters, digits, the apostrophe, and what is not ASCII.
func isWordByte(b byte) bool {
	return b >= 0x80 || 'a' <= b|0x20 && b|0x20 <= 'z' || '0' <= b && b <= '9' || b == '\''
}
