package getraze

import (
	"encoding/binary"
	"encoding/json"
	"slices"
)

// Packed is an opportunity in a fifth of the memory, for keeping many. The zero value is of none.
type Packed string

// Pack is the opportunity, packed: for each member the place of its key in landmarks and one more, or 0 and the key,
// and then the value. Texts have their length before them.
func (o Opportunity) Pack() Packed {
	var packed []byte
	for key, raw := range o {
		place := slices.Index(landmarks, key) + 1
		packed = binary.AppendUvarint(packed, uint64(place))
		if place == 0 {
			packed = appendSized(packed, key)
		}
		packed = appendSized(packed, string(raw))
	}
	return Packed(packed)
}

func appendSized(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

// Unpack is what was packed.
func (p Packed) Unpack() Opportunity {
	rest := []byte(p)
	number := func() uint64 {
		n, size := binary.Uvarint(rest)
		rest = rest[size:]
		return n
	}
	text := func() []byte {
		size := number()
		found := rest[:size:size]
		rest = rest[size:]
		return found
	}
	o := Opportunity{}
	for len(rest) > 0 {
		key := ""
		if place := number(); place > 0 {
			key = landmarks[place-1]
		} else {
			key = string(text())
		}
		o[key] = json.RawMessage(text())
	}
	return o
}
