package csvmap

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func previewOf(t testing.TB, text string, o Options) Preview {
	t.Helper()
	p, err := NewPreview(opens(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPreviewTellsWhatBecomesOfEachColumn(t *testing.T) {
	p := previewOf(t, "ID;Nome;Valor;Etapa;Score;;E-mail;raze_status\n\n"+
		"1;a;1.234;won;9;;x;failed\n2; \"b\" ;x;;;;;\n3;;;;;;;\n4;\"c\"\"\n\";<clear>;;;;<clear>;\n5;d;2,5;;;u;;\n", Options{ClearMarker: "<clear>", Ignore: []string{"score"}})
	const spaced = "refused: \" \\\"b\\\" \": a quote behind a blank may begin a quoted cell or belong to the text; take the blank away, or put the cell in quotes and double the ones inside it"
	want := Preview{Reading: "UTF-8, semicolon, decimal comma", Columns: []ColumnPreview{
		{"A", "ID", "id", []string{"1", "2", "3"}, []string{"-", "-", "-"}},
		{"B", "Nome", "name", []string{"a", `"b"`, "c\""}, []string{`"a"`, spaced, `"c\""`}},
		{"C", "Valor", "deal_value", []string{"1.234", "x", "<clear>"}, []string{"1234", spaced, "null"}},
		{"D", "Etapa", "(read-only)", []string{"won"}, []string{""}},
		{"E", "Score", "(ignored)", []string{"9"}, []string{""}},
		{"F", "", "(unnamed)", []string{"u"}, []string{`refused: "u" stands in a column without a header`}},
		{"G", "E-mail", "email", []string{"x", "<clear>"}, []string{"refused: not a bare e-mail address such as ana@example.com", `""`}},
		{"H", "raze_status", "(ignored)", []string{"failed"}, []string{""}},
	}}
	if diff := cmp.Diff(want, p, cmpopts.EquateEmpty()); diff != "" {
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
		{"two of a kind", "id,name,Nome\n1,a,b\n", Options{}, "all stand for name", "[id name name]"},
		{"numbers of two readings", "id;Valor\n1;1.234\n", Options{}, "can be read in two ways", "[id deal_value]"},
		{"absent mapping", "id,name\n1,a\n", Options{Mappings: mapped(t, "x=name")}, "the sheet has no such column", "[id name]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := previewOf(t, c.text, c.o)
			wantError(t, p.Unusable, c.unusable)
			var fields []string
			for _, column := range p.Columns {
				if fields = append(fields, column.Field); len(column.Values) != 1 || len(column.Sent) != 1 {
					t.Errorf("got %+v", column)
				}
			}
			if got := fmt.Sprint(fields); got != c.fields {
				t.Errorf("got %s", got)
			}
		})
	}
	if p := previewOf(t, "id;Valor\n1;1.234\n", Options{}); p.Columns[1].Sent[0] != "refused: can be read in two ways; say which with --decimal comma or --decimal point" {
		t.Errorf("got %+v", p)
	}
}

func TestPreviewOfWhatIsNoSheet(t *testing.T) {
	for text, want := range map[string]string{"": "empty", "id,name\n1,\"a\n": "line 2: ", "id\x00": "zero bytes"} {
		p, err := NewPreview(opens(text), Options{})
		if err == nil {
			err = p.Unusable
		}
		wantError(t, err, want)
	}
}

func TestPreviewReadsTheFirstRowsAlone(t *testing.T) {
	text := "id,name,notes\n" + strings.Repeat("1,,\n", rowsForShown) + "2,a,\n3,b,c\n"
	p := previewOf(t, text, Options{})
	if got := fmt.Sprint(p.Columns[0].Values, p.Columns[1].Values, p.Columns[2].Values); got != "[1 1 1] [] []" {
		t.Errorf("got %s", got)
	}
}

func TestWhatIsShownAsSentIsJSON(t *testing.T) {
	for _, text := range []string{"a", "\"\\\n\t", "é日😀", "\u2028", "\U000e0001x", "a\u200db", "<&>"} {
		for _, c := range []Cell{{Text: text}, {Clear: true}, {Clear: true, Number: true}, {Text: "1.50", Number: true}} {
			var back any
			err := json.Unmarshal([]byte(c.json()), &back)
			want := any(c.Text)
			if c.Number {
				want = map[bool]any{true: nil, false: 1.5}[c.Clear]
			}
			if err != nil || back != want {
				t.Errorf("%+v is shown as %s: %v", c, c.json(), err)
			}
		}
	}
	if got := (Cell{Text: "<a&b>"}).json(); got != `"<a&b>"` {
		t.Errorf("got %s", got)
	}
}

func TestLetter(t *testing.T) {
	var names bytes.Buffer
	for _, i := range []int{0, 1, 25, 26, 27, 51, 52, 701, 702, 16383} {
		fmt.Fprint(&names, letter(i), " ")
	}
	if names.String() != "A B Z AA AB AZ BA ZZ AAA XFD " {
		t.Errorf("got %s", &names)
	}
}
