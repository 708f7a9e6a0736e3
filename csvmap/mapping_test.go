package csvmap

import (
	"testing"

	"razebulk/csvmap/internal/sheettest"

	"github.com/google/go-cmp/cmp"
)

func TestParseMapping(t *testing.T) {
	for _, c := range []struct {
		text string
		want Mapping
	}{
		{"Cliente=name", Mapping{Column: "Cliente", Field: "name"}},
		{" Cliente =name", Mapping{Column: "Cliente", Field: "name"}},
		{"a=b=c=name", Mapping{Column: "a=b=c", Field: "name"}},
		{"Código=id", Mapping{Column: "Código", Field: "id"}},
		{"Total=deal_value", Mapping{Column: "Total", Field: "deal_value", Number: true}},
		{"Total=deal_value:number", Mapping{Column: "Total", Field: "deal_value", Number: true}},
		{"Cliente=name:string", Mapping{Column: "Cliente", Field: "name"}},
		{"Score=score:number", Mapping{Column: "Score", Field: "score", Number: true}},
		{"Temperature=leadTemperature_2:string", Mapping{Column: "Temperature", Field: "leadTemperature_2"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, err := ParseMapping(c.text)
			if got != c.want || err != nil {
				t.Fatalf("got %+v, %v", got, err)
			}
			if back, err := ParseMapping(got.String()); back != got || err != nil {
				t.Errorf("%s is read as %+v, %v", got, back, err)
			}
		})
	}
}

func TestWrongMappings(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "Column=field"}, {"name", "Column=field"}, {"=name", "Column=field"}, {" =name", "Column=field"}, {"Cliente=", "Column=field"},
		{"Stage=status", "status can't be changed by an update"}, {"Stage=status:string", "can't be changed"},
		{"Total=deal_value:string", "deal_value is of another kind; leave :string out"}, {"Cliente=name:number", "name is of another kind"}, {"Code=id:number", "id is of another kind"},
		{"Score=score", "the API documents no field score; there are name, email"}, {"Score=score", "write score:string or score:number"},
		{"Score=score:text", `the kind "text" is neither string nor number`}, {"Score=score:", `the kind "" is neither`},
		{"Score=a b:number", `"a b" is not the name of a field`}, {"Score=1a:number", "not the name"}, {"Score=é:number", "not the name"}, {"Score=:number", "not the name"}, {"Score=(x):string", "not the name"},
	} {
		t.Run(c.text, func(t *testing.T) {
			m, err := ParseMapping(c.text)
			sheettest.WantError(t, err, c.want)
			if m != (Mapping{}) {
				t.Errorf("got %+v", m)
			}
		})
	}
}

