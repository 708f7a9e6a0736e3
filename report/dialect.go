package report

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"razebulk/internal/files"
)

// utf8BOM lets Excel read accents; without it Excel assumes that a CSV file is in the local code page.
const utf8BOM = "\xef\xbb\xbf"

// Dialect is how our CSV files are written, so that they open in the spreadsheet program that wrote the input. The zero
// value uses commas and line feeds.
type Dialect struct {
	Delimiter rune
	CRLF      bool
}

func (d Dialect) delimiter() rune { return cmp.Or(d.Delimiter, ',') }

func (d Dialect) lineEnd() string {
	if d.CRLF {
		return "\r\n"
	}
	return "\n"
}

func (d Dialect) newWriter(to io.Writer) *csv.Writer {
	w := csv.NewWriter(to)
	w.Comma, w.UseCRLF = d.delimiter(), d.CRLF
	return w
}

// encoded encodes cells that begin many lines.
type encoded struct {
	text   bytes.Buffer
	writer *csv.Writer
}

func (d Dialect) newEncoded() *encoded {
	e := &encoded{}
	e.writer = d.newWriter(&e.text)
	return e
}

// cells returns the cells as they appear in a line, with a delimiter after each. The bytes are valid until the next
// call.
func (e *encoded) cells(cells ...string) ([]byte, error) {
	e.text.Reset()
	err := e.writer.Write(append(cells, ""))
	e.writer.Flush()
	return bytes.TrimRight(e.text.Bytes(), "\r\n"), err
}

// headerLine returns the first line of a file with these columns, whose names need no quotes.
func (d Dialect) headerLine(columns []string) string {
	return utf8BOM + strings.Join(columns, string(d.delimiter())) + d.lineEnd()
}

// isReplaceable reports whether a new file may replace the one at this path: its first line is one of the headers, with
// one of the delimiters, or there is no such file.
func isReplaceable(path, delimiters string, headers ...[]string) (bool, error) {
	start, exists, err := startOf(path)
	if err != nil || !exists {
		return err == nil, err
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(start, utf8BOM), "\n")
	line = strings.TrimRight(line, "\r")
	return slices.ContainsFunc(headers, func(columns []string) bool {
		return strings.ContainsFunc(delimiters, func(d rune) bool { return line == strings.Join(columns, string(d)) })
	}), nil
}

// startOf returns the beginning of a file, up to 4 KiB.
func startOf(path string) (start string, exists bool, err error) {
	f, err := files.OpenFile(path, os.O_RDONLY)
	if errors.Is(err, os.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 4<<10))
	return string(text), true, err
}
