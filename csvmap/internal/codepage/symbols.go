package codepage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Costs of characters that are not letters, in bits. A letter that is common in its language costs about as much as
// costOdd.
const (
	costUsual  = 2.0
	costSymbol = 5.0
	costOdd    = 9.0
	costLower  = 12.0
	costBad    = 14.0
)

// Signs grouped by the characters that they usually stand next to.
const (
	openingSigns = "“„«‚‘¡¿‹›"
	closingSigns = "”»"
	dashes       = "–—…•·"
	punctuation  = openingSigns + closingSigns + dashes + "’\u00a0"
	ordinals     = "ªº°"
	powers       = "²³"
	currencies   = "€£¢¥"
	marks        = "®™©"
	mathematics  = "§±×÷¼½¾¹µ№"
	known        = punctuation + ordinals + powers + currencies + marks + mathematics
	noSuffixes   = "‡£©†‰˜§¢¥¤¶¼½¾‘" // none of these is ever right after a letter
)

// maxAbbreviated is how many letters may precede ª or º: nº, Dª, Srª.
const maxAbbreviated = 3

// symbolCost returns the cost of a character that is not a letter, between two others.
func symbolCost(r, before, after rune) float64 {
	letterBefore, letterAfter := unicode.IsLetter(before), unicode.IsLetter(after)
	within := letterBefore && letterAfter
	is := func(kind string) bool { return strings.ContainsRune(kind, r) }
	bad := costBad
	switch {
	case r == utf8.RuneError || r < 0xa0:
		return costNoText
	case isSymbol(before) || isSymbol(after), r == '¡' && unicode.IsDigit(before):
		return costForeign
	case letterBefore && is("‡£©"), within && isOtherLetter(r, before, after), within && is("“„«‚‘¿”»—…•‹›†‰˜§¢¥¤¶™®¼½¾"):
		return costForeign
	case letterBefore && is(noSuffixes), r == '§' && unicode.IsDigit(before):
		return costBad
	case r == '\u00a0' && within && !unicode.IsLower(after):
		return costSymbol // Ana Silva
	case r == '\u00a0':
		return punctuationCost(within || unicode.IsLower(after))
	case is(openingSigns) && letterBefore:
		return costBad
	case is(openingSigns):
		return startCost(r, after)
	case is(closingSigns) && letterAfter && !letterBefore:
		return costBad
	case is(closingSigns):
		return punctuationCost(within)
	case is(dashes):
		return dashCost(r, before, after)
	case within, letterAfter && !is(mathematics+"°"):
		return costForeign
	case !is(known) && (letterBefore || letterAfter), r == '°' && unicode.IsLower(after):
		return costForeign
	case r == '™' && unicode.IsLower(before):
		return costSymbol + 1
	case is(powers) && !letterAfter && (!letterBefore || before == 'm'),
		is(currencies) && !letterBefore && !letterAfter, is(marks) && !letterAfter:
		bad = costSymbol
	case r == '§' && !letterBefore && !letterAfter:
		bad = costSymbol
	case is(mathematics) && !letterBefore && !letterAfter:
		bad = costOdd
	}
	return bad
}

// startCost returns the cost of a sign at the beginning of a word: sentences and names begin with a capital.
func startCost(r, after rune) float64 {
	if unicode.IsLower(after) && r != '¿' {
		return costLower
	}
	return costSymbol
}

// dashCost returns the cost of a dash, a bullet, or dots: they belong next to blanks, and dashes between capitals.
func dashCost(r, before, after rune) float64 {
	letterBefore, letterAfter := unicode.IsLetter(before), unicode.IsLetter(after)
	switch {
	case r == before || r == after:
		return costUsual // ····
	case r == '·' && (unicode.IsLower(before) || unicode.IsLower(after)) && (before|0x20 != 'l' || after|0x20 != 'l'):
		return costForeign // except in Catalan
	case !letterBefore && !letterAfter && r != '…':
		return costUsual
	case r == '…' && !letterAfter:
		return costSymbol
	case r == '–' && unicode.IsUpper(after), !letterBefore && unicode.IsUpper(after):
		return costSymbol
	case r == '–' && !letterAfter:
		return costOdd
	}
	return costBad
}

// isOtherLetter reports whether a sign is where MS-DOS and the Macintosh have a letter: ¡ after a consonant, as in
// Ram¡rez, or a dash between lower-case letters, as in Pe–a.
func isOtherLetter(r, before, after rune) bool {
	return unicode.IsLower(after) && (r == '¡' && !isVowel(before) || r == '–' && unicode.IsLower(before))
}

func isVowel(r rune) bool { return r >= utf8.RuneSelf || strings.ContainsRune("aeiouyAEIOUY", r) }

func punctuationCost(odd bool) float64 {
	if odd {
		return costOdd
	}
	return costSymbol
}

// isSymbol reports whether a character beyond ASCII is neither a letter nor one that may be next to others.
func isSymbol(r rune) bool {
	return r >= 0x80 && !unicode.IsLetter(r) && !strings.ContainsRune(punctuation+currencies+ordinals+powers+marks, r)
}
