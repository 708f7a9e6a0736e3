package crm

import "strings"

// IsUUID reports whether the text has the form of a UUID: 8-4-4-4-12 hexadecimal digits (RFC 9562, section 4).
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

// CanonicalID is a UUID in small letters with its four hyphens, from any spelling that the service accepts: in
// capitals, in braces, without hyphens. Any other id is opaque and stays as it is.
func CanonicalID(id string) string {
	bare := id
	if len(id) > 2 && id[0] == '{' && id[len(id)-1] == '}' {
		bare = id[1 : len(id)-1]
	}
	if len(bare) == 32 {
		bare = bare[:8] + "-" + bare[8:12] + "-" + bare[12:16] + "-" + bare[16:20] + "-" + bare[20:]
	}
	if IsUUID(bare) {
		return strings.ToLower(bare)
	}
	return id
}

// IDKey is the same text for two ids if and only if they mean one opportunity. Ids that are no UUIDs are the same
// only if they are equal.
func IDKey(id string) string { return CanonicalID(id) }

// SameID reports whether two ids mean one opportunity.
func SameID(a, b string) bool { return IDKey(a) == IDKey(b) }
