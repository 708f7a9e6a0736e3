package csvmap

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const longestQuote = 60

// quote shows a value in a message: in quotes, with line breaks and control characters made visible, cut when long.
func quote(s string) string {
	if utf8.RuneCountInString(s) > longestQuote {
		s = string([]rune(s)[:longestQuote]) + "…"
	}
	return strconv.Quote(s)
}

func quoteAll(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quote(name)
	}
	return strings.Join(quoted, ", ")
}
