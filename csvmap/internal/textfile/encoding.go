package csvmap

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	xunicode "golang.org/x/text/encoding/unicode"
)

// charset is how the text of a sheet is written as bytes.
type charset struct {
	encoding encoding.Encoding // nil is UTF-8
	name     string
	mark     []byte // the byte order mark, if the file has one
	guessed  bool   // nothing in the file says so
}

var (
	utf8Charset    = charset{name: "UTF-8"}
	utf16LECharset = charset{encoding: xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM), name: "UTF-16LE"}
	utf16BECharset = charset{encoding: xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM), name: "UTF-16BE"}
	windows1252    = charset{encoding: charmap.Windows1252, name: "Windows-1252", guessed: true}
)

var byteOrderMarks = []struct {
	mark    string
	charset charset
}{{"\xef\xbb\xbf", utf8Charset}, {"\xff\xfe", utf16LECharset}, {"\xfe\xff", utf16BECharset}}

// findCharset reads all of text and decides: the byte order mark; else UTF-8 if all of it is; else UTF-16 by its zero
// bytes; else Windows-1252. A name that the user gives decides instead (any of https://encoding.spec.whatwg.org/#names-and-labels).
// It fails where the bytes are no text of that encoding.
func findCharset(text io.Reader, name string) (charset, error) {
	var seen byteSurvey
	if _, err := io.Copy(&seen, text); err != nil {
		return charset{}, err
	}
	seen.end()
	marked, hasMark := seen.markedCharset()
	switch {
	case name != "":
		return namedCharset(name, marked, hasMark, seen.notUTF8)
	case hasMark && marked.encoding == nil && seen.notUTF8 != nil:
		return charset{}, fmt.Errorf("%w, though the file begins with the mark of UTF-8: save the sheet as \"CSV UTF-8\" and try again", seen.notUTF8)
	case hasMark:
		return marked, nil
	case seen.zeros() > 0:
		return seen.utf16()
	case seen.notUTF8 == nil:
		return utf8Charset, nil
	}
	return windows1252, nil
}

func namedCharset(name string, marked charset, hasMark bool, notUTF8 error) (charset, error) {
	found, err := htmlindex.Get(name)
	if err != nil {
		return charset{}, fmt.Errorf("--encoding %s: not the name of an encoding; say utf-8, windows-1252, utf-16le or another one of https://encoding.spec.whatwg.org/#names-and-labels", name)
	}
	canonical, err := htmlindex.Name(found)
	if err != nil {
		return charset{}, fmt.Errorf("--encoding %s: not an encoding that a sheet can be in", name)
	}
	named := charset{encoding: found, name: canonical}
	for _, known := range []charset{utf8Charset, utf16LECharset, utf16BECharset, windows1252} {
		if strings.EqualFold(known.name, canonical) {
			named, named.guessed = known, false
		}
	}
	switch {
	case hasMark && marked.name != named.name:
		return charset{}, fmt.Errorf("--encoding %s: the file begins with the mark of %s; leave --encoding out", name, marked.name)
	case hasMark:
		return marked, nil
	case named.encoding == nil && notUTF8 != nil:
		return charset{}, fmt.Errorf("%w: say the right one with --encoding, or save the sheet as \"CSV UTF-8\"", notUTF8)
	}
	return named, nil
}

// byteSurvey takes down, of bytes written to it, what tells their encoding.
type byteSurvey struct {
	head     []byte
	count    int
	zeroEven int // zero bytes at even offsets
	zeroOdd  int
	lines    int
	column   int // runes of the line that is not at its end
	cut      []byte
	notUTF8  error
}

// Write implements [io.Writer]. It never fails.
func (s *byteSurvey) Write(p []byte) (int, error) {
	if missing := 4 - len(s.head); missing > 0 {
		s.head = append(s.head, p[:min(missing, len(p))]...)
	}
	s.countZeros(p)
	s.count += len(p)
	if s.notUTF8 == nil {
		s.validate(p)
	}
	return len(p), nil
}

func (s *byteSurvey) countZeros(p []byte) {
	for i := bytes.IndexByte(p, 0); i >= 0 && i < len(p); i++ {
		switch {
		case p[i] != 0:
		case (s.count+i)%2 == 0:
			s.zeroEven++
		default:
			s.zeroOdd++
		}
	}
}

// validate keeps a character that p ends within for the next time.
func (s *byteSurvey) validate(p []byte) {
	text := p
	if len(s.cut) > 0 {
		text = append(s.cut, p...)
	}
	whole := len(text)
	for back := 1; back < utf8.UTFMax && back <= len(text); back++ {
		if start := len(text) - back; utf8.RuneStart(text[start]) {
			if !utf8.FullRune(text[start:]) {
				whole = start
			}
			break
		}
	}
	s.cut = append([]byte(nil), text[whole:]...)
	if text = text[:whole]; !utf8.Valid(text) {
		s.notUTF8 = s.bad(text)
		return
	}
	s.lines += bytes.Count(text, []byte{'\n'})
	if i := bytes.LastIndexByte(text, '\n'); i >= 0 {
		s.column, text = 0, text[i+1:]
	}
	s.column += utf8.RuneCount(text)
}

// end tells that no more comes.
func (s *byteSurvey) end() {
	if s.notUTF8 == nil && len(s.cut) > 0 {
		s.notUTF8 = s.bad(s.cut)
	}
}

