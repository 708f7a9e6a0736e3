package csvmap

import (
	"regexp"
	"strings"
	"testing"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/sheettest"

	"pgregory.net/rapid"
)

// escaped does what the program's own files do to a text: a second implementation of the rule, with regular
// expressions.
func escaped(text string) string {
	if formulaStart.MatchString(text) && !numberAlone.MatchString(text) {
		text = "'" + text
	}
	return formulaInside.ReplaceAllString(text, "$1'$2")
}

// unescaped returns what is read from a text that may be escaped.
func unescaped(text string) string {
	if formulaKept.MatchString(text) {
		text = text[1:]
	}
	return keptInside.ReplaceAllString(text, "$1$2")
}

var (
	formulaStart  = regexp.MustCompile(`^'*[=+\-@\t\r\n＝＋－＠]`)
	formulaInside = regexp.MustCompile(`([,;|\t\r\n]"*)('*[=+\-@＝＋－＠])`)
	formulaKept   = regexp.MustCompile(`^'+[=+\-@\t\r\n＝＋－＠]`)
	keptInside    = regexp.MustCompile(`([,;|\t\r\n]"*)'('*[=+\-@＝＋－＠])`)
	numberAlone   = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)?$`)
)

func TestEscapedTextsAreReadAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		beginning := rapid.SampledFrom([]string{"", "'", "''", "=", "'=", "''-", "+", "-5", "'-5", "@", "'x", "-5,1"}).Draw(t, "beginning")
		text := cell.Trim(beginning + rapid.StringOf(rapid.SampledFrom([]rune("'=+-@5.,; aé\t\n\"＝"))).Draw(t, "rest"))
		_, rows, err := inspected(opens("id,notes\nopp_1,\""+strings.ReplaceAll(escaped(text), `"`, `""`)+"\"\n"), Options{})
		switch {
		case err != nil:
			t.Fatal(err)
		case text == "" && len(rows[0].Cells) == 0:
		case len(rows[0].Cells) != 1 || rows[0].Cells[0].Text != text:
			t.Fatalf("%q became %+v", text, rows[0])
		}
	})
}

func TestApostrophes(t *testing.T) {
	for _, c := range []struct{ column, text, want string }{
		{"notes", "'=1+1", "=1+1"},
		{"notes", "''=1+1", "'=1+1"},
		{"notes", "'+55 11", "+55 11"},
		{"notes", "'@ana", "@ana"},
		{"notes", "'\tx", "x"},
		{"notes", "'＝1+1", "＝1+1"},
		{"notes", "'\nx", "x"},
		{"notes", "x;'=1+1;", "x;=1+1;"},
		{"notes", "x,''@a|'-b", "x,'@a|-b"},
		{"notes", "a\n'=1", "a\n=1"},
		{"notes", "a '=1; '-2", "a '=1; '-2"},
		{"notes", "'", "'"},
		{"notes", "'round'", "'round'"},
		{"notes", "d'água", "d'água"},
		{"phone", "'+5511", "+5511"},
		{"deal_value", "'-1.000,50", "-1000.50"},
	} {
		_, rows := readSheet(t, "id,"+c.column+"\n1,\""+c.text+"\"\n", Options{})
		if len(rows[0].Cells) != 1 || rows[0].Cells[0].Text != c.want {
			t.Errorf("%s %q: got %+v", c.column, c.text, rows[0])
		}
	}
}

// TestApostrophesInACellAreNoQuotes has lines of a note that would be separate rows if apostrophes were quotes.
func TestApostrophesInACellAreNoQuotes(t *testing.T) {
	_, rows := readSheet(t, "id,notes\nopp_1,\"''\n',',\"\n", Options{})
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "opp_1", Cells: []Cell{{Field: "notes", Text: "'\n',',"}}})
}

func TestApostropheOfAnID(t *testing.T) {
	_, rows := readSheet(t, "id,name\n'-a,n\n", Options{})
	wantRows(t, rows, named(2, 2, "-a", "n"))
}

func TestEscapedTextIsNoMarker(t *testing.T) {
	_, rows := readSheet(t, "id,notes,phone\n1,'-,-\n", Options{ClearMarker: "-"})
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "phone", Clear: true}, {Field: "notes", Text: "-"}}})
}

func TestMarkerIsNoEscapedText(t *testing.T) {
	sheettest.WantError(t, readError("id,name\n1,a\n", Options{ClearMarker: "'-"}), "--clear-marker", "apostrophe")
}

func TestCopyKeepsApostrophes(t *testing.T) {
	if got := copied(t, "id,notes\n1,'=1\n", Options{}); !strings.Contains(got, "\n1,'=1,") {
		t.Errorf("got %q", got)
	}
}

func TestShieldedTextsAreWhatASpreadsheetShows(t *testing.T) {
	_, rows := readSheet(t, "id,name,phone,deal_value\n=\"007\",\"=\"\"Ana\"\"\",=\"5511987654321\",\"=\"\"1.5\"\"\"\nb,\"=\"\"\"\"\",\"'=\"\"5\"\"\",\n"+
		"c,\"=\"\"a\"\"&\"\"b\"\"\",\"=5\",\nd,,=\"5.5E+12\",\n", Options{})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "007", Cells: []Cell{{Field: "name", Text: "Ana"}, {Field: "phone", Text: "5511987654321"}, {Field: "deal_value", Text: "1.5", Number: true}}},
		Row{Number: 3, Line: 3, ID: "b", Cells: []Cell{{Field: "phone", Text: `="5"`}}},
		Row{Number: 4, Line: 4, ID: "c", Cells: []Cell{{Field: "name", Text: `="a"&"b"`}, {Field: "phone", Text: "=5"}}},
		Row{Number: 5, Line: 5, ID: "d", Problems: []Problem{{Field: "phone", Column: "phone", Value: "5.5E+12", Damage: true,
			Code: "a number that the spreadsheet has shortened, so digits are lost; format the column as text and export it again"}}})
	text := book(t, [][]string{{"id", "name"}, {"1", `="x"`}}, make([][]cell.Kind, 2))
	_, rows = readSheet(t, text, Options{})
	wantRows(t, rows, named(2, 2, "1", `="x"`))
}
