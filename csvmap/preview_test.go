package csvmap

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"razebulk/csvmap/internal/naming"
	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/reason"

	"github.com/google/go-cmp/cmp"
)

func previewOf(t testing.TB, text string, o Options) Preview {
	t.Helper()
	p, err := NewPreview(strings.NewReader(text), int64(len(text)), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sent returns the outcome of a value, in words.
func sent(v ValuePreview) string {
	switch {
	case v.Problem != nil:
		return "refused: " + sheettest.Text(reason.Reason{Code: v.Problem.Code, Params: v.Problem.Params})
	case v.Cell == nil:
		return "-"
	case v.Cell.Clear:
		return "cleared"
	}
	return v.Cell.Text
}

// outcomes returns the letter, header and field of each column, then its values and their outcomes.
func outcomes(p Preview) (all [][]string) {
	for _, c := range p.Columns {
		column := []string{c.Letter, c.Header, c.Field}
		for _, v := range c.Values {
			column = append(column, v.Text, sent(v))
		}
		all = append(all, column)
	}
	return all
}

func TestPreviewShowsWhatBecomesOfEachColumn(t *testing.T) {
	p := previewOf(t, "ID;Nome;Valor;Etapa;Score;;E-mail;raze_status\n\n"+
		"1;a;1.234;won;9;;x;failed\n2; \"b\" ;x;;;;;\n3;;;;;;;\n4;\"c\"\"\n\";<clear>;;;;<clear>;\n5;d;2,5;;;u;;\n", Options{ClearMarker: "<clear>", Ignore: []string{"score"}})
	const spaced = "refused: \" \\\"b\\\" \": a quote after a blank may start a quoted cell or belong to the text; remove the blank, or put the cell in quotes and double the ones inside it"
	if got := sheettest.Text(p.Format); got != "UTF-8, semicolon, decimal comma" {
		t.Errorf("got %s", got)
	}
	if diff := cmp.Diff([][]string{
		{"A", "ID", "id", "1", "-", "2", "-", "3", "-"},
		{"B", "Nome", "name", "a", "a", `"b"`, spaced, "c\"", "c\""},
		{"C", "Valor", "deal_value", "1.234", "1234", "x", spaced, "<clear>", "cleared"},
		{"D", "Etapa", "(read-only)", "won", "-"},
		{"E", "Score", "(ignored)", "9", "-"},
		{"F", "", "(unnamed)", "u", `refused: "u" is in a column without a header; write one, or leave the column out with --ignore-columns F`},
		{"G", "E-mail", "email", "x", "refused: not a bare e-mail address such as ana@example.com", "<clear>", "cleared"},
		{"H", "raze_status", "(ignored)", "failed", "-"},
	}, outcomes(p)); diff != "" {
		t.Error(diff)
	}
	want := []ValuePreview{
		{Text: "1.234", Cell: &Cell{Field: "deal_value", Text: "1234", Number: true}},
		{Text: "x", Problem: &Problem{Code: "quote_after_blank", Params: reason.Params{"text": ` "b" `}}},
		{Text: "<clear>", Cell: &Cell{Field: "deal_value", Number: true, Clear: true}},
	}
	if diff := cmp.Diff(want, p.Columns[2].Values); diff != "" {
		t.Error(diff)
	}
}

func TestPreviewOfASheetThatCannotBeUsed(t *testing.T) {
	for _, c := range []struct {
		name, text string
		o          Options
		unusable   string
		fields     string
	}{
		{"unknown column", "id,Scoer\n1,2\n", Options{}, `column "Scoer" is not known`, "[id (unknown)]"},
		{"no id", "name\na\n", Options{}, "no column for the opportunity's id", "[name]"},
		{"two of a kind", "id,name,Nome\n1,a,b\n", Options{}, "are all read as name", "[id name name]"},
		{"numbers of two readings", "id;Valor\n1;1.234\n", Options{}, "can be read in two ways", "[id deal_value]"},
		{"absent mapping", "id,name\n1,a\n", Options{Mappings: mapped(t, "x=name")}, "the sheet has no such column", "[id name]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := previewOf(t, c.text, c.o)
			sheettest.WantError(t, p.Unusable, c.unusable)
			var fields []string
			for _, column := range p.Columns {
				if fields = append(fields, column.Field); len(column.Values) != 1 {
					t.Errorf("got %+v", column)
				}
			}
			if got := fmt.Sprint(fields); got != c.fields {
				t.Errorf("got %s", got)
			}
		})
	}
	if p := previewOf(t, "id;Valor\n1;1.234\n", Options{}); sent(p.Columns[1].Values[0]) != "refused: can be read in two ways; say which with --decimal comma or --decimal point" {
		t.Errorf("got %+v", p)
	}
}

func TestPreviewOfWhatIsNoSheet(t *testing.T) {
	for text, want := range map[string]string{"": "empty", "id,name\n1,\"a\nb\n": "line 2: ", "id\x00": "zero bytes"} {
		p, err := NewPreview(strings.NewReader(text), int64(len(text)), Options{})
		if err == nil {
			err = p.Unusable
		}
		sheettest.WantError(t, err, want)
	}
}

func TestPreviewReadsTheFirstRowsAlone(t *testing.T) {
	text := "id,name,notes\n" + strings.Repeat("1,,\n", rowsForShown) + "2,a,\n3,b,c\n"
	want := [][]string{{"A", "id", "id", "1", "-", "1", "-", "1", "-"}, {"B", "name", "name"}, {"C", "notes", "notes"}}
	if diff := cmp.Diff(want, outcomes(previewOf(t, text, Options{}))); diff != "" {
		t.Error(diff)
	}
}

func TestLetter(t *testing.T) {
	var names bytes.Buffer
	for _, i := range []int{0, 1, 25, 26, 27, 51, 52, 701, 702, 16383} {
		fmt.Fprint(&names, naming.Letter(i), " ")
	}
	if names.String() != "A B Z AA AB AZ BA ZZ AAA XFD " {
		t.Errorf("got %s", &names)
	}
}
