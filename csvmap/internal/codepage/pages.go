package codepage

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// page is an encoding of one byte for each character, with the languages that are written in it.
type page struct {
	name      string
	charmap   *charmap.Charmap
	languages string
	handicap  float64 // of a page that few sheets have
	script    bool    // its letters are none of the Latin ones
	text              // that is read
}

// text is what counts of a text as a whole for the signs in it.
type text struct {
	unpaired string // quotes that lack their counterpart
	few      bool   // it has so few words that a blank or dots may be a letter in each
}

const (
	western  = "ca da de es fi fr is it nb nl pt sv"
	central  = "pl cs sk hu ro hr"
	cyrillic = "ru uk bg be sr"
)

const (
	rare     = 4.0
	veryRare = 8.0
	signs    = -6.0 // of a page of which Windows-1252 has many letters as signs: these alone would be no evidence
	mixed    = -2.5
)

// western1252 is what is compared with all others.
var western1252 = page{"windows-1252", charmap.Windows1252, western, 0, false, text{}}

var pages = []page{
	{"windows-1250", charmap.Windows1250, central, 0, false, text{}},
	{"iso-8859-2", charmap.ISO8859_2, central, 0, false, text{}},
	{"windows-1254", charmap.Windows1254, "tr", 0, false, text{}},
	{"windows-1257", charmap.Windows1257, "lt lv et", 0, false, text{}},
	{"windows-1258", charmap.Windows1258, "vi", rare, false, text{}},
	{"windows-1251", charmap.Windows1251, cyrillic, 0, true, text{}},
	{"koi8-r", charmap.KOI8R, "ru", rare, true, text{}},
	{"koi8-u", charmap.KOI8U, "uk", rare, true, text{}},
	{"iso-8859-5", charmap.ISO8859_5, cyrillic, rare, true, text{}},
	{"x-mac-cyrillic", charmap.MacintoshCyrillic, cyrillic, veryRare, true, text{}},
	{"ibm866", charmap.CodePage866, "ru bg be", veryRare, true, text{}},
	{"windows-1253", charmap.Windows1253, "el", rare, true, text{}},
	{"iso-8859-7", charmap.ISO8859_7, "el", rare, true, text{}},
	{"windows-1255", charmap.Windows1255, "he", veryRare, true, text{}},
	{"windows-1256", charmap.Windows1256, "ar", rare, true, text{}},
	{"iso-8859-6", charmap.ISO8859_6, "ar", rare, true, text{}},
	{"windows-874", charmap.Windows874, "th", rare, true, text{}},
	{"iso-8859-15", charmap.ISO8859_15, western, rare, false, text{}},
	{"macintosh", charmap.Macintosh, western, signs, false, text{}},
	{"ibm850", charmap.CodePage850, western, signs, false, text{}},
	{"ibm852", charmap.CodePage852, central, mixed, false, text{}},
	{"ibm437", charmap.CodePage437, western, signs, false, text{}},
	{"ibm860", charmap.CodePage860, "pt", signs, false, text{}},
}

// Named is the encoding of MS-DOS that a user may mean by a name, or nil; the web's standard knows none but ibm866.
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
