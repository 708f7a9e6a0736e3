// Package digits formats numbers with any language's separators.
package digits

import "strconv"

// Group puts a separator between the groups of three digits of a number.
func Group(n int, separator string) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return digits
}
