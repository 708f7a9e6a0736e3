package getraze

import (
	"encoding/json"
	"iter"
)

// members are the keys and the values of an object that [reduce] has returned, or one in it; none if raw is none. Keys
// have no escapes there but those of encoding/json.
func members(raw []byte) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		if len(raw) == 0 || raw[0] != '{' {
			return
		}
		for at := 1; raw[at] != '}'; {
			end := valueEnd(raw, at)
			key := keyOf(raw[at:end])
			start := end + 1 // behind the colon
			at = valueEnd(raw, start)
			if !yield(key, json.RawMessage(raw[start:at:at])) {
				return
			}
			if raw[at] == ',' {
				at++
			}
		}
	}
}

// items are those of a list that [reduce] has returned; false if raw is none.
func items(raw []byte) ([]json.RawMessage, bool) {
	if len(raw) == 0 || raw[0] != '[' {
		return nil, false
	}
	found := []json.RawMessage{}
	for at := skipBlanks(raw, 1); raw[at] != ']'; {
		end := valueEnd(raw, at)
		found = append(found, json.RawMessage(raw[at:end:end]))
		at = skipBlanks(raw, end)
		if raw[at] == ',' {
			at = skipBlanks(raw, at+1)
		}
	}
	return found, true
}

func keyOf(quoted []byte) string {
	if k := knownKeys[string(quoted[1:len(quoted)-1])]; k.isKnown {
		return k.text
	}
	return text(quoted)
}

func skipBlanks(raw []byte, at int) int {
	for isJSONBlank(raw[at]) {
		at++
	}
	return at
}

// valueEnd is where the value ends that begins at a place of valid JSON.
func valueEnd(raw []byte, at int) int {
	for depth := 0; ; at++ {
		switch c := raw[at]; {
		case c == '"':
			at = stringEnd(raw, at)
		case c == '{' || c == '[':
			depth++
		case (c == '}' || c == ']') && depth == 0, c == ',' && depth == 0, isJSONBlank(c) && depth == 0:
			return at
		case c == '}' || c == ']':
			depth--
		default:
			continue
		}
		if depth == 0 {
			return at + 1
		}
	}
}

// stringEnd is the place of a string's closing quote.
func stringEnd(raw []byte, at int) int {
	for at++; raw[at] != '"'; at++ {
		if raw[at] == '\\' {
			at++
		}
	}
	return at
}
