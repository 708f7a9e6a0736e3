package xlsx

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
)

// maxSharedStrings keeps the memory for their offsets below 64 MiB. A full sheet of 16 text columns has fewer.
const maxSharedStrings = 16 << 20

// sharedStrings are the texts that cells refer to by number. They can be as large as the sheet, so they are kept in a
// file.
type sharedStrings struct {
	file io.ReaderAt
	ends []uint32 // the end of each text in the file
}

// readSharedStrings writes the texts of the part to an empty file.
func readSharedStrings(p *parts, part io.Reader, file *os.File) (*sharedStrings, error) {
	s := &sharedStrings{file: file}
	out := bufio.NewWriterSize(file, partBuffer)
	limited := newLimiter(part, &p.left)
	decoder := limited.decoder()
	for end := 0; ; {
		limited.beginPiece()
		text, err := nextSharedString(decoder)
		if errors.Is(err, io.EOF) {
			return s, out.Flush()
		}
		if err == nil && len(s.ends) == maxSharedStrings {
			err = errTooFull
		}
		if err != nil {
			return nil, p.within(reason.New("workbook_in_texts"), err)
		}
		if _, err := out.WriteString(text); err != nil {
			return nil, err
		}
		end += len(text)
		s.ends = append(s.ends, uint32(end)) // fits: maxWorkbook is less
	}
}

func nextSharedString(decoder *xml.Decoder) (string, error) {
	for {
		token, err := decoder.Token()
		if err != nil {
			return "", err
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "si" {
			return richText(decoder, e.Name.Space)
		}
	}
}

// at returns the text with a number. It is read into buffer, which grows as needed.
func (s *sharedStrings) at(index string, buffer *[]byte) (string, error) {
	i, err := strconv.Atoi(strings.TrimSpace(index))
	if err != nil || s == nil || i < 0 || i >= len(s.ends) {
		return "", damaged(reason.New("workbook_text_missing", "index", index))
	}
	begin := uint32(0)
	if i > 0 {
		begin = s.ends[i-1]
	}
	size := int(s.ends[i] - begin)
	*buffer = slices.Grow((*buffer)[:0], size)[:size]
	_, err = s.file.ReadAt(*buffer, int64(begin))
	return string(*buffer), err
}

var errTextUnsure = damaged(reason.New("workbook_text_unsure"))

// richText joins the text of the element that the decoder is in, whose elements have this namespace. It skips
// phonetic hints of East Asian text.
func richText(decoder *xml.Decoder, space string) (string, error) {
	var text strings.Builder
	for depth := 1; depth > 0; {
		token, err := decoder.Token()
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "t":
				if e.Name.Space != space {
					return "", errTextUnsure
				}
				var run string
				run, err = elementText(decoder)
				text.WriteString(run)
			case "rPh":
				err = decoder.Skip()
			default:
				depth++
			}
			if err != nil {
				return "", err
			}
		case xml.EndElement:
			depth--
		}
	}
	return text.String(), nil
}

func elementText(decoder *xml.Decoder) (string, error) {
	var text []byte
	for {
		token, err := decoder.Token()
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.CharData:
			text = append(text, e...)
		case xml.StartElement:
			return "", damaged(reason.New("workbook_text_element", "element", e.Name.Local))
		case xml.EndElement:
			return unescapeText(string(text)), nil
		}
	}
}

var escapedText = lazyregexp.New(`(?:_x[0-9A-Fa-f]{4}_)+`)

// unescapeText undoes how Excel escapes characters that XML can't contain: ST_Xstring, ECMA-376, part 1, section
// 22.9.2.19.
func unescapeText(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escapedText.ReplaceAllStringFunc(text, func(found string) string {
		var units []uint16
		for ; found != ""; found = found[len("_x0000_"):] {
			unit, _ := strconv.ParseUint(found[len("_x"):len("_x0000")], 16, 16) // can't fail: the pattern has 4 hex digits
			units = append(units, uint16(unit))
		}
		return string(utf16.Decode(units))
	})
}
