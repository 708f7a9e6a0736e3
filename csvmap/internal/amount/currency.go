package amount

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"

	"razebulk/internal/reason"
)

// currencies are the signs that people write next to an amount, with the ISO 4217 codes that each can mean. Signs
// that also scale a number somewhere are not included: K, M, T, L (a lakh), MN, Cr (a crore); nor is Q, which in Q4
// means a quarter.
var currencies = map[string]string{
	"$": "USD CAD AUD NZD MXN ARS CLP COP UYU HKD SGD TWD BBD BMD BND BSD BZD CUP CVE DOP FJD GYD JMD KYD LRD MOP NAD NIO SBD SRD " +
		"TOP TTD WST XCD",
	"R$": "BRL", "US$": "USD", "U$S": "USD", "U$": "USD", "USD$": "USD", "C$": "CAD NIO", "CA$": "CAD", "Can$": "CAD",
	"A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "MX$": "MXN", "Mex$": "MXN", "HK$": "HKD", "S$": "SGD", "NT$": "TWD",
	"AR$": "ARS", "CL$": "CLP", "CLP$": "CLP", "CO$": "COP", "COL$": "COP", "$U": "UYU", "RD$": "DOP", "J$": "JMD", "TT$": "TTD",
	"BZ$": "BZD", "B$": "BND BSD", "EC$": "XCD", "FJ$": "FJD", "G$": "GYD", "N$": "NAD", "MOP$": "MOP", "T$": "TOP", "WS$": "WST",

	"€": "EUR", "£": "GBP EGP FKP GIP LBP SDG SHP SSP SYP", "E£": "EGP", "LE": "EGP", "kr": "SEK NOK DKK ISK",
	"Fr": "CHF", "SFr": "CHF", "zł": "PLN", "zl": "PLN", "Kč": "CZK", "Kc": "CZK", "Ft": "HUF", "lei": "RON MDL", "leu": "RON MDL",
	"лв": "BGN", "din": "RSD", "дин": "RSD", "KM": "BAM", "Lek": "ALL", "ден": "MKD", "₺": "TRY", "TL": "TRY",
	"₽": "RUB", "руб": "RUB", "р": "RUB", "₴": "UAH", "грн": "UAH", "Br": "BYN ETB", "₾": "GEL", "֏": "AMD", "₼": "AZN", "₸": "KZT",

	"S/": "PEN", "Bs": "BOB VES VED", "Bs.S": "VES", "Bs.D": "VES VED", "₲": "PYG", "Gs": "PYG", "₡": "CRC SVC", "B/": "PAB",
	"UF": "CLF",

	"R": "ZAR", "Kz": "AOA", "MT": "MZN", "MTn": "MZN", "₦": "NGN", "₵": "GHS", "GH₵": "GHS", "GH¢": "GHS", "KSh": "KES", "USh": "UGX",
	"TSh": "TZS", "CFA": "XOF XAF", "FCFA": "XOF XAF", "DH": "MAD AED", "Dhs": "AED", "DA": "DZD", "DT": "TND",

	"¥": "JPY CNY", "円": "JPY", "元": "CNY TWD", "RMB": "CNY", "₩": "KRW KPW", "원": "KRW", "₹": "INR", "₨": "INR PKR LKR NPR MUR SCR",
	"Rs": "INR PKR LKR NPR MUR SCR", "৳": "BDT", "₱": "PHP CUP", "₫": "VND", "đ": "VND", "฿": "THB", "RM": "MYR", "Rp": "IDR",
	"៛": "KHR", "₭": "LAK", "₮": "MNT", "₪": "ILS", "﷼": "IRR OMR QAR SAR YER", "SR": "SAR", "QR": "QAR", "KD": "KWD", "BD": "BHD", "JD": "JOD",
}

var currenciesByKey = keyedCurrencies()

func keyedCurrencies() map[string]string {
	m := make(map[string]string, len(currencies))
	for sign := range currencies {
		m[strings.ToUpper(sign)] = sign
	}
	return m
}

// missingCurrencies are in ISO 4217 but not in x/text/currency.
var missingCurrencies = []string{"MRU", "SLE", "UYW", "VED", "VES", "ZWG"}

