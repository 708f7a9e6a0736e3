package reduce

import (
	"encoding/json"
	"iter"
)

// Members are the keys and the values of an object that a reader has kept, or one in it; none if raw is none.
func (keys Keys) Members(raw []byte) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		if len(raw) == 0 || raw[0] != '{' {
			return
		}
		for at := 1; raw[at] != '}'; {
			end := valueEnd(raw, at)
			key := keys.textOf(raw[at:end])
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

// Items are those of a list that a reader has kept; false if raw is none.
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
	_ = json.Unmarshal(quoted, &text) // the reader has written it
	return text
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
