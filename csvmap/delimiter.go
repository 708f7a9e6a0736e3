package csvmap

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// delimiters are what spreadsheets put between cells, with the names that messages and flags use.
var delimiters = []struct {
	sign rune
	name string
}{{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}}

// ParseDelimiter reads a delimiter as a user writes it: comma, semicolon, tab or pipe, or the sign itself.
func ParseDelimiter(s string) (rune, error) {
	for _, d := range delimiters {
		if s == d.name || s == string(d.sign) || (d.sign == '\t' && s == `\t`) {
			return d.sign, nil
		}
	}
	return 0, fmt.Errorf("unknown delimiter %q: say comma, semicolon, tab or pipe", s)
}

// findDelimiter tells the delimiter from the header line, without consuming it: the sign that occurs there most
// often outside quotes. A header of one column has none; a comma does for it as well as any.
func findDelimiter(text *bufio.Reader) (rune, error) {
	line, err := peekLine(text)
	if err != nil {
		return 0, err
	}
	counts := countUnquoted(line)
	best, tie := delimiters[0], false
	for _, d := range delimiters[1:] {
		switch {
		case counts[d.sign] > counts[best.sign]:
			best, tie = d, false
		case counts[d.sign] == counts[best.sign] && counts[d.sign] > 0:
			tie = true
		}
	}
	if tie {
		return 0, fmt.Errorf("can't tell the delimiter from the header %s: say it with --delimiter", quote(line))
	}
	return best.sign, nil
}

// peekLine returns the first line that holds something, up to the first line break outside quotes.
func peekLine(text *bufio.Reader) (string, error) {
	head, err := text.Peek(text.Size())
	line := strings.TrimLeft(string(head), "\r\n")
	quoted := false
	for i, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			return strings.TrimRight(line[:i], "\r"), nil
		}
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return "", err
	}
	return line, nil
}

func countUnquoted(line string) map[rune]int {
	counts := map[rune]int{}
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[c]++
		}
	}
	return counts
}
