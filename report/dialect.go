package report

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"razebulk/internal/files"
)

// utf8BOM lets Excel read accents; without it Excel takes a CSV file for the local code page.
const utf8BOM = "\xef\xbb\xbf"

// Dialect is how a CSV file of ours is written, so that it opens in the spreadsheet program that wrote the input. The
// zero value has commas and line feeds.
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

// headerLine is the first line of a file with these columns, whose names need no quotes.
func (d Dialect) headerLine(columns []string) string {
	return utf8BOM + strings.Join(columns, string(d.delimiter())) + d.lineEnd()
}

// isReplaceable reports whether a new file may replace the one of this path: its first line is one of the headers, with
// one of the delimiters, or there is no such file.
func isReplaceable(path, delimiters string, headers ...[]string) (bool, error) {
	f, err := files.OpenFile(path, os.O_RDONLY)
	if errors.Is(err, os.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	line, err := bufio.NewReader(io.LimitReader(f, 4<<10)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	line = strings.TrimRight(strings.TrimPrefix(line, utf8BOM), "\r\n")
	return slices.ContainsFunc(headers, func(columns []string) bool {
		return strings.ContainsFunc(delimiters, func(d rune) bool { return line == strings.Join(columns, string(d)) })
	}), nil
}
