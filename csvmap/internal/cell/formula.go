package cell

import (
	"slices"
	"strings"

	"razebulk/internal/lazyregexp"
)

// errorForm matches what a failed formula leaves in its cell in Excel, LibreOffice and Google Sheets, in all of their
// languages: #VALOR!, #¡REF!, #ВНАЧ!, #DIV/0!, #BEZUG!, #NOM ?, #SPILL!.
var errorForm = lazyregexp.New(`^#[¡¿]?[\p{Lu}\p{Lo}\p{M}][\p{Lu}\p{Lo}\p{M}0-9/_.\x{b7}-]+[ \x{a0}\x{202f}]?[!?]$`)

// bareErrors are errors without a final ! or ?, and truncated ones. #VIP and #1 are ordinary texts.
var bareErrors = wordSet(
	"#N/A", "#N/A!", "#N/D", "#N/D!", "#N/V", "#N/B", "#N/T", "#I/T", "#Н/Д", "#N.A.", "#NV", "#NA", "#YOK", "#HIÁNYZIK", "#PUUTTUU!", "#PUUTTUU",
	"#NENÍ_K_DISPOZICI", "#NEDOSTUPNÝ", "#SAKNAS", "#GETTING_DATA", "#REF", "#VALUE", "#VALOR", "#DIV/0", "#NAME", "#NOME", "#NUM", "#NULL",
	"#SPILL", "#CALC", "#FIELD", "#BLOCKED", "#CONNECT", "#UNKNOWN", "#ERROR", "#ERRO", "#EXTERNAL", "#PYTHON", "#BUSY", "#TIMEOUT",
	"#¡REF", "#¡VALOR", "#¿NOMBRE", "#¡DIV/0", "#¡NUM", "#BEZUG", "#WERT", "#ZAHL", "#VALEUR", "#NOM", "#NOMBRE",
)

// smallErrors are errors that someone may have typed in lower case. Their names are not words.
var smallErrors = lazyregexp.New(`(?i)^#(ref!|n/[adv]|value!|valor!|name\?|nome\?|div/0!?|n[uú]m!|null!|nulo!|error!|erro!)$`)

// libreError matches LibreOffice's Err:502 in its languages.
var libreError = lazyregexp.New(`^(Err|Erro|Error|Errore|Erreur|Fehler|Fout|Fel|Feil|Fejl|Virhe|Błąd|Chyba|Hiba|Hata|Ошибка|Помилка)[ \x{a0}\x{202f}]?:[ \x{a0}\x{202f}]?5[0-9]{2}$`)

// waiting lists what Google Sheets and Excel show until a formula has its result, before three dots or an ellipsis.
var waiting = []string{
	"Loading", "Carregando", "A carregar", "Cargando", "Chargement", "Chargement en cours", "Wird geladen", "Laden", "Bezig met laden",
	"Caricamento", "Caricamento in corso", "Ładowanie", "Trwa ładowanie", "Wczytywanie", "Загрузка", "Завантаження", "Yükleniyor", "Načítání", "Načítava sa",
	"Laddar", "Läser in", "Indlæser", "Laster", "Laster inn", "Ladataan", "Betöltés", "Se încarcă", "Φόρτωση", "טוען", "جارٍ التحميل", "Đang tải",
	"Memuat", "正在加载", "正在載入", "読み込んでいます", "読み込み中", "로드 중", "Getting data", "Refreshing", "Calculating", "Calculando", "Atualizando",
}

func wordSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[word] = true
	}
	return set
}

const maxFormulaError = 64

// IsFormulaError reports whether a cell holds, instead of a value, the reason why there is none.
func IsFormulaError(text string) bool {
	if len(text) < 3 || len(text) > maxFormulaError {
		return false
	}
	last := text[len(text)-1]
	switch {
	case text[0] == '#':
		return strings.Trim(text, "#") == "" || bareErrors[text] || smallErrors.MatchString(text) ||
			(last == '!' || last == '?') && errorForm.MatchString(text)
	case '0' <= last && last <= '9' && strings.IndexByte(text, ':') > 0:
		return libreError.MatchString(text)
	}
	return (last == '.' || last == lastOfEllipsis) && isWaiting(text)
}

const lastOfEllipsis = 0xa6 // last byte of …

func isWaiting(text string) bool {
	word, dots := strings.CutSuffix(text, "...")
	if !dots {
		word, dots = strings.CutSuffix(text, "…")
	}
	return dots && slices.ContainsFunc(waiting, func(known string) bool { return strings.EqualFold(known, strings.TrimRight(word, " \u00a0")) })
}

// Together these match a formula that has a call or a reference, but no text that begins with an arrow or a line.
var (
	formulaStart = lazyregexp.New(`^=\s*[\pL0-9_"'(+\-$@{\[\\.]`)
	formulaPart  = lazyregexp.New(`[\pL_][\pL\pN_.]*\(|(^|[^\pL\pN_])(\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}|R\[?-?[0-9]*\]?C\[?-?[0-9]*\]?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3})($|[^\pL\pN_(])`)
)

// signFormula matches a formula typed with a sign instead of "=": a reference, alone or before an operator, or a
// call. Texts that begin with a sign continue differently: +55 11, @ana, -10, +1 reunião. A minus followed by just a
// reference is a list item, as in "-A4".
var signFormula = lazyregexp.New(`^(\+` + reference + `$|[+-]` + reference + `[-+*/&^<>=]\S|[+@-]\s?[\p{Lu}_][\p{Lu}\p{N}_.]*\(.*\)([-+*/&^].*)?$)`)

const reference = `('[^']+'!|[\pL_][\pL\p{N}_.]*!)?\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}`

// isFormula reports whether a text is a formula that was written instead of its result.
func isFormula(text string) bool {
	switch {
	case text == "":
	case text[0] == '=':
		return formulaStart.MatchString(text) && formulaPart.MatchString(text[1:])
	case text[0] == '+' || text[0] == '-' || text[0] == '@':
		return mayBeFormula(text) && signFormula.MatchString(text)
	}
	return false
}

// mayBeFormula reports whether a text begins as a formula may. Phone numbers don't.
func mayBeFormula(text string) bool {
	switch text[0] {
	case '=':
		return true
	case '+', '-', '@':
		return len(text) > 2 && (text[1] < '0' || text[1] > '9')
	}
	return false
}
