package crm

import "strings"

// IsUUID tells whether the text has the form of a UUID: 8-4-4-4-12 hexadecimal digits (RFC 9562, section 4).
func IsUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'):
			return false
		}
	}
	return true
}

// IDKey is the same text for two ids if and only if they mean one opportunity: a UUID is the same in capitals and small
// letters; any other id is opaque.
func IDKey(id string) string {
	if IsUUID(id) {
		return strings.ToLower(id)
	}
	return id
}

// SameID tells whether two ids mean one opportunity.
func SameID(a, b string) bool { return IDKey(a) == IDKey(b) }
