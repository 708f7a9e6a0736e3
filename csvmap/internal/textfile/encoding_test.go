package textfile

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

var (
	utf16LE = xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)
	utf16BE = xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
)

var encoded = sheettest.Encoded

func TestEncodingIsFound(t *testing.T) {
	const text = "id,name\n1,ação\n2,São João\n"
	for _, c := range []struct{ name, bytes, encoding, want string }{
		{"UTF-8", text, "", "UTF-8, comma"},
		{"UTF-8 with its mark", "\ufeff" + text, "", "UTF-8, comma"},
		{"UTF-8 with its mark, said", "\ufeff" + text, "UTF8", "UTF-8, comma"},
		{"UTF-16LE with its mark", "\xff\xfe" + encoded(t, utf16LE, text), "", "UTF-16LE, comma"},
		{"UTF-16BE with its mark", "\xfe\xff" + encoded(t, utf16BE, text), "", "UTF-16BE, comma"},
		{"UTF-16LE without", encoded(t, utf16LE, text), "", "UTF-16LE, comma"},
		{"UTF-16BE without", encoded(t, utf16BE, text), "", "UTF-16BE, comma"},
		{"UTF-16LE, said", encoded(t, utf16LE, text), "utf-16", "UTF-16LE, comma"},
		{"UTF-16BE with its mark, said", "\xfe\xff" + encoded(t, utf16BE, text), "utf-16be", "UTF-16BE, comma"},
		{"Windows-1252", encoded(t, charmap.Windows1252, text), "", "Windows-1252, comma"},
		{"Windows-1252, said", encoded(t, charmap.Windows1252, text), "latin1", "Windows-1252, comma"},
		{"Macintosh by its line ends", encoded(t, charmap.Macintosh, strings.ReplaceAll(text, "\n", "\r")), "", "macintosh, comma"},
		{"Macintosh by its line ends, but for the last", encoded(t, charmap.Macintosh, strings.ReplaceAll(text, "\n", "\r")+"\n"), "", "macintosh, comma"},
		{"Macintosh, said", encoded(t, charmap.Macintosh, text), "macintosh", "macintosh, comma"},
		{"Macintosh with its line ends, said", encoded(t, charmap.Macintosh, strings.ReplaceAll(text, "\n", "\r")), "macintosh", "macintosh, comma"},
		{"Windows-1252 with the line ends of the Macintosh, said", encoded(t, charmap.Windows1252, strings.ReplaceAll(text, "\n", "\r")), "windows-1252", "Windows-1252, comma"},
		{"Windows-1254, said", encoded(t, charmap.Windows1254, text), "latin5", "windows-1254, comma"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, rows := readSheet(t, c.bytes, Options{Encoding: c.encoding})
			if f.words() != c.want {
				t.Errorf("read as %s, want %s", f.words(), c.want)
			}
			wantRows(t, rows, named(2, 2, "1", "ação"), named(3, 3, "2", "São João"))
		})
	}
}

