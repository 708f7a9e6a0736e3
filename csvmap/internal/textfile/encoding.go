package textfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	xunicode "golang.org/x/text/encoding/unicode"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/codepage"
	"razebulk/internal/reason"
)

// charset is how the text of a sheet is encoded as bytes.
type charset struct {
	encoding encoding.Encoding // nil is UTF-8
	name     string
	mark     string           // the byte order mark, if the file has one
	guessed  bool             // neither the file nor the options name it
	curly    bool             // UTF-8 with typographic quotes
	mixed    bool             // UTF-8 with some invalid bytes, whose rows are refused
	sample   *codepage.Sample // the basis of a guess
	doubt    error            // why a guess is most likely wrong, or nil
}

var (
	utf8Charset    = charset{name: "UTF-8"}
	utf16LECharset = charset{encoding: xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), name: "UTF-16LE"}
	utf16BECharset = charset{encoding: xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM), name: "UTF-16BE"}
	windows1252    = charset{encoding: charmap.Windows1252, name: "Windows-1252", guessed: true}
	macintosh      = charset{encoding: charmap.Macintosh, name: "macintosh", guessed: true}
)

var byteOrderMarks = []struct {
	mark    string
	charset charset
}{{"\xef\xbb\xbf", utf8Charset}, {"\xff\xfe", utf16LECharset}, {"\xfe\xff", utf16BECharset}}

// markedCharset returns the charset named by a byte order mark at the start of the file.
func markedCharset(start string) (charset, bool) {
	for _, m := range byteOrderMarks {
		if strings.HasPrefix(start, m.mark) {
			found := m.charset
			found.mark = m.mark
			return found, true
		}
	}
	return charset{}, false
}

// namedCharset returns the charset that the user names. It must match the file's byte order mark, if there is one.
func namedCharset(name string, marked charset) (charset, error) {
	found, err := findEncoding(name)
	if err != nil {
		return charset{}, reason.New("encoding_unknown", "encoding", name)
	}
	_, canonical := codepage.Named(name)
	if canonical == "" {
		if canonical, err = htmlindex.Name(found); err != nil {
			return charset{}, reason.New("encoding_unusable", "encoding", name)
		}
	}
	named := charset{encoding: found, name: canonical}
	for _, known := range []charset{utf8Charset, utf16LECharset, utf16BECharset, windows1252} {
		if strings.EqualFold(known.name, canonical) {
			named, named.guessed = known, false
		}
	}
	switch {
	case marked.mark == "":
		return named, nil
	case marked.name != named.name:
		return charset{}, reason.New("encoding_contradicts_mark", "encoding", name, "mark", marked.name)
	}
	return marked, nil
}

// decoder returns a reader of the text as UTF-8, without the byte order mark.
func (c charset) decoder(file io.ReaderAt, size int64) io.Reader {
	start := int64(len(c.mark))
	raw := io.NewSectionReader(file, start, size-start)
	if c.encoding == nil {
		return raw
	}
	return c.encoding.NewDecoder().Reader(raw)
}

// verify reads the whole file and fails on bytes that are not valid in the encoding: x/text decodes them to U+FFFD,
// or, for the five that Windows-1252 leaves undefined, to control characters.
func (c charset) verify(file io.ReaderAt, size int64) error {
	_, singleByte := c.encoding.(*charmap.Charmap)
	at, err := c.walk(file, size, func(r rune) bool { return r != utf8.RuneError && !(singleByte && cell.IsC1(r)) })
	if errors.Is(err, errStopped) {
		return at.wrong(c.name)
	}
	return err
}

var errStopped = errors.New("stopped")

// walk passes the characters of the text to accept until one is refused: then it returns [errStopped] and the place
// of that character.
func (c charset) walk(file io.ReaderAt, size int64, accept func(rune) bool) (at place, err error) {
	for runes := bufio.NewReaderSize(c.decoder(file, size), headSize); ; {
		r, _, err := runes.ReadRune()
		switch {
		case errors.Is(err, io.EOF):
			return at, nil
		case err != nil:
			return at, err
		}
		at.pass(r)
		if !accept(r) {
			return at, errStopped
		}
	}
}

// placeOf returns the place of the character at an offset of the file.
func (c charset) placeOf(file io.ReaderAt, offset int64) (place, error) {
	at, err := c.walk(file, offset, func(rune) bool { return true })
	at.chars++
	return at, err
}

// place is the position of a character in a text: lines before it, and characters of its line up to and including it.
type place struct{ lines, chars int }

func (p *place) pass(r rune) {
	p.chars++
	if r == '\n' {
		p.lines, p.chars = p.lines+1, 0
	}
}

// String returns the place as editors count it.
func (p place) String() string { return fmt.Sprintf("line %d, column %d", p.lines+1, p.chars) }

// wrong refuses bytes that are not valid in the encoding.
func (p place) wrong(encoding string) error {
	return reason.New("encoding_wrong", "place", p.String(), "encoding", encoding, "likely", "")
}

// encode is the inverse of decoder, without the mark. Characters that the encoding lacks become question marks, and
// bytes that are not UTF-8 become U+FFFD.
func (c charset) encode(text string) []byte {
	if c.encoding == nil {
		return []byte(strings.ToValidUTF8(text, "\ufffd"))
	}
	encoder := c.encoding.NewEncoder()
	if whole, err := encoder.String(text); err == nil {
		return []byte(whole)
	}
	var out []byte
	for _, r := range text {
		char, err := encoder.String(string(r))
		if err != nil {
			char, _ = encoder.String("?") // every encoding has it
		}
		out = append(out, char...)
	}
	return out
}
