package codepage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Costs of characters that are no letters, in bits.
const (
	costUsual  = 2.0
	costSymbol = 5.0
	costOdd    = 9.0
	costBad    = 14.0
)

// Signs of kinds that stand beside other characters alike.
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
)

// maxAbbreviated is how many letters of a word stand before ª or º: nº, Dª, Srª.
const maxAbbreviated = 3

// symbolCost is that of a character that is no letter, between two others.
func symbolCost(r, before, after rune) float64 {
	letterBefore, letterAfter := unicode.IsLetter(before), unicode.IsLetter(after)
	within := letterBefore && letterAfter
	is := func(kind string) bool { return strings.ContainsRune(kind, r) }
	bad := costBad
	switch {
	case r == utf8.RuneError || r < 0xa0:
		return costNoText
	case isSymbol(before) || isSymbol(after):
		return costForeign
	case r == '’' && letterAfter && !letterBefore:
		return costBad
	case letterBefore && is("‡£©"), within && isOtherLetter(r, before, after), within && is("“„«‚‘¿”»—…•‹›"):
		return costForeign
	case is("’\u00a0"):
		return punctuationCost(within)
	case is(openingSigns) && letterBefore:
		return costBad
	case is(openingSigns):
		return costSymbol
	case is(closingSigns) && letterAfter && !letterBefore:
		return costBad
	case is(closingSigns):
		return punctuationCost(within)
	case is(dashes):
		return punctuationCost(letterAfter)
	case within, letterAfter && !is(mathematics+"°"):
		return costForeign
	case is(powers) && !letterAfter && (!letterBefore || before == 'm'),
		is(currencies) && !letterBefore && !letterAfter, is(marks) && !letterAfter:
		bad = costSymbol
	case is(mathematics) && !letterBefore && !letterAfter:
		bad = costOdd
	}
	return bad
}

// isOtherLetter tells whether a sign stands where MS-DOS and the Macintosh have a letter: ¡ behind a consonant, as in
// Ram¡rez, or a dash between small letters, as in Pe–a.
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

// isSymbol tells whether a character beyond ASCII is neither a letter nor one of those that others stand beside.
func isSymbol(r rune) bool {
	return r >= 0x80 && !unicode.IsLetter(r) && !strings.ContainsRune(punctuation+currencies+ordinals+powers+marks, r)
}
