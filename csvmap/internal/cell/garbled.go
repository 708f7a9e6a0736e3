package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"razebulk/internal/lazyregexp"
)

// isGarbled reports whether letters were read in the wrong encoding.
func isGarbled(text string) bool {
	return mayBeGarbled(text) && (isMojibake(text) || garbledForm.MatchString(text) || isUTF8AsAnother(text))
}

// mayBeGarbled avoids checking each encoding for nearly all texts: their accents are where words have them.
func mayBeGarbled(text string) bool {
	before := rune(0)
	for at := 0; at < len(text); {
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		if at > 0 && text[at-1] < utf8.RuneSelf {
			before = rune(text[at-1])
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isOrdinary(before, r) {
			return true
		}
		before = r
		at += size
	}
	return false
}

// isOrdinary reports whether a character beyond ASCII may follow another one in a text that isn't garbled.
func isOrdinary(before, r rune) bool {
	small := before >= 0xe0 && before <= 0xff
	switch {
	case r >= 0xe0 && r <= 0xff:
		return r != 'þ' && r != 'ð' && r != '÷'
	case r >= 0xc0 && r < 0xe0:
		capital := before >= 0xc0 && before < 0xe0 && before != 'Ô'
		return r != 'Ò' && r != 'Þ' && r != 'Ð' && r != '×' && (capital || before < utf8.RuneSelf && (before < 'a' || before > 'z'))
	case r >= 0x370 && unicode.IsLetter(r):
		return before >= 0x370 || before < utf8.RuneSelf && !isASCIILetter(before)
	case strings.ContainsRune("–—“”‘’…\u00a0«»•ºª°", r):
		return before < utf8.RuneSelf && before != '+' || small && !strings.ContainsRune("ãâåï", before)
	}
	return r == '€' && before < utf8.RuneSelf
}

// garbledForm matches what accents become when read in an encoding that is neither their own nor turns each into two
// characters.
var garbledForm = lazyregexp.New(strings.Join([]string{
	// MS-DOS box-drawing characters.
	`\p{Latin}[\x{2500}-\x{259f}]`, `[\x{2500}-\x{256c}]\p{Ll}`,
	// Windows-1252 as MS-DOS's 850: ã, ê and ç; ó, ô and ñ.
	`[\p{Ll}\p{Lu}]þ[ÒÁÛõ§³]`, `\p{Ll}[ÒÛÞ]\p{Ll}`, `\p{Lu}Ò\p{Ll}`,
	`\p{Ll}[¾¶±]\p{Ll}{2}`,
	// 850 as Windows-1252: ç, å, é, â, ê, í, ó and ú.
	`\p{Latin}[‡†‚ƒˆ¡¢£]\p{Ll}{2}`, `[‡€]Æ`, `\p{Ll}‚( |$)`,
	// Macintosh as Windows-1252: é, ã and õ.
	`\p{Ll}Ž( |$)`, `\p{Latin}[‹›‰]\p{Ll}`,
	// Windows-1252 as Macintosh: ã, ç, é, í and ô.
	`\p{Ll}„\p{Ll}`, `Á„`, `\p{Lu}„\p{Ll}`, `\p{Ll}[ÈÌÙ](\P{Lu}|$)`,
	// Box-drawing characters as ASCII signs, accents after their letters, and two alphabets in one word.
	`\p{Latin}\+[ºª°§ú¬®©¡¢£³]`, `\p{Latin}[¸˜¨]\p{Latin}`, `\p{Latin}[\p{Cyrillic}\p{Greek}][\x{a0}-\x{bf}№]`,
	// UTF-8 as Windows-1252, in lower case.
	`ã[¡¢£¤¥¦§¨©¬¯±²³´µ¶¸¹¼½¾¿]`, `ã[ªº°·\x{ad}]\pL`, `(^|\PL|[0-9])â[ªº°](\PL|$)`, `å[‚„†‡ºŸ¼¾]\p{Ll}`,
}, "|"))

// codedLetter matches an accented letter as e-mail, URLs and JSON encode it.
var codedLetter = lazyregexp.New(`=C[2-5]=[89AB][0-9A-F]|%[cC][2-5]%[89abAB][0-9a-fA-F]|\\u00[89a-fA-F][0-9a-fA-F]|\\x[cC][2-5]\\x[89abAB]`)

// hasCodedLetter reports whether a text has such a letter outside of a web address.
func hasCodedLetter(text string) bool {
	if !strings.Contains(text, "=C") && !strings.Contains(text, "%") && !strings.Contains(text, `\`) {
		return false
	}
	if strings.Contains(text, "/") || strings.Contains(text, "www.") {
		return false
	}
	return codedLetter.MatchString(text)
}

// doubtfulGarbled matches what may be garbled if other cells of the column are: people also write SaÚde.
var doubtfulGarbled = lazyregexp.New(`\p{Ll}[À-ÖØ-Þ]|\pL[ßþ§³²·¾¶±÷]\pL|^ß`)

// anotherReading describes UTF-8 that was read in a single-byte encoding, in which its characters begin with one of
// leads.
type anotherReading struct {
	name  *charmap.Charmap
	leads string
	// mixed: a language that uses these letters itself never mixes ASCII letters into its words.
	mixed bool
}

var anotherReadings = []anotherReading{
	{charmap.Macintosh, "√¬ƒ≈‚", false},
	{charmap.CodePage850, "├┬─┼Ô", false},
	{charmap.CodePage437, "├┬─┼Γ", false},
	{charmap.Windows1251, "ГВДЕв", true},
	{charmap.KOI8R, "цбдев", true},
	{charmap.Windows1250, "ĂÂÄĹâ", false},
	{charmap.Windows1253, "ΓΒΔΕβ", true},
	{charmap.ISO8859_1, "ÄÅÐÑ", false},
}

// westernLetters are the accents, dashes and quotes of Western texts, the euro sign, and Cyrillic.
var westernLetters = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0xa0, Hi: 0x17f, Stride: 1}, {Lo: 0x400, Hi: 0x4ff, Stride: 1}, {Lo: 0x2010, Hi: 0x2026, Stride: 1},
	{Lo: 0x2030, Hi: 0x203a, Stride: 1}, {Lo: 0x20ac, Hi: 0x20ac, Stride: 1}, {Lo: 0x2122, Hi: 0x2122, Stride: 1},
}}

// isUTF8AsAnother reports whether the text has a UTF-8 character whose bytes were read as characters of another
// encoding: "é" then becomes "√©", "├®", or "Г©".
func isUTF8AsAnother(text string) bool {
	for _, reading := range anotherReadings {
		if !strings.ContainsAny(text, reading.leads) {
			continue
		}
		for at, r := range text {
			if r >= utf8.RuneSelf && strings.ContainsRune(reading.leads, r) && reading.garbledAt(text, at) {
				return true
			}
		}
	}
	return false
}

// garbledAt reports whether the character at this place begins a UTF-8 character that makes sense there.
func (a anotherReading) garbledAt(text string, at int) bool {
	decoded, length := a.decode(text[at:])
	if decoded == 0 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at+length:])
	lead, size := utf8.DecodeRuneInString(text[at:])
	trail, _ := utf8.DecodeRuneInString(text[at+size:])
	switch {
	case a.mixed || lead == '√':
		return isASCIILetter(before) || isASCIILetter(after) || before < utf8.RuneSelf && after < utf8.RuneSelf && lead == '√'
	case a.name == charmap.Windows1250 && (trail == 'Ş' || trail == 'ş'): // Romanian in capitals: ORĂŞTIE
		return unicode.IsLower(before)
	case lead == 'Ð' || lead == 'Ñ': // Cyrillic, where every letter becomes two
		return after == 'Ð' || after == 'Ñ'
	case a.name == charmap.Windows1250 || a.name == charmap.ISO8859_1: // Ä… and Å… end a word in capitals
		return unicode.IsLower(before) || unicode.IsLower(after)
	}
	return true
}

func isASCIILetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// decode returns the UTF-8 character with which a text begins, and how many bytes of the text it takes; 0 if there is
// none that a Western text has.
func (a anotherReading) decode(text string) (decoded rune, length int) {
	var taken []byte
	for at, r := range text {
		b, ok := a.name.EncodeRune(r)
		if a.name == charmap.ISO8859_1 {
			b, ok = windowsByte(r)
		}
		if !ok || b < utf8.RuneSelf {
			return 0, 0
		}
		taken = append(taken, b)
		if !utf8.FullRune(taken) {
			continue
		}
		decoded, size := utf8.DecodeRune(taken)
		if size < 2 || !unicode.Is(westernLetters, decoded) {
			return 0, 0
		}
		return decoded, at + utf8.RuneLen(r)
	}
	return 0, 0
}

// isMojibake reports whether a text is UTF-8 that was read as Windows-1252: "ã" looks like "Ã£", "’" like "â€™", the
// byte order mark like "ï»¿".
func isMojibake(text string) bool {
	for at, doubtful := 0, 0; ; {
		i := strings.IndexByte(text[at:], '\xc3') // leads Ã, Â, â and ï in UTF-8
		if i < 0 {
			return false
		}
		at += i
		if strings.IndexByte("\x83\x82\xa2\xaf", text[at+1]) >= 0 && isUTF8Twice(text[at:]) {
			if doubtful++; doubtful > 1 || !isFinalTilde(text, at) {
				return true
			}
		}
		at += 2
	}
}

// isFinalTilde reports whether the Ã at this place ends a word in capitals, like MANHÃ, and the next character is one
// that may follow a word. On its own, such a pair could also be a garbled letter; two of them in one text are.
func isFinalTilde(text string, at int) bool {
	before, behind := text[:at], []rune(text[at:min(len(text), at+12)])
	last, size := utf8.DecodeLastRuneInString(before)
	if behind[0] != 'Ã' || !unicode.IsUpper(last) || len(behind) > 2 && unicode.IsLower(behind[2]) {
		return false
	}
	switch behind[1] {
	case '…', '’', '®', '–':
		return true
	case '\u00a0': // in "LÃ " it is more likely the rest of an à
		last, _ = utf8.DecodeLastRuneInString(before[:at-size])
		return unicode.IsUpper(last)
	case '”':
		return strings.ContainsAny(before, "“”„")
	case '»':
		return strings.ContainsAny(before, "«»")
	}
	return false
}

// isUTF8Twice reports whether the text begins with the bytes of one UTF-8 character, each turned into a letter.
func isUTF8Twice(text string) bool {
	var taken []byte
	for _, r := range text {
		b, ok := windowsByte(r)
		if !ok || b < utf8.RuneSelf {
			return false
		}
		taken = append(taken, b)
		if utf8.FullRune(taken) {
			decoded, size := utf8.DecodeRune(taken)
			return decoded != utf8.RuneError && size > 1
		}
	}
	return false
}

// windowsByte returns the byte for the rune in Windows-1252, or in ISO 8859-1 if Windows-1252 has none.
func windowsByte(r rune) (byte, bool) {
	if b, ok := charmap.Windows1252.EncodeRune(r); ok {
		return b, true
	}
	return byte(r), r < 0x100
}
