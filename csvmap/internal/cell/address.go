package cell

import "strings"

// IsPlainAddress reports whether a text is an e-mail address of common characters, which needs no more than an @ and
// dots between words. net/mail takes as long for one address as all the other cells of a row together.
func IsPlainAddress(text string) bool {
	at := strings.IndexByte(text, '@')
	return at >= 0 && isDotted(text[:at]) && isDotted(text[at+1:]) && strings.IndexByte(text[at:], '+') < 0
}

// isWordByte has the bytes that words of such an address consist of.
var isWordByte = func() (table [256]bool) {
	for b := range table {
		table[b] = isASCIILetter(rune(b)) || '0' <= b && b <= '9' || b == '_' || b == '-' || b == '+'
	}
	return table
}()

// isDotted reports whether a text consists of words joined by single dots.
func isDotted(text string) bool {
	isWord := false // the byte before
	for i := range len(text) {
		if !isWordByte[text[i]] && !(isWord && text[i] == '.') {
			return false
		}
		isWord = text[i] != '.'
	}
	return isWord
}
