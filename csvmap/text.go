package csvmap

import (
	"strconv"
	"strings"
)

const longestQuote = 60

// quote shows a value in a message: in quotes, with line breaks and control characters made visible, cut when long.
func quote(s string) string {
	runes := 0
	for i := range s {
		if runes == longestQuote {
			s = s[:i] + "…"
			break
		}
		runes++
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
