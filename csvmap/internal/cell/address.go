package cell

import "strings"

// IsPlainAddress tells whether a text is an e-mail address of the characters that nearly all have, of which none needs
// more than an @ and dots between words: net/mail takes as long for one as all other cells of a row do together.
func IsPlainAddress(text string) bool {
	at := strings.IndexByte(text, '@')
	return at >= 0 && isDotted(text[:at]) && isDotted(text[at+1:])
}

// isWordByte are the bytes of the words of such an address.
var isWordByte = func() (table [256]bool) {
	for b := range table {
		table[b] = isASCIILetter(rune(b)) || '0' <= b && b <= '9' || b == '_' || b == '-' || b == '+'
	}
	return table
}()

// isDotted tells whether a text is words joined by single dots.
func isDotted(text string) bool {
	isWord := false // what is before
	for i := range len(text) {
		if !isWordByte[text[i]] && !(isWord && text[i] == '.') {
			return false
		}
		isWord = text[i] != '.'
	}
	return isWord
}
