package codepage

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// page is a single-byte encoding, with the languages written in it.
type page struct {
	name      string
	charmap   *charmap.Charmap
	languages string
	handicap  float64 // for a page that few sheets use
	script    bool    // its letters are not Latin
	text              // the text being read
}

// text is what matters about the whole text for the signs in it.
type text struct {
	unpaired string // quotes without a counterpart
	few      bool   // so few words that a blank or dots may be a letter in each
}

const (
	western  = "ca da de es fi fr is it nb nl pt sv"
	central  = "pl cs sk hu ro hr"
	cyrillic = "ru uk bg be sr"
)

const (
	rare     = 4.0
	veryRare = 8.0
	signs    = -6.0 // for pages whose letters are often signs in Windows-1252: these alone would be no evidence
	mixed    = -2.5
)

// western1252 is the page that all others are compared with.
var western1252 = page{name: "windows-1252", charmap: charmap.Windows1252, languages: western}

var pages = []page{
	{name: "windows-1250", charmap: charmap.Windows1250, languages: central},
	{name: "iso-8859-2", charmap: charmap.ISO8859_2, languages: central},
	{name: "windows-1254", charmap: charmap.Windows1254, languages: "tr"},
	{name: "windows-1257", charmap: charmap.Windows1257, languages: "lt lv et"},
	{name: "windows-1258", charmap: charmap.Windows1258, languages: "vi", handicap: rare},
	{name: "windows-1251", charmap: charmap.Windows1251, languages: cyrillic, script: true},
	{name: "koi8-r", charmap: charmap.KOI8R, languages: "ru", handicap: rare, script: true},
	{name: "koi8-u", charmap: charmap.KOI8U, languages: "uk", handicap: rare, script: true},
	{name: "iso-8859-5", charmap: charmap.ISO8859_5, languages: cyrillic, handicap: rare, script: true},
	{name: "x-mac-cyrillic", charmap: charmap.MacintoshCyrillic, languages: cyrillic, handicap: veryRare, script: true},
	{name: "ibm866", charmap: charmap.CodePage866, languages: "ru bg be", handicap: veryRare, script: true},
	{name: "windows-1253", charmap: charmap.Windows1253, languages: "el", handicap: rare, script: true},
	{name: "iso-8859-7", charmap: charmap.ISO8859_7, languages: "el", handicap: rare, script: true},
	{name: "windows-1255", charmap: charmap.Windows1255, languages: "he", handicap: veryRare, script: true},
	{name: "windows-1256", charmap: charmap.Windows1256, languages: "ar", handicap: rare, script: true},
	{name: "iso-8859-6", charmap: charmap.ISO8859_6, languages: "ar", handicap: rare, script: true},
	{name: "windows-874", charmap: charmap.Windows874, languages: "th", handicap: rare, script: true},
	{name: "iso-8859-15", charmap: charmap.ISO8859_15, languages: western, handicap: rare},
	{name: "macintosh", charmap: charmap.Macintosh, languages: western, handicap: signs},
	{name: "ibm850", charmap: charmap.CodePage850, languages: western, handicap: signs},
	{name: "ibm852", charmap: charmap.CodePage852, languages: central, handicap: mixed},
	{name: "ibm437", charmap: charmap.CodePage437, languages: western, handicap: signs},
	{name: "ibm860", charmap: charmap.CodePage860, languages: "pt", handicap: signs},
}

// Named returns the MS-DOS encoding that a user may mean by a name, or nil; the web standard has only ibm866.
func Named(name string) (encoding *charmap.Charmap, canonical string) {
	digits := strings.TrimLeft(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz-_ ")
	for _, p := range pages {
		if number, isDOS := strings.CutPrefix(p.name, "ibm"); isDOS && number == digits {
			return p.charmap, p.name
		}
	}
	return nil, ""
}

func (p page) decode(word string) string {
	text := make([]rune, len(word))
	for i := range text {
		text[i] = p.charmap.DecodeByte(word[i])
	}
	return string(text)
}