// sharedCurrencies are the codes with an X that are money. The others stand for none, for tests, for metals and for
// bonds.
var sharedCurrencies = []string{"XAF", "XCD", "XCG", "XDR", "XEU", "XOF", "XPF"}

// IsCurrency reports whether a text is an ISO 4217 code of money, in any case.
func IsCurrency(code string) bool {
	code = strings.ToUpper(code)
	if strings.HasPrefix(code, "X") {
		return slices.Contains(sharedCurrencies, code)
	}
	_, err := currency.ParseISO(code)
	return err == nil || slices.Contains(missingCurrencies, code)
}

// Contradicts reports whether the sign next to the amount can't mean the currency with this ISO code, in any case. It
// returns false if there is no sign or no code.
func (a Amount) Contradicts(currency string) bool {
	return a.Sign != "" && currency != "" && !canMean(a.Sign, strings.ToUpper(currency))
}

// Differ reports whether two signs or codes can't mean the same currency. It returns false if one of them is missing.
func Differ(one, other string) bool {
	if one == "" || other == "" || one == other || canMean(one, other) || canMean(other, one) {
		return false
	}
	return !slices.ContainsFunc(strings.Fields(currencies[one]), func(code string) bool { return canMean(other, code) })
}

// HasThousandths reports whether a currency, given by code or sign, has three decimals: then 1.500 is one and a half.
func HasThousandths(sign string) bool {
	codes := codesOf(sign)
	return len(codes) == 1 && decimalsOf(codes[0]) == 3
}

// mayHaveThousandths reports whether any currency that a sign or code can mean has three or more decimals.
func mayHaveThousandths(sign string) bool {
	return slices.ContainsFunc(codesOf(sign), func(code string) bool { return decimalsOf(code) >= 3 })
}

// codesOf returns the codes that a sign or code can mean.
func codesOf(sign string) []string {
	if codes := strings.Fields(currencies[sign]); len(codes) > 0 {
		return codes
	}
	return []string{strings.ToUpper(sign)}
}

// decimalsOf returns how many decimals a currency has; 0 if the code isn't known.
func decimalsOf(code string) int {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 0
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}

// ReadSign returns the sign or ISO code that a text stands for, in its standard spelling; "" for none.
func ReadSign(text string) string {
	sign, why := findCurrency(text)
	if why != nil {
		return ""
	}
	return sign
}

func canMean(sign, code string) bool {
	return sign == code || slices.Contains(strings.Fields(currencies[sign]), code)
}

// readCurrency reads what comes before and after a number. Both sides may name the currency, as in "$ 10 USD", if one
// of them is a code that the other can mean; the sign is then the code.
func readCurrency(before, after string) (sign string, why error) {
	left, why := findCurrency(before)
	if why != nil {
		return "", why
	}
	right, why := findCurrency(after)
	switch {
	case why != nil:
		return "", why
	case right == "" || left != "" && canMean(right, left):
		return left, why
	case left == "" || canMean(left, right):
		return right, why
	}
	return "", reason.New("amount_currencies_differ", "left", left, "right", right)
}

// findCurrency returns the sign or ISO code that the words stand for, in its standard spelling.
func findCurrency(words string) (sign string, why error) {
	key := strings.ToUpper(strings.Join(strings.Fields(trimAbbreviation(strings.TrimSpace(words))), ""))
	if key == "" {
		return "", nil
	}
	if sign, known := currenciesByKey[key]; known {
		return sign, nil
	}
	isLakh := key == "LAK" && !strings.Contains(words, key) // kips are written LAK
	if IsCurrency(key) && !isLakh {                         // not just any three letters: in "10 MIL" they are thousands
		return key, nil
	}
	return "", reason.New("amount_currency_unknown", "sign", words)
}

// trimAbbreviation removes the point after a word, as in "kr." and "S/.".
func trimAbbreviation(word string) string {
	short := strings.TrimSuffix(word, ".")
	if last, _ := utf8.DecodeLastRuneInString(short); last == '/' || unicode.IsLetter(last) {
		return short
	}
	return word
}

// IsAccountingDash reports whether a dash with the blanks around it is what an accounting format without a currency
// shows for 0: those after the dash stand for the decimals.
func IsAccountingDash(cell string) bool {
	return strings.HasPrefix(cell, " ") && strings.HasSuffix(cell, "  ")
}
