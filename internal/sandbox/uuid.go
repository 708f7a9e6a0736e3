package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// canonicalUUID reads a UUID as PostgreSQL does: in any case, in braces or not, and with a hyphen or none after
// each group of four digits. It returns the form that answers have.
func canonicalUUID(text string) (string, bool) {
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
	return formatUUID(raw), true
}

func formatUUID(raw []byte) string {
	d := hex.EncodeToString(raw)
	return d[:8] + "-" + d[8:12] + "-" + d[12:16] + "-" + d[16:20] + "-" + d[20:32]
}

// derivedUUID is the same for the same name of the same kind, and differs for others.
func derivedUUID(kind, name string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + name))
	raw := sum[:16]
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	return formatUUID(raw)
}

// idOf is text's canonical form, or a derived UUID if it is none, or "" if it is empty.
func idOf(kind, text string) string {
	if text == "" {
		return ""
	}
	if id, ok := canonicalUUID(text); ok {
		return id
	}
	return derivedUUID(kind, text)
}
