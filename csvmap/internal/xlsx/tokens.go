package xlsx

import (
	"bufio"
	"encoding/xml"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"razebulk/internal/reason"
)

const (
	// maxPiece limits the size of one row, one shared string or one of the small parts.
	maxPiece = 16 << 20
	// maxToken limits one tag or one text: a tag's attributes take up to 40 times as much memory as their text.
	maxToken = 1 << 20
	// maxDepth is more than the nesting of elements in any part that is read.
	maxDepth = 100
	// minTokens and tokensPerByte limit the tags, attributes and texts of a part by the size of the workbook, so that a
	// small one can't take minutes. Programs write up to three per byte.
	minTokens     = 512 << 10
	tokensPerByte = 4
	// maxAbove and maxAboveBytes limit what is above the header, which is read again each time.
	maxAbove      = 1 << 20
	maxAboveBytes = 16 << 20
	// cellsPerToken are as much work as a token: cells that are not in the file but fill the gap before a later cell.
	cellsPerToken = 8
)

// errTooFull is the error for a file that may be a workbook but would take too long to read.
var errTooFull error = reason.New("workbook_too_full")

// partBuffer is how much of a part is read at a time.
const partBuffer = 64 << 10

// limiter passes on the tags and texts of a part, and fails if there are more than a workbook needs. It implements
// [xml.TokenReader].
type limiter struct {
	raw   *xml.Decoder
	bytes *boundedReader
	left  *int64 // tags and texts still allowed
	depth int
	begin int64 // where the piece begins
}

// newLimiter returns a limiter for a part, which may also be in UTF-16. left is how many tags and texts it may have;
// several limiters may share it.
func newLimiter(part io.Reader, left *int64) *limiter {
	bounded := &boundedReader{part, maxToken + partBuffer}
	raw := xml.NewDecoder(textOf(bufio.NewReaderSize(bounded, partBuffer)))
	raw.CharsetReader = sameCharset
	return &limiter{raw: raw, bytes: bounded, left: left}
}

// textOf returns XML as UTF-8. UTF-16 begins with a byte order mark.
func textOf(part *bufio.Reader) io.Reader {
	start, _ := part.Peek(2) // a shorter one fails later
	if string(start) == "\xff\xfe" || string(start) == "\xfe\xff" {
		return transform.NewReader(part, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder())
	}
	return part
}

// sameCharset is for parts that declare UTF-16 and have been converted to UTF-8.
func sameCharset(charset string, text io.Reader) (io.Reader, error) {
	switch charset {
	case "utf-16", "UTF-16", "utf-16le", "UTF-16LE", "utf-16be", "UTF-16BE":
		return text, nil
	}
	return nil, damaged(reason.New("workbook_encoding", "encoding", charset))
}

// decoder returns a decoder that checks the nesting of elements, and resolves the namespaces of their names.
func (l *limiter) decoder() *xml.Decoder { return xml.NewTokenDecoder(l) }

// charge counts work that is not visible in the tags and texts of the part.
func (l *limiter) charge(tokens int) { *l.left -= int64(tokens) }

// beginPiece starts counting the bytes of a row or of a text.
func (l *limiter) beginPiece() { l.begin = l.raw.InputOffset() }

// Token implements [xml.TokenReader].
func (l *limiter) Token() (xml.Token, error) {
	l.bytes.left = maxToken + partBuffer
	token, err := l.raw.RawToken()
	switch e := token.(type) {
	case xml.StartElement:
		l.depth++
		l.charge(len(e.Attr))
		if name, twice := repeatedAttribute(e.Attr); twice {
			return nil, damaged(reason.New("workbook_attribute_twice", "element", e.Name.Local, "attribute", name))
		}
	case xml.EndElement:
		l.depth--
	}
	l.charge(1)
	switch {
	case err != nil:
		return token, err
	case l.depth > maxDepth:
		return nil, damaged(reason.New("workbook_too_deep", "max", maxDepth))
	case *l.left < 0:
		return nil, errTooFull
	case l.raw.InputOffset()-l.begin > maxPiece:
		return nil, reason.New("workbook_piece_too_large", "mib", maxPiece>>20)
	}
	return token, nil
}

// repeatedAttribute returns an attribute that occurs twice, which encoding/xml accepts.
func repeatedAttribute(attributes []xml.Attr) (name string, twice bool) {
	const few = 16
	if len(attributes) > few {
		seen := make(map[xml.Name]bool, len(attributes))
		for _, a := range attributes {
			if seen[a.Name] {
				return a.Name.Local, true
			}
			seen[a.Name] = true
		}
		return "", false
	}
	for i, a := range attributes {
		for _, b := range attributes[:i] {
			if a.Name == b.Name {
				return a.Name.Local, true
			}
		}
	}
	return "", false
}

// boundedReader fails when more than left bytes are read from it. Its user resets left for each piece.
type boundedReader struct {
	r    io.Reader
	left int
}

// Read implements [io.Reader].
func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, reason.New("workbook_piece_too_large", "mib", maxToken>>20)
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
