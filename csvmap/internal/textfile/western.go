package textfile

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"razebulk/csvmap/internal/cell"
	"razebulk/internal/reason"
)

// westernScan looks for the first place where the bytes, as Windows-1252, are not text of a Western language: then
// they are most likely in another encoding. The zero value is ready to use.
type westernScan struct {
	last [3]rune
	run  scriptRun
	at   int64                            // the offset of the character
	why  func(place, likely string) error // what is wrong there, or nil
}

// take checks the next bytes, which begin at an offset of the file.
func (s *westernScan) take(block []byte, at int64) {
	for i := 0; i < len(block) && s.why == nil; i++ {
		s.pass(charmap.Windows1252.DecodeByte(block[i]), at+int64(i))
		if block[i] < utf8.RuneSelf {
			if more := asciiPrefix(block[i+1:]); more > 0 { // nothing in these can be wrong
				i += more
				s.last[2] = rune(block[i])
			}
		}
	}
}

// skip skips a block in which nothing can be wrong except next to what precedes it.
func (s *westernScan) skip(block []byte, at int64) {
	if s.why == nil && s.last[2] >= utf8.RuneSelf {
		s.pass(charmap.Windows1252.DecodeByte(block[0]), at)
	}
	s.last, s.run = [3]rune{2: rune(block[len(block)-1])}, scriptRun{}
}

func (s *westernScan) pass(r rune, at int64) {
	s.last = [3]rune{s.last[1], s.last[2], r}
	switch {
	case r == utf8.RuneError || cell.IsC1(r):
		s.at, s.why = at, func(place, likely string) error {
			return reason.New("encoding_wrong", "place", place, "encoding", windows1252.name, "likely", likely)
		}
	case isForeign(s.last):
		text := string(s.last[:])
		s.at, s.why = at-1, func(place, likely string) error {
			return reason.New("encoding_foreign", "place", place, "text", text, "encoding", windows1252.name, "likely", likely)
		}
	case isDegreeOfDOS(s.last):
		text := strings.TrimSpace(string(s.last[:]))
		s.at, s.why = at-1, func(place, likely string) error {
			return reason.New("encoding_doubtful", "place", place, "text", text, "encoding", windows1252.name, "likely", cmp.Or(likely, "ibm850"), "likely_text", "°")
		}
	case s.run.isOfAnother(r):
		s.at, s.why = at, func(place, likely string) error {
			return reason.New("encoding_other_script", "place", place, "encoding", windows1252.name, "likely", likely)
		}
	}
}

// isForeign reports whether three characters occur together only if a text in an MS-DOS or Macintosh encoding is read
// as Windows-1252: there they are the bytes of the Portuguese and Spanish accents.
func isForeign(three [3]rune) bool {
	const opening, between, capitals = "‚„ƒˆ¡", "†‡‰‹›™¢£¤", "ÁÀÂÃÉÊÍÓÔÕÚÜÇÑ"
	before, char, after := three[0], three[1], three[2]
	switch {
	case char < utf8.RuneSelf:
		return false
	case strings.ContainsRune(opening, char): // nothing begins right after a letter
		return unicode.IsLetter(before) && !(char == '¡' && unicode.IsLower(after)) // "hola¡vamos!" with a missing blank
	case strings.ContainsRune(between, char):
		return unicode.IsLetter(before) && (unicode.IsLetter(after) || strings.ContainsRune(between+opening, after))
	case strings.ContainsRune("“”‘•", char):
		return before >= 0xc0 && unicode.IsLetter(before) && after >= 0xc0 && unicode.IsLetter(after) // Japanese
	case strings.ContainsRune(capitals, char) && unicode.IsLower(before) && unicode.IsLower(after):
		return false // two words in one, such as SóÓculos; none of these is a letter of a word in another encoding
	case char == 'Æ' && unicode.IsLetter(before) || unicode.IsUpper(char) && unicode.IsLower(before):
		return unicode.IsLower(after) || char == 'Ž'
	}
	return false
}

// isDegreeOfDOS reports whether three characters are a degree sign of MS-DOS in a temperature, 25øC for 25°C.
func isDegreeOfDOS(three [3]rune) bool {
	before, char, after := three[0], three[1], three[2]
	return char == 'ø' && (unicode.IsDigit(before) || before == ' ') && (after == 'C' || after == 'F')
}

// scriptRun counts consecutive characters of a kind that Western text has one or two of in a row: letters of other
// scripts, in their own encodings, consist only of these.
type scriptRun struct {
	chars, letters int
	last           rune
}

// isOfAnother adds the next character, and reports whether the run belongs to another script.
func (s *scriptRun) isOfAnother(r rune) bool {
	switch {
	case r == s.last: // "ééé" and "···" are written by people
	case r >= 0xc0 && unicode.IsLetter(r):
		s.chars, s.letters = s.chars+1, s.letters+1
	case 0xa1 <= r && r <= 0xff && !strings.ContainsRune("¡¿«»", r):
		s.chars++
	default:
		*s = scriptRun{}
	}
	s.last = r
	return s.chars >= 4 && s.letters >= 1
}
