package codepage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Costs of characters that are no letters, in bits.
const (
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
	case within && is("“„«‚‘¿”»—…•‹›"):
		return costForeign
	case is("’\u00a0"):
		return punctuationCost(within)
	case is(openingSigns):
		return punctuationCost(letterBefore)
	case is(closingSigns):
		return punctuationCost(within)
	case is(dashes):
		return punctuationCost(letterAfter)
	case within && !is(ordinals), letterAfter && !is(ordinals+mathematics):
		return costForeign
	case is(ordinals) && !letterAfter, is(powers) && !letterAfter && (!letterBefore || before == 'm'),
		is(currencies) && !letterBefore && !letterAfter, is(marks) && !letterAfter:
		bad = costSymbol
	case is(mathematics) && !letterBefore && !letterAfter:
		bad = costOdd
	}
	return bad
}

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
