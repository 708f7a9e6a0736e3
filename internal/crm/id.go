package crm

import "strings"

// IsUUID reports whether the text has the form of a UUID: 8-4-4-4-12 hexadecimal digits (RFC 9562, section 4).
func IsUUID(text string) bool {
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return false
	}
	even, odd := 0, 0 // a processor adds both at once
	for i := 0; i < 36; i += 2 {
		even += int(uuidWeights[text[i]])
		odd += int(uuidWeights[text[i+1]])
	}
	return even+odd == 4
}

// uuidWeights has 0 for each hexadecimal digit, 1 for a hyphen, and more for any other byte: adding is faster than
// comparing, and each row has an id.
var uuidWeights = func() (table [256]byte) {
	for b := range table {
		isDigit, isLetter := '0' <= b && b <= '9', 'a' <= b|0x20 && b|0x20 <= 'f'
		switch {
		case b == '-':
			table[b] = 1
		case !isDigit && !isLetter:
			table[b] = 5
		}
	}
	return table
}()

// MinUUID is the length of a UUID without hyphens, the shortest spelling.
const MinUUID = 32

// CanonicalID returns a UUID in lower case with its four hyphens, from any spelling that the service accepts: in upper
// case, in braces, without hyphens. Any other id is opaque and stays as it is.
func CanonicalID(id string) string {
	bare := id
	if len(id) > 2 && id[0] == '{' && id[len(id)-1] == '}' {
		bare = id[1 : len(id)-1]
	}
	if len(bare) == MinUUID {
		bare = bare[:8] + "-" + bare[8:12] + "-" + bare[12:16] + "-" + bare[16:20] + "-" + bare[20:]
	}
	if IsUUID(bare) {
		return strings.ToLower(bare)
	}
	return id
}

// IDKey returns the same string for two ids if and only if they mean the same opportunity. Ids that are not UUIDs are
// the same only if they are equal.
func IDKey(id string) string { return CanonicalID(id) }

// SameID reports whether two ids mean the same opportunity.
func SameID(a, b string) bool { return IDKey(a) == IDKey(b) }
