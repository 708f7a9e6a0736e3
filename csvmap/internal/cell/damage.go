package cell

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"razebulk/internal/reason"
)

// formulaErrors are what a formula that fails leaves in its cell, in English, Portuguese, Spanish, French and German,
// as Excel, LibreOffice and Google Sheets write them.
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
var booleans = []string{"TRUE", "FALSE", "VERDADEIRO", "FALSO", "VERDADERO", "VRAI", "FAUX", "WAHR", "FALSCH"}

// waiting is what Google Sheets shows until a formula has its result.
var waiting = []string{"Loading...", "Carregando...", "Cargando..."}

func wordSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[strings.ToUpper(word)] = true
	}
	return set
}

const maxFormulaError = 24

// IsFormulaError tells whether a cell holds no value but the reason why there is none.
func IsFormulaError(text string) bool {
	if text == "" || len(text) > maxFormulaError {
		return false
	}
	switch text[0] {
	case '#':
		return strings.Trim(text, "#") == "" && len(text) > 2 || formulaErrors[strings.ToUpper(text)]
	case 'E': // LibreOffice's Err:502
		code, isError := strings.CutPrefix(text, "Err:5")
		return isError && len(code) == 2 && areDigits(code)
	}
	return slices.Contains(waiting, text)
}

// IsBoolean tells whether a text is what a formula's truth looks like.
func IsBoolean(text string) bool {
	if len(text) < len("TRUE") || len(text) > len("VERDADEIRO") {
		return false
	}
	for _, word := range booleans {
		if len(word) == len(text) && strings.EqualFold(word, text) {
			return true
		}
	}
	return false
}

func areDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// scientific is a number as spreadsheets shorten it when it is wider than its cell, or longer than 11 digits; and as
// programs do, which write a small e: with that, a part of a hexadecimal id looks the same unless there is a decimal
// separator or a plus.
var scientific = regexp.MustCompile(`^[+-]?[0-9]+(([.,][0-9]+)?E[+-]|[.,][0-9]+e[+-]|e\+)[0-9]{1,3}$`)

// IsScientific tells whether a text is a number with an exponent, so that digits may be lost.
func IsScientific(text string) bool {
	exponent := text[max(0, len(text)-len("E+308")):]
	return (strings.IndexByte(exponent, 'E') >= 0 || strings.IndexByte(exponent, 'e') >= 0) && scientific.MatchString(text)
}

// isFractionless tells whether a text is a long number to which a program has given a decimal because it took it for an
// amount.
func isFractionless(text string) bool {
	const minDigits = 8
	digits := len(text) - len(".0")
	return digits >= minDigits && (text[digits:] == ".0" || text[digits:] == ",0") && areDigits(text[:digits])
}

// excelDigits are as many as Excel keeps of a number (its "number precision"); the ones behind them become zeros.
const excelDigits = 15

// isRounded tells whether a text is a long number whose last digits are zeros, as Excel leaves it.
func isRounded(text string) bool {
	return len(text) > excelDigits && strings.Trim(text[excelDigits:], "0") == "" && areDigits(text)
}

// damageCodes are the reasons for which the sheet is at fault, not who wrote the cell.
var damageCodes = []string{
	"formula_error", "number_shortened", "number_with_decimal", "number_too_long", "id_rounded", "amount_shortened", "letter_lost",
	"letters_replaced", "letters_garbled",
}

// IsDamageCode tells whether a reason of this code means that a spreadsheet or a wrong encoding has damaged the cell.
func IsDamageCode(code string) bool { return slices.Contains(damageCodes, code) }

// Damage returns how a spreadsheet or a wrong encoding has damaged a text, whatever the field; nil for no damage.
func (v Value) Damage() error {
	switch {
	case v.Kind == Error || IsFormulaError(v.Text):
		return reason.New("formula_error")
	case v.Classes.Has(QuestionMark) && lostLetter.MatchString(v.Text) && !address.MatchString(v.Text):
		return reason.New("letter_lost")
	case v.Classes.Has(Unusual) && strings.Contains(v.Text, "\ufffd"):
		return reason.New("letters_replaced")
	case v.Classes.Has(BeyondASCII) && isMojibake(v.Text):
		return reason.New("letters_garbled")
	}
	return nil
}

// DigitDamage returns how a program has damaged the digits of an id or a phone because it took them for a number; a
// reason without a code for no damage.
func (v Value) DigitDamage() error {
	switch {
	case IsScientific(v.Text):
		return reason.New("number_shortened")
	case isFractionless(v.Text):
		return reason.New("number_with_decimal")
	}
	return nil
}

// IDDamage is [Value.DigitDamage] of an id, which no spreadsheet may have rounded either.
func (v Value) IDDamage() error {
	if isRounded(v.Text) {
		return reason.New("id_rounded")
	}
	return v.DigitDamage()
}

// lostLetter is what a program leaves that can't write an accent; an address on the web has question marks, too.
var (
	lostLetter = regexp.MustCompile(`\p{Ll}\?\p{Ll}|\p{Lu}\?\pL`) // "Tudo bem?Sim" lacks a blank
	address    = regexp.MustCompile(`[/=@]\S*\?|\?\S*[/=]|\S+\.[a-z]{2,}\?`)
)

// isMojibake tells whether a text is UTF-8 that was taken for Windows-1252: "ã" looks like "Ã£", "’" like "â€™", the
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

// isFinalTilde tells whether a word in capitals ends in the Ã at this place, as MANHÃ does, and a character that may
// follow it is behind it: by themselves the two could also be a garbled letter. Two of them in one text are.
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
