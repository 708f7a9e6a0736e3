package getraze

import (
	"encoding/binary"
	"encoding/json"
	"slices"
)

// Packed is an opportunity in a fifth of the usual memory or less, for keeping many; see [Packer].
type Packed string

// Packer packs opportunities. It remembers the first values that it sees: what many opportunities hold, such as a
// currency, a stage or a company, is among them and is kept once. The zero value is ready to use. It is for one
// goroutine at a time.
type Packer struct {
	places map[string]uint64 // index of each value in first
	first  []string
}

const (
	// maxFirst limits the memory taken by values that no other opportunity holds.
	maxFirst = 4096
	// minFirst is the length from which a value takes more memory than its index.
	minFirst = 3
)

// Pack returns the opportunity in packed form: for each member, the index of its key in landmarks plus one, or 0 and
// the key; then 0 and the index of its value in first, or the value's length plus one and the value.
func (p *Packer) Pack(o Opportunity) Packed {
	var packed []byte
	for key, raw := range o {
		place := slices.Index(landmarks, key) + 1
		packed = binary.AppendUvarint(packed, uint64(place))
		if place == 0 {
			packed = appendSized(packed, key)
		}
		first, found := uint64(0), false
		if isOwn := 0 < place && place <= len(identity); !isOwn { // an own value is in no other opportunity
			first, found = p.place(raw)
		}
		if found {
			packed = binary.AppendUvarint(append(packed, 0), first)
		} else {
			packed = append(binary.AppendUvarint(packed, uint64(len(raw))+1), raw...)
		}
	}
	return Packed(packed)
}

// place returns the index of a value that is kept once, and false for any other value.
func (p *Packer) place(raw json.RawMessage) (uint64, bool) {
	place, found := p.places[string(raw)]
	if found || len(raw) < minFirst || len(p.first) == maxFirst {
		return place, found
	}
	if p.places == nil {
		p.places = map[string]uint64{}
	}
	place, value := uint64(len(p.first)), string(raw)
	p.places[value], p.first = place, append(p.first, value)
	return place, true
}

func appendSized(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

// Unpack returns the opportunity that the same packer has packed.
func (p *Packer) Unpack(packed Packed) Opportunity {
	rest := []byte(packed)
	number := func() uint64 {
		n, size := binary.Uvarint(rest)
		rest = rest[size:]
		return n
	}
	text := func(size uint64) []byte {
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
			key = string(text(number()))
		}
		if size := number(); size > 0 {
			o[key] = text(size - 1)
		} else {
			o[key] = json.RawMessage(p.first[number()])
		}
	}
	return o
}
