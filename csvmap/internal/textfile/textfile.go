// Package textfile reads CSV files as real programs write them: it detects the encoding, the delimiter and the line
// endings of a file, and reads its rows with every cell as it is in the file. It does not know what a column means;
// the caller says which headers are known.
package textfile

import (
	"errors"
	"io"
	"strings"

	"razebulk/internal/reason"
)

// headSize is how much of the text is used to detect its dialect.
const headSize = 64 << 10

// Options are settings that a user may give for a file instead of having them detected.
type Options struct {
	// Encoding is a name or label of https://encoding.spec.whatwg.org/#names-and-labels; "" detects it.
	Encoding string
	// Delimiter separates cells; 0 detects it.
	Delimiter rune
	// Field returns the field that a header stands for. The right delimiter yields known headers.
	Field func(header string) (field string, known bool)
	// HeaderRow is the number of the header row; 0 detects it.
	HeaderRow int
}

// Format is how a file writes text, rows and cells.
type Format struct {
	Delimiter rune
	// LineEnd ends a row: "\n", "\r\n" or "\r".
	LineEnd  string
	charset  charset
	preamble string // the line "sep=;", with its line ending
	style    style
}

// Detect reads a whole file once, and its beginning a second time. (UTF-16 without a byte order mark requires a
// second full pass.) It fails if the bytes are not valid text in the encoding, or the delimiter can't be determined.
func Detect(file io.ReaderAt, size int64, o Options) (Format, error) {
	var f Format
	var err error
	if f.charset, err = detectCharset(file, size, o.Encoding); err != nil {
		return f, err
	}
	head, whole, err := f.charset.head(file, size)
	if err != nil {
		return f, err
	}
	f.LineEnd = lineEnd(head)
	if f.charset.guessed && f.LineEnd == "\r" {
		// Most likely Mac OS Roman: as Windows-1252, every accent would be a wrong letter.
		if !f.charset.sample.Macintosh() {
			return f, reason.New("line_ends_of_macintosh")
		}
		f.charset = macintosh
	}
	if f.charset.doubt != nil {
		return f, f.charset.doubt
	}
	return f, f.detectDelimiter(head, whole, o)
}

// detectDelimiter uses what the user says, else the file's own line "sep=;", else the first rows.
func (f *Format) detectDelimiter(head string, whole bool, o Options) error {
	declared, found, err := sepLine(head)
	if err != nil {
		return err
	}
	rows := head
	if found {
		end := strings.IndexAny(head+"\n", "\r\n")
		f.preamble, rows = head[:end]+f.LineEnd, strings.TrimPrefix(head[end:], f.LineEnd)
	}
	switch {
	case o.Delimiter != 0:
		f.Delimiter = o.Delimiter
	case declared != 0:
		f.Delimiter = agreed(declared, rows, whole, f.LineEnd == "\r", o)
	default:
		f.Delimiter, err = findDelimiter(rows, whole, f.LineEnd == "\r", o)
	}
	if err != nil {
		return err
	}
	return f.detectStyle(rows, whole, o)
}

// head returns the beginning of the text, and whether that is all of it.
func (c charset) head(file io.ReaderAt, size int64) (head string, whole bool, err error) {
	start := make([]byte, headSize)
	n, err := io.ReadFull(c.decoder(file, size), start)
	whole = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if whole {
		err = nil
	}
	return strings.ToValidUTF8(string(start[:n]), ""), whole, err
}

// lineEnd returns what ends the first line, ignoring line breaks within quotes. Lone carriage returns count only if
// there is no other line ending in sight, except one at the very end, which may come from a program that doesn't know
// them.
func lineEnd(head string) string {
	body := head
	if strings.HasSuffix(head, "\r\n") {
		body = strings.TrimRight(head, "\r\n")
	}
	quoted, found := false, ""
	for i := range len(body) {
		switch {
		case body[i] == '"':
			quoted = !quoted
		case quoted:
		case body[i] == '\n' && i > 0 && body[i-1] == '\r':
			return "\r\n"
		case body[i] == '\n':
			return "\n"
		case body[i] == '\r':
			found = "\r"
		}
	}
	if found != "" {
		return found
	}
	if len(body) < len(head) {
		return "\r\n"
	}
	return "\n"
}

// Size returns the size of a text without the mark (0x1A) with which programs of MS-DOS end their files, after the last
// line.
func Size(file io.ReaderAt, size int64) int64 {
	const endMark = 0x1a
	var last [2]byte
	if size < 2 {
		return size
	}
	_, _ = file.ReadAt(last[:], size-2) // if it fails, reading the text fails, too
	if last[1] == endMark && (last[0] == '\n' || last[0] == '\r') {
		return size - 1
	}
	return size
}

// Open starts reading the rows of a file in this format.
func (f Format) Open(file io.ReaderAt, size int64) (*Records, error) {
	records := newRecords(f.charset.decoder(file, size), f.Delimiter, f.LineEnd == "\r")
	records.mixed, records.curly, records.style = f.charset.mixed, f.charset.curly || f.charset.encoding != nil, f.style
	if f.preamble == "" {
		return records, nil
	}
	return records, records.skipLine()
}

// Guessed reports whether the encoding is known only from the letters.
func (f Format) Guessed() bool { return f.charset.guessed && f.charset.name != windows1252.name }

// EscapedQuotes reports whether a quote within a cell is written \".
func (f Format) EscapedQuotes() bool { return f.style.escaped }

// Apostrophes reports whether cells are enclosed in apostrophes instead of quotes.
func (f Format) Apostrophes() bool { return f.style.quote == '\'' }

// Encoding returns the name of the encoding.
func (f Format) Encoding() string { return f.charset.name }

// Start returns what precedes the header in a file of this format, as bytes: a byte order mark and a line "sep=;".
func (f Format) Start() []byte { return append([]byte(f.charset.mark), f.Encode(f.preamble)...) }

// NotSYLK returns the cells of the first row of a file without a [Format.Start] so that Excel doesn't mistake the file
// for another kind: it takes one that begins with the letters ID for a "Symbolic Link" file (support.microsoft.com,
// "SYLK: file format is not valid").
func NotSYLK(cells []string) []string {
	if len(cells) > 0 && strings.HasPrefix(cells[0], "ID") {
		return append([]string{"id" + cells[0][2:]}, cells[1:]...)
	}
	return cells
}

// Encode returns the text as bytes. Characters that the encoding lacks become question marks.
func (f Format) Encode(text string) []byte { return f.charset.encode(text) }

// Quote returns a cell as a file of this format writes it, in quotes if it needs them.
func (f Format) Quote(cell string) string {
	quote := string(f.style.quote)
	if !strings.ContainsAny(cell, quote+"\r\n"+string(f.Delimiter)) && !strings.HasPrefix(cell, " ") {
		return cell
	}
	return quote + strings.ReplaceAll(cell, quote, f.style.doubled()) + quote
}