func (s *byteSurvey) bad(text []byte) error {
	at := place{s.lines, s.column}
	if _, marked := s.markedCharset(); marked && s.lines == 0 {
		at.runes-- // no editor counts the mark
	}
	for {
		r, size := utf8.DecodeRune(text)
		at.pass(r)
		if r == utf8.RuneError && size <= 1 {
			return fmt.Errorf("%s: bytes that are not UTF-8", at)
		}
		text = text[size:]
	}
}

func (s *byteSurvey) markedCharset() (charset, bool) {
	for _, m := range byteOrderMarks {
		if bytes.HasPrefix(s.head, []byte(m.mark)) {
			found := m.charset
			found.mark = []byte(m.mark)
			return found, true
		}
	}
	return charset{}, false
}

func (s *byteSurvey) zeros() int { return s.zeroEven + s.zeroOdd }

// utf16 tells the two forms of UTF-16 apart: all letters of Latin languages have a zero for their higher byte, or nearly all.
func (s *byteSurvey) utf16() (charset, error) {
	const mostOther = 20                           // a zero byte at the other place belongs to a rare sign such as U+0100
	enough := min(s.count/8+1, max(8, s.count/32)) // in a Chinese or Japanese sheet only ids, delimiters and line ends have one
	switch {
	case s.count%2 == 0 && s.zeroOdd >= enough && s.zeroOdd >= mostOther*s.zeroEven:
		return utf16LECharset, nil
	case s.count%2 == 0 && s.zeroEven >= enough && s.zeroEven >= mostOther*s.zeroOdd:
		return utf16BECharset, nil
	}
	return charset{}, errors.New("holds zero bytes, which no text does: this is not a CSV file, or a damaged one; export it again, or say --encoding utf-16le if it is that")
}

// checkLineEnd refuses carriage returns alone where the encoding was only guessed. Such a file is most likely in Mac OS Roman, and
// every accent would be a wrong letter if it were read as Windows-1252.
func (c charset) checkLineEnd(lineEnd string) error {
	if c.guessed && lineEnd == "\r" {
		return errors.New("line ends as an old Macintosh writes them, and no UTF-8: save the sheet as \"CSV UTF-8\", " +
			"or say how it was saved with --encoding macintosh or --encoding windows-1252")
	}
	return nil
}

// place is where a reader stands in a text.
type place struct{ lines, runes int }

func (p *place) pass(r rune) {
	p.runes++
	if r == '\n' {
		p.lines, p.runes = p.lines+1, 0
	}
}

func (p place) String() string { return fmt.Sprintf("line %d, column %d", p.lines+1, p.runes) }

// decoder hands on the text as UTF-8, without the byte order mark.
func (c charset) decoder(raw io.Reader) (io.Reader, error) {
	if _, err := io.CopyN(io.Discard, raw, int64(len(c.mark))); err != nil {
		return nil, err
	}
	if c.encoding == nil {
		return raw, nil
	}
	return c.encoding.NewDecoder().Reader(raw), nil
}

// check reads all of text and fails where its bytes are none of the encoding's: x/text decodes such bytes to U+FFFD, and the
// five that Windows-1252 leaves free to control characters. It fails, too, where an encoding that was only guessed makes no words.
func (c charset) check(raw io.Reader) error {
	if c.encoding == nil {
		return nil // findCharset has looked at every byte
	}
	text, err := c.decoder(raw)
	if err != nil {
		return err
	}
	var at place
	var last [3]rune
	var run scriptRun
	_, singleByte := c.encoding.(*charmap.Charmap)
	for runes := bufio.NewReaderSize(text, bufferSize); ; {
		r, _, err := runes.ReadRune()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		before := at
		at.pass(r)
		if r == utf8.RuneError || singleByte && isC1(r) {
			return fmt.Errorf("%s: bytes that are not %s: say the right one with --encoding, or save the sheet as \"CSV UTF-8\"", at, c.name)
		}
		if last = [3]rune{last[1], last[2], r}; c.guessed && isForeign(last) {
			return fmt.Errorf("%s: %q within a word: the file is no UTF-8 and doesn't look like %s either: save the sheet as \"CSV UTF-8\", or, if it is none of MS-DOS's, say its encoding with --encoding, such as macintosh or windows-1251; windows-1252 if it is that all the same",
				before, string(last[:]), c.name)
		}
		if c.guessed && run.isOfAnother(r) {
			return fmt.Errorf("%s: letters that make no word in %s, and the file is no UTF-8: save the sheet as \"CSV UTF-8\", "+
				"or say its encoding with --encoding, such as windows-1251 (Cyrillic), windows-1253 (Greek), shift_jis or gbk; windows-1252 if it is that all the same", at, c.name)
		}
	}
}

// encode is the inverse of decoder, without the mark. What the encoding has no sign for becomes a question mark.
func (c charset) encode(text string) []byte {
	if c.encoding == nil {
		return []byte(text)
	}
	encoder := c.encoding.NewEncoder()
	if whole, err := encoder.String(text); err == nil {
		return []byte(whole)
	}
	var out []byte
	for _, r := range text {
		sign, err := encoder.String(string(r))
		if err != nil {
			sign, _ = encoder.String("?") // every encoding has it
		}
		out = append(out, sign...)
	}
	return out
}
