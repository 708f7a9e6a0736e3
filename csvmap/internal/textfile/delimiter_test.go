package textfile

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"
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

func TestDelimiterIsFoundInTheFirstRows(t *testing.T) {
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
		{"CRLF", "id;name\r\n1;2,3\r\n", ';'},
		{"CR", "id;name\r1;2,3\r", ';'},
		{"not inside quotes", "id;\"name,,,\"\n", ';'},
		{"not inside quotes over lines", "id;\"name,\n,,\"\n", ';'},
		{"not inside doubled quotes", "id;\"name\"\",,,\"\"\"\n", ';'},
		{"after quotes that hold a line break", "\"i\nd\";name;notes\n1,2,3\n", ';'},
		{"behind a BOM", "\ufeff\"id\";\"name\"\n", ';'},
		{"behind blank lines", "\r\n\nid;name\n,,,\n", ';'},
		{"more of another character in the header", "id;name (a,b,c);notes\n1;x;y\n2;x;y\n", ';'},
		{"more of another character in every row", "id;name;notes\n1;a,b,c;d,e,f\n2;a;b,,,\n", ';'},
		{"as many cells, but no id", "id;a,name;b\n1;x,y;z\n", ';'},
		{"by the id in another language", "ID do negócio|Nome;x\n1|2;3\n", '|'},
		{"a header of known names beats one more", "id,notes|x|y\n1,2\n", ','},
		{"rows that fit go before names that are known", "id,name,phone;id;x\n1,2;3;4\n", ';'},
		{"rows that fit, where the text is cut within one", "id,name,phone;id;x\n" + strings.Repeat("\""+strings.Repeat("1,2\n", 1000)+"\";3;4\n", 20), ';'},
		{"a row that can't be read with it", "id,name;id\n1,2;3\n\"a\";b\n", ';'},
		{"what --map and --ignore-columns name is an id, too", "Código;x,y\n1;2,3\n", ';'},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := detect1(c.text, Options{})
			if err != nil || f.Delimiter != c.want {
				t.Errorf("got %q, %v; want %q", f.Delimiter, err, c.want)
			}
		})
	}
}

func TestDelimiterIsFoundWhereTheTextIsCut(t *testing.T) {
	for _, cell := range []string{"a,b", "\"a;b\n\"", "5\" ,"} {
		text := "id;name\n" + strings.Repeat("1;"+cell+"\n", 3*headSize/len(cell))
		f, rows := readSheet(t, text, Options{})
		if f.Delimiter != ';' || len(rows) != 3*headSize/len(cell) {
			t.Errorf("%q: got %q, %d rows", cell, f.Delimiter, len(rows))
		}
	}
}

func TestDelimiterThatCannotBeTold(t *testing.T) {
	for _, c := range []struct {
		text, want string
	}{
		{"a,name;b\n", "can't tell whether comma or semicolon separates the cells: say it with --delimiter"},
		{"name|notes\temail|name\tphone\n1|2\t3|4\t5\n", "tab or pipe"},
	} {
		sheettest.WantError(t, readError(c.text, Options{}), c.want)
	}
}

func TestDelimiterOptionOverrides(t *testing.T) {
	f, rows := readSheet(t, "id;name,x,y\n1;2,3,4\n", Options{Delimiter: ';'})
	wantRows(t, rows, named(2, 2, "1", "2,3,4"))
	if f.Delimiter != ';' {
		t.Errorf("got %q", f.Delimiter)
	}
	f, rows = readSheet(t, "sep=,\nid|name\n1|2\n", Options{Delimiter: '|'})
	wantRows(t, rows, named(2, 3, "1", "2"))
	if f.Delimiter != '|' {
		t.Errorf("beside a sep line: got %q", f.Delimiter)
	}
}

func TestSepLineThatTheRowsContradict(t *testing.T) {
	for _, c := range []struct {
		sheet string
		want  rune
	}{
		{"sep=,\nid;name\n1;2\n", ';'},
		{"sep=;\nid,name\n1,2\n2,3\n", ','},
		{"sep=,\nid;name\n1;2\n2;3;4\n", ','}, // uncertain
		{"sep=,\na;b\n1;2\n", ','},
		{"sep=,\nid\n1\n", ','},
	} {
		if f, err := detect1(c.sheet, Options{}); f.Delimiter != c.want || err != nil {
			t.Errorf("%q: %q, %v", c.sheet, f.Delimiter, err)
		}
	}
}

func TestSepLine(t *testing.T) {
	for _, c := range []struct {
		line string
		want rune
	}{
		{"sep=;", ';'}, {"SEP=,", ','}, {"Sep=|", '|'}, {"sep=\t", '\t'}, {`"sep=;"`, ';'}, {"sep=; ", ';'}, {"sep=;;;", ';'}, {`"sep=;";;`, ';'},
		{"sep=;,,", ','}, {"sep=,;;", ';'}, {"sep=;,,", ';'},
	} {
		t.Run(c.line, func(t *testing.T) {
			f, rows := readSheet(t, fmt.Sprintf("%s\nid%cname\n1%[2]ca\n", c.line, c.want), Options{})
			wantRows(t, rows, named(2, 3, "1", "a"))
			if f.Delimiter != c.want {
				t.Errorf("got %q", f.Delimiter)
			}
		})
	}
	for _, line := range []string{"sep=", "sep=:", "sep=;a", "sep=comma;"} {
		sheettest.WantError(t, readError(line+"\nid;name\n", Options{}), "the first line, "+strconv.Quote(line), "names a delimiter that is not known")
	}
	_, rows := readSheet(t, "id,name\nsep=;,a\n", Options{})
	wantRows(t, rows, named(2, 2, "sep=;", "a"))
}

func TestNameOfTheDelimiter(t *testing.T) {
	for char, want := range map[rune]string{',': "UTF-8, comma", ';': "UTF-8, semicolon", '\t': "UTF-8, tab", '|': "UTF-8, pipe", ':': "UTF-8, :"} {
		f, _ := readSheet(t, fmt.Sprintf("id%cname\n1%[1]ca\n", char), Options{Delimiter: char})
		if f.words() != want {
			t.Errorf("got %s, want %s", f.words(), want)
		}
	}
}

func TestLineEnd(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "\n"}, {"a", "\n"}, {"a\nb\r\n", "\n"}, {"a\r\nb\n", "\r\n"}, {"a\rb\r", "\r"}, {"a\rb\n", "\n"}, {"\n", "\n"}, {"\r\n", "\r\n"}, {"\r", "\r"},
		{"\"a\nb\"\r\n", "\r\n"}, {"\"a\r\nb\"\n", "\n"}, {"\"a\nb\"\r", "\r"}, {"\"a\"\"\nb\"\r\n", "\r\n"},
	} {
		if got := lineEnd(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
	for text, want := range map[string]bool{"id,\"na\nme\"\r\n1,a\r\n": true, "id,name\n": false, "id,name\r": false} {
		if f, _ := readSheet(t, text, Options{}); (f.LineEnd == "\r\n") != want {
			t.Errorf("%q: got %q", text, f.LineEnd)
		}
	}
}
