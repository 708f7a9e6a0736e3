package postgres

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// UUID reads a UUID: in upper or lower case, with or without braces, and with or without a hyphen after each group of
// four digits. It returns the UUID as PostgreSQL writes it, and whether text is one.
func UUID(text string) (string, bool) {
	if strings.HasPrefix(text, "{") != strings.HasSuffix(text, "}") {
		return "", false
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")
	digits := make([]byte, 0, 32)
	for i, c := range []byte(text) {
		if c != '-' {
			digits = append(digits, c)
			continue
		}
		between := len(digits) > 0 && len(digits) < 32 && len(digits)%4 == 0
		if !between || text[i-1] == '-' {
			return "", false
		}
	}
	raw, err := hex.DecodeString(string(digits))
	if err != nil || len(raw) != 16 {
		return "", false
	}
	return format(raw), true
}

func format(raw []byte) string {
	d := hex.EncodeToString(raw)
	return d[:8] + "-" + d[8:12] + "-" + d[12:16] + "-" + d[16:20] + "-" + d[20:32]
}

// DerivedUUID returns the same UUID for the same name of the same kind, and different ones otherwise.
func DerivedUUID(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + name))
	raw := sum[:16]
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	return format(raw)
}
