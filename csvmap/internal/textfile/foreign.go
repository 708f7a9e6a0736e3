package csvmap

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isForeign tells of three signs that stand together only where a text in MS-DOS's or the Macintosh's encoding was taken for
// Windows-1252: there they are the bytes of the Portuguese and Spanish accents.
func isForeign(signs [3]rune) bool {
	const opening, between, capitals = "‚„ƒˆ¡", "†‡‰‹›™¢£¤", "ÁÀÂÃÉÊÍÓÔÕÚÜÇÑ"
	before, sign, after := signs[0], signs[1], signs[2]
	switch {
	case sign < utf8.RuneSelf:
		return false
	case strings.ContainsRune(opening, sign): // nothing begins right behind a letter
		return unicode.IsLetter(before) && !(sign == '¡' && unicode.IsLower(after)) // "hola¡vamos!" lacks a blank
	case strings.ContainsRune(between, sign):
		return unicode.IsLetter(before) && (unicode.IsLetter(after) || strings.ContainsRune(between+opening, after))
	case strings.ContainsRune("“”‘•", sign):
		return before >= 0xc0 && unicode.IsLetter(before) && after >= 0xc0 && unicode.IsLetter(after) // Japanese
	case strings.ContainsRune(capitals, sign) && unicode.IsLower(before) && unicode.IsLower(after):
		return false // two words in one, such as SóÓculos; none of these is the letter of a word in another encoding
	case sign == 'Æ' && unicode.IsLetter(before) || unicode.IsUpper(sign) && unicode.IsLower(before):
		return unicode.IsLower(after) || sign == 'Ž'
	}
	return false
}

// scriptRun counts signs in a row that Western text has one or two of: the letters of other scripts, in their own encodings, are
// among them throughout.
type scriptRun struct {
	signs, letters int
	last           rune
}

// isOfAnother takes the next sign.
func (s *scriptRun) isOfAnother(r rune) bool {
	switch {
	case r == s.last: // "ééé" and "···" are the work of people
	case r >= 0xc0 && unicode.IsLetter(r):
		s.signs, s.letters = s.signs+1, s.letters+1
	case 0xa1 <= r && r <= 0xff && !strings.ContainsRune("¡¿«»", r):
		s.signs++
	default:
		*s = scriptRun{}
	}
	s.last = r
	return s.signs >= 4 && s.letters >= 1
}
