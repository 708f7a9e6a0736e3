package csvmap

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// formulaErrors are what a formula that fails leaves in its cell, in English, Portuguese, Spanish, French and German, as Excel,
// LibreOffice and Google Sheets write them.
var formulaErrors = wordSet(
	"#REF!", "#¡REF!", "#BEZUG!",
	"#N/A", "#N/D", "#NV", "#N/V",
	"#VALUE!", "#VALOR!", "#¡VALOR!", "#VALEUR!", "#VALEUR !", "#WERT!",
	"#NAME?", "#NOME?", "#¿NOMBRE?", "#NOM?", "#NOM ?",
	"#DIV/0!", "#¡DIV/0!", "#DIV/0 !",
	"#NUM!", "#NÚM!", "#¡NUM!", "#NOMBRE!", "#NOMBRE !", "#ZAHL!",
	"#NULL!", "#NULO!", "#¡NULO!", "#NUL!", "#NUL !",
	"#SPILL!", "#DESPEJAR!", "#¡DESBORDAMIENTO!", "#PROPAGATION!", "#EPARS!", "#ÜBERLAUF!",
	"#CALC!", "#CÁLC!", "#¡CALC!", "#CALCUL!", "#KALK!",
	"#FIELD!", "#CAMPO!", "#¡CAMPO!", "#CHAMP!", "#FELD!",
	"#BLOCKED!", "#BLOQUEADO!", "#¡BLOQUEADO!", "#BLOQUÉ!", "#BLOCKIERT!",
	"#BUSY!", "#OCUPADO!", "#CONNECT!", "#CONECTAR!", "#¡CONECTAR!", "#GETTING_DATA", "#UNKNOWN!",
	"#ERROR!", "#ERRO!", "#ERREUR!", "#FEHLER!",
)

// booleans are what a formula's truth looks like in these languages.
var booleans = wordSet("TRUE", "FALSE", "VERDADEIRO", "FALSO", "VERDADERO", "VRAI", "FAUX", "WAHR", "FALSCH")

func wordSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[strings.ToUpper(word)] = true
	}
	return set
}

const longestFormulaError = 24

// isFormulaError tells of a cell that holds no value but the reason why there is none.
func isFormulaError(text string) bool {
	switch {
	case text == "" || len(text) > longestFormulaError:
		return false
	case text[0] == '#':
		return strings.Trim(text, "#") == "" && len(text) > 2 || formulaErrors[strings.ToUpper(text)]
	}
	return (text[0] == 'E' || strings.HasSuffix(text, "...")) && wordyError.MatchString(text)
}

// wordyError is LibreOffice's Err:502, and what Google Sheets shows while it waits.
var wordyError = regexp.MustCompile(`^(Err:5[0-9][0-9]|(Loading|Carregando|Cargando)\.\.\.)$`)

// mayBeBoolean is a quick look for [isBoolean].
func mayBeBoolean(text string) bool {
	const first = 1<<('t'-'a') | 1<<('f'-'a') | 1<<('v'-'a') | 1<<('w'-'a')
	letter := text[0] | 0x20 - 'a'
	return len(text) <= len("VERDADEIRO") && letter < 26 && first>>letter&1 == 1
}

func isBoolean(text string) bool { return mayBeBoolean(text) && booleans[strings.ToUpper(text)] }

// scientific is a number as spreadsheets shorten it when it is wider than its cell, or longer than 11 digits; and as programs do, which
// write a small e: with that, a part of a hexadecimal id looks the same unless there is a decimal sign or a plus.
var scientific = regexp.MustCompile(`^[+-]?[0-9]+(([.,][0-9]+)?E[+-]|[.,][0-9]+e[+-]|e\+)[0-9]{1,3}$`)

func isScientific(text string) bool {
	return strings.IndexAny(text, "eE") > 0 && scientific.MatchString(text)
}

// fractionless is a long number to which a program has given a decimal for having taken it for an amount.
var fractionless = regexp.MustCompile(`^[0-9]{8,}[.,]0$`)

// isLossy tells of an id or a phone that a program has taken for a number, and shows as such. It looks at the end first: every id
// goes through here.
func isLossy(text string) bool {
	n := len(text)
	if n < len("5e+1") || text[0] > '9' || text[n-1] > '9' {
		return false
	}
	if text[n-2] == '.' || text[n-2] == ',' {
		return fractionless.MatchString(text)
	}
	for i := n - 2; i > 0 && i >= n-len("+308"); i-- {
		if text[i] == '+' || text[i] == '-' {
			return text[i-1]|0x20 == 'e' && scientific.MatchString(text)
		}
	}
	return false
}

// excelDigits are as many as Excel keeps of a number (its "number precision"); the ones behind them become zeros.
const excelDigits = 15

// isRounded tells of a long number whose last digits are zeros, as Excel leaves it.
func isRounded(text string) bool {
	return len(text) > excelDigits && text[len(text)-1] == '0' && strings.Trim(text[excelDigits:], "0") == "" && strings.Trim(text, "0123456789") == ""
}

const (
	shortened       = "a number that the spreadsheet has shortened, so that digits are lost; format the column as text and export it again"
	spuriousDecimal = "a number with a decimal, as a program writes digits that it takes for an amount; format the column as text and export it again"
)

// damage returns how a spreadsheet or a wrong encoding has spoilt the text of a field, or "".
func damage(field, text string, t traits) string {
	switch {
	case isFormulaError(text):
		return "an error of the spreadsheet's, not a value; mend the formula, or empty the cell to leave the field as it is"
	case (field == IDField || field == "phone") && isScientific(text):
		return shortened
	case (field == IDField || field == "phone") && isLossy(text):
		return spuriousDecimal
	case field == IDField && isRounded(text):
		return "a number that the spreadsheet has rounded: behind the 15th digit there are only zeros; format the column as text and export it again"
	case t.has(questionMark) && lostLetter.MatchString(text) && !address.MatchString(text):
		return "a question mark within a word: a letter was lost when the sheet was saved; export it again as \"CSV UTF-8\""
	case !t.has(beyondASCII):
		return ""
	case t.has(unusual) && strings.Contains(text, "\ufffd"):
		return "letters were lost (\ufffd) when the sheet was saved or converted; export it again as \"CSV UTF-8\""
	case isMojibake(text):
		return "letters are garbled, as when UTF-8 is read in another encoding; export the sheet again as \"CSV UTF-8\""
	}
	return ""
}

// lostLetter is what a program leaves that can't write an accent; an address on the web has question marks, too.
var (
	lostLetter = regexp.MustCompile(`\p{Ll}\?\p{Ll}|\p{Lu}\?\pL`) // "Tudo bem?Sim" lacks a blank
	address    = regexp.MustCompile(`[/=@]\S*\?|\?\S*[/=]|\S+\.[a-z]{2,}\?`)
)

// isMojibake tells of UTF-8 that was taken for Windows-1252: "ã" looks like "Ã£", "’" like "â€™", the byte order mark like "ï»¿".
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

// isFinalTilde tells of a word in capitals that ends in the Ã at this place, as MANHÃ does, and of the sign behind it: by themselves
// the two could also be a garbled letter. Two of them in one text are.
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

// isUTF8Twice tells whether the text begins with the bytes of one character of UTF-8, each made a letter of its own.
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

// windowsByte is the byte that stands for the rune in Windows-1252, or in ISO 8859-1 where that has none.
func windowsByte(r rune) (byte, bool) {
	if b, ok := charmap.Windows1252.EncodeRune(r); ok {
		return b, true
	}
	return byte(r), r < 0x100
}
