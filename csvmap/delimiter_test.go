package csvmap

import (
	"bufio"
	"strings"
	"testing"
)

func TestParseDelimiter(t *testing.T) {
	for _, c := range []struct {
		text string
		want rune
	}{
		{"comma", ','}, {",", ','}, {"semicolon", ';'}, {";", ';'}, {"tab", '\t'}, {"\t", '\t'}, {`\t`, '\t'}, {"pipe", '|'}, {"|", '|'},
		{"", 0}, {":", 0}, {",,", 0}, {"Comma", 0}, {`\`, 0},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, err := ParseDelimiter(c.text)
			if got != c.want || (err == nil) != (c.want != 0) {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestDelimiterIsFoundInTheHeader(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       rune
	}{
		{"comma", "id,name\n1,a;b;c\n", ','},
		{"semicolon", "id;name\n1;a,b,c\n", ';'},
		{"tab", "id\tname\n", '\t'},
		{"pipe", "id|name\n", '|'},
		{"one column", "id\n1;2;3\n", ','},
		{"no line end", "id;name", ';'},
		{"CRLF", "id;name\r\n1,2,3\r\n", ';'},
		{"the more frequent", "id;status;raze_status,\n", ';'},
		{"not inside quotes", "id;\"name,,,\"\n", ';'},
		{"not inside quotes over lines", "id;\"name,\n,,\"\n", ';'},
		{"not inside doubled quotes", "id;\"name\"\",,,\"\"\"\n", ';'},
		{"after quotes that hold a line break", "\"i\nd\";name;notes\n1,2,3\n", ';'},
		{"behind a BOM", "\ufeff\"id\";\"name\"\n", ';'},
		{"behind blank lines", "\r\n\nid;name\n,,,\n", ';'},
	} {
		t.Run(c.name, func(t *testing.T) {
			source, err := newSource(bufio.NewReader(strings.NewReader(c.text)))
			if err != nil {
				t.Fatal(err)
			}
			got, err := findDelimiter(bufio.NewReader(source))
			if got != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestDelimiterThatCannotBeTold(t *testing.T) {
	_, err := Open(strings.NewReader("\n\nid,name;notes\n"), Options{})
	wantError(t, err, `can't tell the delimiter from the header "id,name;notes"`, "--delimiter")
}

func TestDelimiterOptionOverrides(t *testing.T) {
	sheet, rows := readSheet(t, "id;name,x,y\n1;2,3,4\n", Options{Delimiter: ';', Ignore: []string{"name,x,y"}})
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1"})
	if sheet.Delimiter != ';' {
		t.Errorf("got %q", sheet.Delimiter)
	}
}
