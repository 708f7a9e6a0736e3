package reduce

import (
	"encoding/json"
	"iter"
)

// Members iterates over the keys and values of an object that a reader has kept, or of one within it. It yields
// nothing if raw is not an object.
func (keys Keys) Members(raw []byte) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		if len(raw) == 0 || raw[0] != '{' {
			return
		}
		for at := 1; raw[at] != '}'; {
			end := valueEnd(raw, at)
			key := keys.textOf(raw[at:end])
			start := end + 1 // after the colon
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

// Items returns the items of a list that a reader has kept, and false if raw is not a list.
func Items(raw []byte) ([]json.RawMessage, bool) {
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

func (keys Keys) textOf(quoted []byte) string {
	if k := keys[string(quoted[1:len(quoted)-1])]; k.Known {
		return k.Text
	}
	text := ""
	_ = json.Unmarshal(quoted, &text) // the reader wrote it
	return text
}

func skipBlanks(raw []byte, at int) int {
	for isJSONBlank(raw[at]) {
		at++
	}
	return at
}

// valueEnd returns the end of the value that begins at a position in valid JSON.
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

// stringEnd returns the position of a string's closing quote.
func stringEnd(raw []byte, at int) int {
	for at++; raw[at] != '"'; at++ {
		if raw[at] == '\\' {
			at++
		}
	}
	return at
}
