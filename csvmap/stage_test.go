package csvmap

import (
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/crm"
)

func TestStageIsReadWhereItIsAskedFor(t *testing.T) {
	_, rows := readSheet(t, "id,Etapa,Score,name\n1,WON,7,Ana\n", Options{
		Stage: true, Mappings: []Mapping{{Column: "Score", Field: "score", Number: true}},
	})
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{
		{Field: "name", Text: "Ana"}, {Field: "status", Text: "WON"}, {Field: "score", Text: "7", Number: true},
	}})
}

func TestStageIsLeftOutOtherwise(t *testing.T) {
	r, rows := readSheet(t, "id,Etapa,name\n1,nonsense,Ana\n", Options{})
	wantRows(t, rows, named(2, 2, "1", "Ana"))
	if got := strings.Join(r.ReadOnly(), " "); got != "Etapa" {
		t.Errorf("read-only are %s", got)
	}
}

func TestStagesAreHandedOnAsTexts(t *testing.T) {
	for _, c := range []struct{ text, want, reason string }{
		{"new", "new", ""},
		{" Negociação ", "Negociação", ""},
		{"4b1e", "4b1e", ""},
		{"#REF!", "", "a spreadsheet error"},
		{"a\x07", "", "control character"},
		{"-", "", "without its status"},
	} {
		_, rows := readSheet(t, "id,status\n1,"+c.text+"\n", Options{Stage: true, ClearMarker: "-"})
		got, reason := "", ""
		if len(rows[0].Cells) > 0 {
			got = rows[0].Cells[0].Text
		}
		if len(rows[0].Problems) > 0 {
			reason = rows[0].Problems[0].Code
		}
		if sheettest.WantReason(t, reason, c.reason); got != c.want {
			t.Errorf("%q: got %q", c.text, got)
		}
	}
}

func TestPipelineIsHandedOnWithTheStage(t *testing.T) {
	const sheet = "id,Funil,Etapa\n1,Vendas,Ganho\n2,Parcerias,\n"
	_, rows := readSheet(t, sheet, Options{Stage: true})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "1", Pipeline: "Vendas", Cells: []Cell{{Field: "status", Text: "Ganho"}}},
		Row{Number: 3, Line: 3, ID: "2", Pipeline: "Parcerias"})
	r, _ := readSheet(t, sheet, Options{})
	if got := strings.Join(r.ReadOnly(), " "); got != "Funil Etapa" {
		t.Errorf("read-only are %s", got)
	}
}

func TestTitleIsReadOnlyUnlessItIsMapped(t *testing.T) {
	const sheet = "id,title,name\n1,Chefe,Ana\n"
	r, rows := readSheet(t, sheet, Options{})
	wantRows(t, rows, named(2, 2, "1", "Ana"))
	if got := strings.Join(r.ReadOnly(), " "); got != "title" {
		t.Errorf("read-only are %s", got)
	}
	for _, mapping := range []string{"title=position", "title=title:string"} {
		m, err := ParseMapping(mapping)
		if err != nil {
			t.Fatal(err)
		}
		_, rows = readSheet(t, sheet, Options{Mappings: []Mapping{m}})
		wantRows(t, rows, Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "name", Text: "Ana"}, {Field: m.Field, Text: "Chefe"}}})
	}
}

func TestHeaderOfAField(t *testing.T) {
	for _, c := range []struct {
		sheet, header string
		ids           bool
	}{
		{"id,Responsável\n1,a\n", "Responsável", false},
		{"id,ID do responsável\n1,a\n", "ID do responsável", true},
		{"id,name\n1,a\n", "", false},
	} {
		r, _ := readSheet(t, c.sheet, Options{})
		if r.Header(crm.Owner) != c.header || r.HasOwnerIDs() != c.ids {
			t.Errorf("%q: %q, ids %v", c.sheet, r.Header(crm.Owner), r.HasOwnerIDs())
		}
	}
}

func TestNamesThatAreTitles(t *testing.T) {
	for _, c := range []struct {
		sheet, mapping string
		want           bool
	}{
		{"id,Opportunity name\n1,a\n", "", true},
		{"id,deal_name\n1,a\n", "", true},
		{"id,Nome da oportunidade\n1,a\n", "", true},
		{"id,NOME DO NEGÓCIO *\n1,a\n", "", true},
		{"id,Nombre de la oportunidad\n1,a\n", "", true},
		{"id,Nombre del negocio\n1,a\n", "", true},
		{"id,name\n1,a\n", "", false},
		{"id,Contact name\n1,a\n", "", false},
		{"id,Nome completo\n1,a\n", "", false},
		{"id,Deal value\n1,7\n", "", false},
		{"id,Deal name\n1,a\n", "deal name=name", false},
		{"id,Deal name\n1,a\n", "Deal name=company", false},
		{"id,Deal name,raze_undo\n1,a,{}\n", "", false},
	} {
		var o Options
		if c.mapping != "" {
			m, err := ParseMapping(c.mapping)
			if err != nil {
				t.Fatal(err)
			}
			o.Mappings = []Mapping{m}
		}
		if r, _ := readSheet(t, c.sheet, o); r.NameIsTitle() != c.want {
			t.Errorf("%q, %q: %v", c.sheet, c.mapping, !c.want)
		}
	}
}

func TestTwoColumnsOfTheStageAreOneTooMany(t *testing.T) {
	const sheet = "id,status,Etapa\n1,won,won\n"
	sheettest.WantError(t, readError(sheet, Options{Stage: true}), `"status", "Etapa" are all read as status`)
	readSheet(t, sheet, Options{})
}

func TestOnlyIDs(t *testing.T) {
	r, rows := readSheet(t, "Whatever,Valor,Opportunity ID,name,phone,phone,raze_clear\nx,\"1,234\",a,,,,nonsense\n", Options{OnlyID: true})
	wantRows(t, rows, Row{Number: 2, Line: 2, ID: "a"})
	if len(r.ReadOnly()) > 0 {
		t.Errorf("read-only are %s", r.ReadOnly())
	}
	sheettest.WantError(t, readError("a,b\n1,2\n", Options{OnlyID: true}), "no column for the opportunity's id")
	sheettest.WantError(t, readError("id,ID\n1,2\n", Options{OnlyID: true}), "are all read as id")
}
