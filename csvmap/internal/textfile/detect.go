package textfile

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

	"razebulk/csvmap/internal/codepage"
	"razebulk/internal/reason"
)

// detectCharset uses the name that the user gives; else the byte order mark; else UTF-8 if all bytes, or nearly all,
// are valid; else UTF-16 by its zero bytes; else it guesses by the letters, see [detected.guess]. It reads the whole
// file once, or twice for UTF-16 without a mark and for Asian letters.
func detectCharset(file io.ReaderAt, size int64, name string) (charset, error) {
	start := make([]byte, min(size, 4))
	if err := readAt(file, start, 0); err != nil {
		return charset{}, err
	}
	chosen, known := markedCharset(string(start))
	if name == "" && isUTF32(start) {
		return charset{}, reason.New("encoding_not_read", "encoding", "UTF-32", "likely", "")
	}
	if name != "" {
		named, err := namedCharset(name, chosen)
		if err != nil {
			return charset{}, err
		}
		chosen, known = named, true
	}
	if known && chosen.encoding != nil {
		return chosen, chosen.verify(file, size)
	}
	d, err := detect(file, size)
	switch {
	case err != nil:
		return charset{}, err
	case known:
		chosen.curly = d.curly
		return chosen, d.utf8Error(file, chosen, name != "")
	}
	return d.unnamed(file, size)
}

// unnamed returns the encoding of a file that nothing declares.
func (d *detected) unnamed(file io.ReaderAt, size int64) (charset, error) {
	plain := utf8Charset
	plain.curly = d.curly
	switch {
	case d.zeros() > 0:
		found, err := d.utf16(size)
		if err == nil {
			err = found.verify(file, size)
		}
		return found, err
	case d.notUTF8 < 0 && d.multibyte == 0:
		return plain, d.seven.err()
	case d.notUTF8 < 0:
		return plain, nil
	case d.isMixed():
		plain.mixed, plain.curly = true, true
		return plain, nil
	}
	return d.guess(file, size)
}

// detected is what one pass over the bytes of a file shows about its encoding.
type detected struct {
	zeroEven  int         // zero bytes at even offsets
	zeroOdd   int         // zero bytes at odd offsets
	notUTF8   int64       // the offset of the first byte that is not UTF-8; -1 for none
	multibyte int         // UTF-8 characters beyond ASCII; a block without invalid bytes counts as one
	invalid   int         // bytes that are not UTF-8
	curly     bool        // the text has typographic quotes
	seven     sevenBits   // while everything is ASCII
	western   westernScan // what the text looks like as Windows-1252
	sample    codepage.Sample
}

func detect(file io.ReaderAt, size int64) (detected, error) {
	d := detected{notUTF8: -1}
	buffer := make([]byte, headSize)
	for at := int64(0); at < size; {
		block := buffer[:min(headSize, size-at)]
		if err := readAt(file, block, at); err != nil {
			return d, err
		}
		if at+int64(len(block)) < size {
			block = block[:len(block)-cutRune(block)] // the rest is read again with what follows it
		}
		d.take(block, at)
		at += int64(len(block))
	}
	return d, nil
}

// readAt fills p from the file.
func readAt(file io.ReaderAt, p []byte, at int64) error {
	_, err := io.ReadFull(io.NewSectionReader(file, at, int64(len(p))), p)
	return err
}

// cutRune returns how many bytes at the end of the block belong to a character that continues after it.
func cutRune(block []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(block); back++ {
		if last := block[len(block)-back:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return back
		}
	}
	return 0
}

func (d *detected) take(block []byte, at int64) {
	d.countZeros(block, at)
	switch {
	case asciiPrefix(block) == len(block):
		if d.multibyte == 0 && d.notUTF8 < 0 {
			d.seven.take(block)
		}
		d.western.skip(block, at)
	case utf8.Valid(block):
		d.multibyte++
		d.western.skip(block, at)
		d.curly = d.curly || bytes.Contains(block, []byte("“"))
	default:
		if d.notUTF8 < 0 {
			d.notUTF8 = at + int64(invalidAt(block))
		}
		d.count(block)
		d.western.take(block, at)
		d.sample.Take(block, at)
	}
}

func (d *detected) countZeros(block []byte, at int64) {
	for i := bytes.IndexByte(block, 0); i >= 0 && i < len(block); i++ {
		switch {
		case block[i] != 0:
		case (at+int64(i))%2 == 0:
			d.zeroEven++
		default:
			d.zeroOdd++
		}
	}
}

// count counts the UTF-8 characters and the invalid bytes of a block that is not entirely UTF-8.
func (d *detected) count(block []byte) {
	for i := 0; i < len(block); {
		if block[i] < utf8.RuneSelf {
			i += asciiPrefix(block[i:])
			continue
		}
		_, size := utf8.DecodeRune(block[i:])
		if size > 1 {
			d.multibyte++
		} else {
			d.invalid++
		}
		i += size
	}
}

// isMixed reports whether a text is UTF-8 except for a few bytes, from rows that were pasted from elsewhere. In a
// text in another encoding some bytes form UTF-8 characters by chance.
func (d *detected) isMixed() bool { return d.multibyte >= 3 && d.multibyte >= 3*d.invalid }

// invalidAt returns the offset of the first byte that is not UTF-8.
func invalidAt(block []byte) int {
	for i := 0; ; {
		r, size := utf8.DecodeRune(block[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

func (d *detected) zeros() int { return d.zeroEven + d.zeroOdd }

// utf8Error refuses bytes that are not UTF-8 if the user or the byte order mark says that they are.
func (d *detected) utf8Error(file io.ReaderAt, c charset, named bool) error {
	if d.notUTF8 < 0 {
		return nil
	}
	at, err := c.placeOf(file, d.notUTF8)
	switch {
	case err != nil:
		return err
	case named:
		return at.wrong(c.name)
	}
	return reason.New("encoding_mark_wrong", "place", at.String())
}

// isUTF32 reports whether a file begins with four bytes per character, with or without a byte order mark.
func isUTF32(start []byte) bool {
	first := string(start)
	return first == "\xff\xfe\x00\x00" || first == "\x00\x00\xfe\xff" ||
		len(first) == 4 && (first[1:] == "\x00\x00\x00" && first[0] != 0 || first[:3] == "\x00\x00\x00" && first[3] != 0)
}

// utf16 distinguishes the two forms of UTF-16: all or nearly all letters of Latin languages have a zero as their high
// byte.
func (d *detected) utf16(size int64) (charset, error) {
	// A zero byte in the other position belongs to a rare character such as U+0100.
	const maxOther = 20
	// In a Chinese or Japanese sheet only ids, delimiters and line endings have one.
	enough := int(min(size/8+1, max(8, size/32)))
	mostly := func(a, b int) bool { return size%2 == 0 && a >= enough && a >= maxOther*b }
	switch {
	case mostly(d.zeroOdd, d.zeroEven):
		return utf16LECharset, nil
	case mostly(d.zeroEven, d.zeroOdd):
		return utf16BECharset, nil
	}
	return charset{}, reason.New("zero_bytes")
}

// asciiPrefix returns how many ASCII bytes the block begins with.
func asciiPrefix(block []byte) int {
	n := 0
	for ; len(block)-n >= 8; n += 8 {
		if binary.LittleEndian.Uint64(block[n:])&0x8080808080808080 != 0 {
			break
		}
	}
	for n < len(block) && block[n] < utf8.RuneSelf {
		n++
	}
	return n
}
