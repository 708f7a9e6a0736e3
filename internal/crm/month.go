package crm

import (
	"slices"
	"strings"
	"unicode/utf8"

	"razebulk/internal/lazyregexp"
)

// monthForm matches a day, a month or a year with the name of a month, as Excel shows what it took for a date:
// 05/dez, 1-Mar, mai/26, 12 de março de 2026.
var monthForm = lazyregexp.New(`(?i)^([0-9]{1,4}[-/., ]*(?:de |del )?)?(\pL{3,12})\.?([-/., ]*(?:de |del )?[0-9]{1,4})?$`)

// monthNames are the names of the months and their abbreviations.
//
//nolint:misspell // they are not English
var monthNames = strings.Fields(`jan january janeiro januar januari janv janvier gen gennaio ene enero
	fev fevereiro feb february febrero febbraio februar februari fév févr février fevr fevrier
	mar março marco march marzo mars märz mrz maart maa
	abr abril apr april aprile avr avril mai maio may mayo maj maggio mag mei
	jun june junho junio juni juin giu giugno jul july julho julio juli juil juillet lug luglio
	ago agosto aug august augusti augustus août aoû aou aout set setembro sep sept september septiembre septembre settembre
	out outubro oct october octubre octobre okt oktober ott ottobre nov november novembro noviembre novembre
	dez dezembro dezember dec december décembre déc decembre dic dicembre diciembre`)

// monthStarts are the first letters of the month names in all of these languages.
const monthStarts = "jan fev feb  mar  mrz abr apr avr mai may maj mag mei jun jui giu jul lug ago aug  aou set sep out oct okt ott nov dez dec  dic ene gen"

// IsMonth reports whether a text is a date with the name of a month.
func IsMonth(text string) bool {
	if text == "" || len(text) > 30 || !isDigit(text[0]) && !isDigit(text[len(text)-1]) {
		return false
	}
	at := 0
	for at < len(text) && (text[at]|0x20 < 'a' || text[at]|0x20 > 'z') {
		at++
	}
	if at+3 > len(text) || !isMonthStart(text[at:]) {
		return false
	}
	parts := monthForm.FindStringSubmatch(text)
	return parts != nil && slices.Contains(monthNames, strings.ToLower(parts[2]))
}

// isMonthStart reports whether a text may begin with the name of a month, or with "de", in any case.
func isMonthStart(text string) bool {
	word := [3]byte{text[0] | 0x20, text[1] | 0x20, text[2] | 0x20}
	return word[1] >= utf8.RuneSelf || word[2] >= utf8.RuneSelf || word[0] == 'd' && word[1] == 'e' || strings.Contains(monthStarts, string(word[:]))
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