func TestBytesThatAreNotOfTheEncoding(t *testing.T) {
	accents := encoded(t, charmap.Windows1252, "id,name\n1,ação\n")
	for _, c := range []struct {
		name, bytes, encoding string
		want                  []string
	}{
		{"not UTF-8, though marked", "\ufeffid,name\n1,S\xe3o\n", "", []string{"line 2, column 4: bytes that are not UTF-8, though the file begins with the mark of UTF-8"}},
		{"not UTF-8 in the first line, though marked", "\ufeffid,\xe3", "", []string{"line 1, column 4: bytes that are not UTF-8"}},
		{"not UTF-8, though said", "id,name\n\n1,çã\xe3", "utf-8", []string{"line 3, column 5: bytes that are not UTF-8", "--encoding", "CSV UTF-8"}},
		{"cut within a character", "id,name\n1,\xc3", "utf-8", []string{"line 2, column 3: bytes that are not UTF-8"}},
		{"half a surrogate", "id,name\n1,\xed\xa0\x80\n", "utf-8", []string{"line 2, column 3: bytes that are not UTF-8"}},
		{"far into the file", "id,name\n" + strings.Repeat("1,ação\n", 100_000) + "2,\xe3\n", "utf-8", []string{"line 100002, column 3: bytes"}},
		{"free in Windows-1252", accents + "2,ab\x81c\n", "", []string{"line 3, column 5: bytes that are not Windows-1252", "--encoding"}},
		{"free in Windows-1252, said", "id,name\n2,\x9d\n", "windows-1252", []string{"line 2, column 3: bytes that are not Windows-1252"}},
		{"a control character of ISO 8859-2", "id,name\n1,a\x85b\n", "iso-8859-2", []string{"line 2, column 4: bytes that are not iso-8859-2"}},
		{"half a character of UTF-16", "\xff\xfe" + encoded(t, utf16LE, "id,name\n1,a\n") + "2", "", []string{"line 3, column 1: bytes that are not UTF-16LE"}},
		{"half a pair of UTF-16", "\xff\xfe" + encoded(t, utf16LE, "id,name\n1,") + "\x3d\xd8,\x00", "", []string{"line 2, column 3: bytes that are not UTF-16LE"}},
		{"code page 850", encoded(t, charmap.CodePage850, "id,name\n1,José\n"), "", []string{`line 2, column 6: "s‚\n" within a word`, "doesn't look like Windows-1252", "--encoding", "windows-1252 if it is that after all"}},
		{"Macintosh with line feeds", encoded(t, charmap.Macintosh, "id,name\n1,São\n"), "", []string{`line 2, column 4: "S‹o" within a word`, "doesn't look like Windows-1252"}},
		{"Windows-1252 with line ends of the Macintosh", encoded(t, charmap.Windows1252, "id,name\r1,ação\r"), "", []string{"an old Macintosh", "--encoding macintosh"}},
		{"Windows-1252 with line ends of the Macintosh and line feeds in a cell", encoded(t, charmap.Windows1252, "id,name\r1,\"ação\n\"\r"), "", []string{"an old Macintosh", "--encoding macintosh"}},
		{"zero bytes within", "id,name\n1,a\x00\n", "", []string{"contains zero bytes", "export it again"}},
		{"zero bytes behind", "id,name\n1,a\n" + strings.Repeat("\x00", 96), "", []string{"contains zero bytes"}},
		{"zero bytes at either place", strings.Repeat("i\x00\x00i", 40), "", []string{"contains zero bytes"}},
		{"UTF-16 of odd length, without a mark", encoded(t, utf16LE, "id,name\n") + "1", "", []string{"contains zero bytes"}},
		{"said otherwise than marked", "\xff\xfei\x00d\x00", "utf-8", []string{"--encoding utf-8: the file begins with the mark of UTF-16LE; leave --encoding out"}},
		{"said otherwise than marked, a code page", "\ufeffid\n1\n", "windows-1252", []string{"begins with the mark of UTF-8"}},
		{"no encoding", "id\n1\n", "utf-9", []string{"--encoding utf-9: not the name of an encoding", "windows-1252", "https://encoding.spec.whatwg.org/#names-and-labels"}},
		{"an encoding of the web's that reads nothing", "id\n1\n", "replacement", []string{"not replacement"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			sheettest.WantError(t, readError(c.bytes, Options{Encoding: c.encoding}), c.want...)
		})
	}
}

func TestPortugueseAndSpanishOfOtherEncodingsIsNotTakenForWindows1252(t *testing.T) {
	portuguese, spanish := []string{"ação", "São", "João", "número", "negócio", "você", "saúde"}, []string{"mañana", "compañía", "aquí", "José"}
	for _, c := range []struct {
		name     string
		encoding encoding.Encoding
		words    []string
	}{
		{"code page 850", charmap.CodePage850, append(portuguese, spanish...)}, {"code page 860", charmap.CodePage860, portuguese},
		{"code page 437", charmap.CodePage437, spanish}, {"Macintosh", charmap.Macintosh, []string{"ação", "São", "João", "opções", "você", "Café", "José,"}},
	} {
		for _, word := range c.words {
			if err := readError("id,name\n1,"+encoded(t, c.encoding, word)+"\n", Options{}); err == nil {
				t.Errorf("%s in %s is read as another word", word, c.name)
			}
		}
	}
}

func TestWindows1252IsReadAsSuch(t *testing.T) {
	for _, word := range []string{
		"ação", "São", "AÇÃO", "SÃO", "opções", "você", "mañana", "compañía", "¡Hola!", "(¡hola!)", "José", "d’água", "é ú", "À É", "Ñandú", "…ção", "“a”", "‘b’", "„c“", "‚d‘",
		"5ª", "nº", "€ 5", "¿Qué?", "pingüim", "l'été", "straße", "Œuvre", "a – b", "Nestlé®", "Café™", "«a»", "›a‹", "§ 5", "À vista", "Ø", "Æble", "10 £ ó", "5 ¢ é", "é†", "SóÓculos", "CasaÁgua",
		"Hola¡vamos!", "“maçã…”", "Avaré–Óbidos", "¿¡Él!?", "AÇÃO", "«é»", "“É”", "m²", "ação é", "ééééé", "¡¡¡Él", "····é",
		"25°C", "10²", "½", "n.º 3", "2ª via", "Srª",
	} {
		_, rows := readSheet(t, "id,name,notes\n1,"+encoded(t, charmap.Windows1252, word)+","+encoded(t, charmap.Windows1252, "ó")+"\n", Options{})
		wantRows(t, rows, row{2, 2, "1", word, "ó"})
	}
}

