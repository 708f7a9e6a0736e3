//go:build ignore

package main

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	bom  = "\ufeff"
	user = "5b0e7c1a-3f64-4d0b-9a52-7c8e1f2a6d"
)

// ids are some of the sandbox's opportunities. Text refers to them as {padaria}.
var ids = map[string]string{
	"padaria":     "265e24ec-3bc8-4820-b65f-89a69d7babe4",
	"metalurgica": "b478c75d-eb4f-4b56-86ec-71aa86afb784",
	"clinica":     "3de06b1a-f8d5-4c3f-8f19-f37a122566ce",
	"farmabem":    "24eb2ce8-dfe5-4bba-b3f6-6cc956afc940",
	"andorinha":   "7ca12391-6368-435b-80f4-e99cfbb8b995",
	"escola":      "41819cfa-8957-43f4-86fe-335614998c33",
	"hotel":       "21a39f61-4af3-4ba9-b998-4391fb102858",
	"ipe":         "f22affed-7d77-4a5b-8d80-58ab98e4bc72",
	"cafe":        "b00968fa-ca89-4e62-b1a5-b9e8ddb92fde",
	"agro":        "57febd0a-2cd6-4b19-94d4-26fcf083a3e6",
	"uniao":       "c567f9e3-9ee5-4d12-a06d-465fcde5b7a1",
	"biomed":      "b82d32f3-2e31-4d5a-8796-aebbc8e22c99",
	"azulejos":    "a2ce890a-f33d-4051-a613-5bf4967f8fb1",
	"conservas":   "c25c16c8-fbad-47c3-8c16-dde9d53b3fc4",
	"livraria":    "0bf0ddb3-fd00-4b37-aba9-8871ce5d024b",
	"harbor":      "a862b2bc-abab-4e2e-a640-7f6886771aa1",
	"dental":      "a9441f95-26d5-4c5a-9eca-b092373f1e64",
	"pilot":       "22f7e36a-3d06-4064-8aee-2e1c4523b989",
}

// join writes a table as Excel does: a cell is quoted if it contains one of the marks, a quote or a line break; lines
// end in CRLF, and line breaks within cells stay LF.
func join(table [][]string, delimiter, marks string) string {
	return lines(table, delimiter, func(cell string) bool { return strings.ContainsAny(cell, marks+"\"\n") })
}

func joinQuoted(table [][]string, delimiter string) string {
	return lines(table, delimiter, func(string) bool { return true })
}

func lines(table [][]string, delimiter string, quoted func(string) bool) string {
	var text strings.Builder
	for _, row := range table {
		for i, cell := range row {
			if i > 0 {
				text.WriteString(delimiter)
			}
			if quoted(cell) {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			text.WriteString(cell)
		}
		text.WriteString("\r\n")
	}
	return text.String()
}

// sheet expands a text written by hand here, with LF line endings and opportunities referred to by name.
func sheet(text string) string {
	for name, id := range ids {
		text = strings.ReplaceAll(text, "{"+name+"}", id)
	}
	return strings.TrimPrefix(text, "\n")
}

func crlf(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
func cr(text string) string   { return strings.ReplaceAll(text, "\n", "\r") }

func utf8(text string) []byte { return []byte(text) }

func windows1252(text string) []byte { return encoded(charmap.Windows1252, text) }
func cp850(text string) []byte       { return encoded(charmap.CodePage850, text) }
func macRoman(text string) []byte    { return encoded(charmap.Macintosh, text) }

func utf16le(text string) []byte {
	return encoded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text)
}

func utf16be(text string) []byte {
	return encoded(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), text)
}

func encoded(charset encoding.Encoding, text string) []byte {
	return []byte(mustHave(charset.NewEncoder().String(text)))
}