func mapped(t testing.TB, words ...string) (all []Mapping) {
	t.Helper()
	for _, word := range words {
		m, err := ParseMapping(word)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

func TestMappingGoesBeforeWhatHeadersSay(t *testing.T) {
	for _, c := range []struct {
		name           string
		header, ignore []string
		words, want    []string
	}{
		{"unknown", []string{"id", "Cliente"}, nil, []string{"Cliente=name"}, []string{"id", "name"}},
		{"in another spelling", []string{"id", "Nome do  Cliente"}, nil, []string{"nome_do_cliente=name"}, []string{"id", "name"}},
		{"known", []string{"id", "notes", "name"}, nil, []string{"notes=position"}, []string{"id", "position", "name"}},
		{"swapped", []string{"id", "notes", "name"}, nil, []string{"notes=name", "name=notes"}, []string{"id", "name", "notes"}},
		{"read-only", []string{"id", "status"}, nil, []string{"status=notes"}, []string{"id", "notes"}},
		{"undocumented", []string{"id", "Score"}, nil, []string{"Score=score:number"}, []string{"id", "score"}},
		{"one of two, named exactly", []string{"id", "Name", "name"}, nil, []string{"Name=company"}, []string{"id", "company", "name"}},
		{"the id", []string{"id", "Código"}, []string{"id"}, []string{"Código=id"}, []string{ignoredColumn, "id"}},
		{"before what is left out", []string{"id", "Score", "score"}, []string{"SCORE"}, []string{"Score=score:string"}, []string{"id", "score", ignoredColumn}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, understood(t, Options{Mappings: mapped(t, c.words...), Ignore: c.ignore}, c.header...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMappingsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		name, header, ignore string
		words                []string
		want                 string
	}{
		{"absent", "id,name", "", []string{"Cliente=name"}, `--map "Cliente=name": the sheet has no such column, or another --map means it; its headers are "id", "name"`},
		{"of a column without a name", "id,,name", "", []string{"-=notes"}, `--map "-=notes": the sheet has no such column`},
		{"twice", "id,a", "", []string{"a=name", "a=notes"}, `column "a" is in --map twice`},
		{"twice in two spellings", "id,Lead Score", "", []string{"Lead Score=name", "lead_score=notes"}, `--map "lead_score=notes"`},
		{"left out", "id,a", "a", []string{"a=name"}, `column "a" is in --map and in --ignore-columns`},
		{"two columns for one field", "id,a,b", "", []string{"a=name", "b=name"}, `columns "a", "b" are all read as name`},
		{"two columns by one word", "id,A b,a_b", "", []string{"AB=name"}, `columns "A b", "a_b" are all read as name`},
		{"beside the column itself", "id,a,name", "", []string{"a=name"}, `columns "a", "name" are all read as name`},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Options{Mappings: mapped(t, c.words...), Delimiter: ','}
			if c.ignore != "" {
				o.Ignore = []string{c.ignore}
			}
			sheettest.WantError(t, readError(c.header+"\n1,x,y\n", o), c.want)
		})
	}
}

func TestMappedNumbersAreReadAsTheSheetIs(t *testing.T) {
	r, rows := readSheet(t, "id;Valor;Score;Note\n1;1.234,5;1,5;01\n2;1.234;2.123;1.234\n", Options{Mappings: mapped(t, "Score=score:number", "Note=remark:string")})
	wantRows(t, rows,
		Row{Number: 2, Line: 2, ID: "1", Cells: []Cell{{Field: "deal_value", Text: "1234.5", Number: true}, {Field: "score", Text: "1.5", Number: true}, {Field: "remark", Text: "01"}}},
		Row{Number: 3, Line: 3, ID: "2", Cells: []Cell{{Field: "deal_value", Text: "1234", Number: true}, {Field: "score", Text: "2123", Number: true}, {Field: "remark", Text: "1.234"}}})
	if diff := cmp.Diff([]string{"id", "deal_value:number,", "score:number,", "remark"}, r.Columns()); diff != "" {
		t.Error(diff)
	}
}

func TestWordForAColumnToLeaveOut(t *testing.T) {
	for _, c := range []struct {
		header, ignore string
		words          []string
		want           string // a part of the error; "" for none
	}{
		{"id,Valor", "Valr", nil, `--ignore-columns "Valr": the sheet has no such column, or a --map means it; its headers are "id", "Valor"`},
		{"id,Valor", `a,"b`, nil, `--ignore-columns '"a,""b"': the sheet`},
		{"id,Valor", "VALOR ", nil, ""},
		{"id,Valor", "raze_status", nil, ""}, {"id,Valor", "Raze Clear", nil, ""}, {"id,Valor", "raze_undo", nil, ""}, {"id,Valor", "raze_x", nil, `--ignore-columns "raze_x"`},
		{"id,Obs", "Obs", []string{"obs=notes"}, `--ignore-columns "Obs": the sheet has no such column, or a --map means it`},
		{"id,Obs", "obs", []string{"obs=notes"}, `column "obs" is in --map and in --ignore-columns`},
		{"id,Name,name", "name", []string{"Name=company"}, ""},
	} {
		err := readError(c.header+"\n", Options{Ignore: []string{c.ignore}, Mappings: mapped(t, c.words...), Delimiter: ','})
		if c.want == "" && err == nil {
			continue
		}
		sheettest.WantError(t, err, c.want)
	}
}