func TestOtherScriptsAreNotTakenForWindows1252(t *testing.T) {
	for _, c := range []struct {
		text     string
		encoding encoding.Encoding
	}{
		{"Привет Москва", charmap.Windows1251}, {"ООО «Ромашка»", charmap.Windows1251}, {"Привет", charmap.KOI8R}, {"Αθήνα", charmap.Windows1253}, {"שלום", charmap.Windows1255}, {"مرحبا", charmap.Windows1256},
		{"中国公司", simplifiedchinese.GBK}, {"日本株式", japanese.ShiftJIS}, {"株式会社カブ", japanese.ShiftJIS}, {"東京都新宿區信義路", traditionalchinese.Big5}, {"서울특별시", korean.EUCKR}, {"สวัสดี", charmap.Windows874},
	} {
		raw := encoded(t, c.encoding, "id,name\n1,"+c.text+"\n")
		if _, rows, err := rowsOf(raw, Options{}); err == nil {
			wantRows(t, rows, named(2, 2, "1", c.text))
		} else {
			sheettest.WantError(t, err, "--encoding")
		}
		name, err := htmlindex.Name(c.encoding)
		if err != nil {
			t.Fatal(err)
		}
		_, rows := readSheet(t, raw, Options{Encoding: name})
		wantRows(t, rows, named(2, 2, "1", c.text))
	}
	err := readError(encoded(t, charmap.Windows1251, "id,name\n1,Привет\n"), Options{})
	sheettest.WantError(t, err, "line 2, column 6: letters that make no word in Windows-1252", "most likely windows-1251", "windows-1252 if it is that")
	_, rows := readSheet(t, "id,name\n1,\xcf\xf0\xe8\xe2\n", Options{Encoding: "windows-1252"})
	wantRows(t, rows, named(2, 2, "1", "Ïðèâ"))
}

func TestUTF16OfMostlyChineseText(t *testing.T) {
	text := "id\tname\na1\t" + strings.Repeat("中国公司", 20) + "\n"
	for name, e := range map[string]encoding.Encoding{"UTF-16LE": utf16LE, "UTF-16BE": utf16BECharset.encoding} {
		f, rows := readSheet(t, encoded(t, e, text), Options{})
		wantRows(t, rows, named(2, 2, "a1", strings.Repeat("中国公司", 20)))
		if f.Encoding() != name {
			t.Errorf("got %s, want %s", f.Encoding(), name)
		}
	}
	sheettest.WantError(t, readError("id,name\n1,ab\x00\n", Options{}), "contains zero bytes", "--encoding utf-16le")
}

func TestCharactersAreWholeAcrossBlocks(t *testing.T) {
	for before := headSize - 20; before < headSize+4; before++ {
		filling := strings.Repeat("n", before-len("id,name\n1,")-1) + "\n"
		f, rows := readSheet(t, "id,name\n1,"+filling+"2,é日😀\n", Options{})
		if f.Encoding() != "UTF-8" || rows[1] != named(3, 3, "2", "é日😀") {
			t.Errorf("behind %d bytes: got %s, %+v", before, f.Encoding(), rows[1])
		}
		bad := "id,name\n1," + filling + "2,é日\xf0\x9f\x98"
		sheettest.WantError(t, readError(bad, Options{Encoding: "utf-8"}), "line 3, column 5: bytes that are not UTF-8")
		sheettest.WantError(t, readError("id,name\n1,"+filling+"2,S\x8bo\n", Options{}), "line 3, column 4: \"S‹o\" within a word")
	}
}

func TestEncodeIsTheInverseOfDecode(t *testing.T) {
	const text = "id;São – “€”\n"
	for _, c := range []charset{utf8Charset, utf16LECharset, utf16BECharset, windows1252} {
		raw := c.encode(text)
		if back, err := io.ReadAll(c.decoder(bytes.NewReader(raw), int64(len(raw)))); string(back) != text || err != nil {
			t.Errorf("%s: got %q, %v", c.name, back, err)
		}
	}
	if got := string(windows1252.encode("a–日b😀")); got != "a\x96?b?" {
		t.Errorf("got %q", got)
	}
}
