package reduce

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// aText is a JSON string. Some are known keys, in any spelling, some are not UTF-8, and some are longer than a
// buffer.
func aText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{
			"id", "data", "ID", "\\u0069d", "x", " ", "é", "\xff", "\xc3", "\\\"", "\\\\", "\\/", "\\ud800", "\\ud83d\\ude00", "\u2028", "<", "{", "}", "[", "]", ",", ":",
			"\\u0000", strings.Repeat("k", 100), strings.Repeat("long", 1500),
		}), 0, 3).Draw(t, "parts")
		return `"` + strings.Join(parts, "") + `"`
	})
}

func aBlank() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "", "", " ", "\r\n", "\t "})
}

// aValue is a JSON value, nested at most this deep.
func aValue(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		kind := rapid.IntRange(0, 3).Draw(t, "kind")
		switch {
		case depth > 0 && kind == 0:
			return anObject(depth-1).Draw(t, "object")
		case depth > 0 && kind == 1:
			items := rapid.SliceOfN(aValue(depth-1), 0, 3).Draw(t, "items")
			return "[" + aBlank().Draw(t, "blank") + strings.Join(items, aBlank().Draw(t, "before")+","+aBlank().Draw(t, "behind")) + aBlank().Draw(t, "end") + "]"
		case kind == 2:
			return aText().Draw(t, "text")
		}
		return rapid.SampledFrom([]string{
			"null", "true", "false", "0", "-0", "-1.50", "1e400", "123456789012345678901234567890.10", "1E+2",
		}).Draw(t, "literal")
	})
}

// aKey is a string that is short enough to be kept.
func aKey() *rapid.Generator[string] {
	return aText().Filter(func(key string) bool { return len(key) < maxKey })
}

// anObject may have the same key twice.
func anObject(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var members []string
		for range rapid.IntRange(0, 4).Draw(t, "members") {
			blank := func(name string) string { return aBlank().Draw(t, name) }
			members = append(members, blank("a")+aKey().Draw(t, "key")+blank("b")+":"+blank("c")+aValue(depth).Draw(t, "value")+blank("d"))
		}
		return "{" + aBlank().Draw(t, "blank") + strings.Join(members, ",") + "}"
	})
}

// spoiled returns text with something added, removed or replaced at one place.
func spoiled(t *rapid.T, text string) string {
	at := rapid.IntRange(0, len(text)).Draw(t, "at")
	with := rapid.SampledFrom([]string{"", "x", "0", "\"", "{", "}", "[", "]", ",", ":", "\\", "\x00", "\n", "\v", "nul", "\xef\xbb\xbf"}).Draw(t, "with")
	return text[:at] + with + text[min(len(text), at+rapid.IntRange(0, 1).Draw(t, "less")):]
}

// pieces pass a body on in pieces of different sizes, as buffered data is read in another way.
var pieces = []func(io.Reader) io.Reader{
	func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader,
}

// TestWhatIsReadIsWhatEncodingJSONReads parses each object both ways, intact or spoiled.
func TestWhatIsReadIsWhatEncodingJSONReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := anObject(3).Draw(t, "body")
		if len(body) < maxKey && rapid.Bool().Draw(t, "isSpoiled") { // a longer key is not checked
			body = spoiled(t, body)
		}
		var want map[string]json.RawMessage
		isObject := json.Unmarshal([]byte(body), &want) == nil && want != nil
		for i, in := range pieces {
			r := New(in(strings.NewReader(body)), math.MaxInt64, keys, nil)
			err := r.Object(everything)
			if (err == nil) != isObject {
				t.Fatalf("reader %d: %q: %v, encoding/json has %v", i, body, err, isObject)
			}
			if isObject {
				checkParts(t, r, want)
			}
			r.Release()
		}
	})
}

// checkParts compares both ways to get the members of an object.
func checkParts(t *rapid.T, r *Reader, want map[string]json.RawMessage) {
	text := r.Text()
	placed, members := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	for _, p := range r.Places {
		if p.Depth == 1 {
			placed[p.Key] = text[p.Start:p.End]
		}
	}
	for key, value := range keys.Members(text) {
		members[key] = value
	}
	for name, got := range map[string]map[string]json.RawMessage{"places": placed, "members": members} {
		if diff := cmp.Diff(meanings(want), meanings(got)); diff != "" {
			t.Fatalf("%s of %q: %s", name, text, diff)
		}
	}
	for key, raw := range want {
		var items []json.RawMessage
		isList := raw[0] == '[' && json.Unmarshal(raw, &items) == nil
		got, ok := Items(placed[key])
		if ok != isList || len(got) != len(items) {
			t.Fatalf("items of %q: %q", raw, got)
		}
		for i := range items {
			if meaning(items[i]) != meaning(got[i]) {
				t.Fatalf("item %d of %q: %q", i, raw, got[i])
			}
		}
	}
}

func meanings(of map[string]json.RawMessage) map[string]string {
	all := map[string]string{}
	for key, raw := range of {
		all[key] = meaning(raw)
	}
	return all
}

// meaning returns a value with the digits of its numbers, but without its blanks and the spelling of its strings.
func meaning(raw json.RawMessage) string {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return fmt.Sprintf("%#v %v %t", value, err, json.Valid(raw))
}
