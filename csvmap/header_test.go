package csvmap

import (
	"slices"
	"strings"
	"testing"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/naming"
	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/crm"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// understood returns the columns that the headers stand for.
func understood(t testing.TB, n Options, names ...string) []string {
	t.Helper()
	h := n.header(names)
	if err := headerProblems(h, 1, 0); err != nil {
		t.Fatal(err)
	}
	var columns []string
	for _, c := range h.columns {
		columns = append(columns, c.field)
	}
	return columns
}

func TestHeaderNamesMapWhateverTheirSpelling(t *testing.T) {
	for _, c := range []struct{ name, column string }{
		{"id", "id"},
		{"ID", "id"},
		{" Id ", "id"},
		{"\u200bid\u00a0", "id"},
		{"I-D", "id"},
		{"E-mail", "email"},
		{"É-mail", "email"},
		{"E\u0301-mail", "email"},
		{"E-mail:", "email"},
		{"Name *", "name"},
		{"Nótes", "notes"},
		{"Ñame", "name"},
		{"PHONE", "phone"},
		{"Cömpany", "company"},
		{"deal_value", "deal_value"},
		{"Deal  Value", "deal_value"},
		{"deal\nvalue", "deal_value"},
		{"DEAL\u00a0VALUE", "deal_value"},
		{"dealvalue", "deal_value"},
		{"VALOR DO NEGOCIO", "deal_value"},
		{"responsible-user id", "responsible_user_id"},
		{"status", readOnlyColumn},
		{"Created At", readOnlyColumn},
		{"Situacao", readOnlyColumn},
		{"raze_status", ignoredColumn},
		{"Raze Message", ignoredColumn},
		{"", unnamedColumn},
		{" \u200b ", unnamedColumn},
	} {
		t.Run(c.name, func(t *testing.T) {
			names := []string{"id", c.name}
			if c.column == crm.ID {
				names = names[1:]
			}
			if got := understood(t, Options{}, names...); got[len(got)-1] != c.column {
				t.Errorf("got %s, want %s", got[len(got)-1], c.column)
			}
		})
	}
}

func TestReadOnlyColumnsAreListed(t *testing.T) {
	r, _ := readSheet(t, "Status,id,Source,Created_At,updated at,Campaign-Id,Campanha,Responsible User,raze_status,name\n", Options{})
	want := []string{"Status", "Source", "Created_At", "updated at", "Campaign-Id", "Campanha", "Responsible User"}
	if diff := cmp.Diff(want, r.ReadOnly()); diff != "" {
		t.Error(diff)
	}
}

func TestIgnoredColumns(t *testing.T) {
	x := ignoredColumn
	for _, c := range []struct {
		name          string
		names, ignore []string
		want          []string
	}{
		{"an unknown one", []string{"id", "Score"}, []string{"Score"}, []string{"id", x}},
		{"in another spelling", []string{"id", "Lead Temperature"}, []string{"lead_temperature"}, []string{"id", x}},
		{"a known one", []string{"id", "name", "notes"}, []string{"Name"}, []string{"id", x, "notes"}},
		{"a known one, not by another name for it", []string{"id", "name", "notes"}, []string{"Nome"}, []string{"id", "name", "notes"}},
		{"one of two, named exactly", []string{"id", "Name", "name"}, []string{"name"}, []string{"id", "name", x}},
		{"both, by a third spelling", []string{"id", "Name", "name"}, []string{"NAME"}, []string{"id", x, x}},
		{"one that isn't there", []string{"id", "name"}, []string{"Score"}, []string{"id", "name"}},
		{"a read-only one", []string{"id", "status"}, []string{"status"}, []string{"id", x}},
		{"one without a name stays", []string{"id", ""}, []string{"-"}, []string{"id", unnamedColumn}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, understood(t, Options{Ignore: c.ignore}, c.names...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestColumnsOfAnEarlierRunStayItsOwnWhenIgnored(t *testing.T) {
	h := Options{Ignore: []string{"raze_status"}}.header([]string{"id", "raze_status", "raze_message"})
	var own []bool
	for _, c := range h.columns {
		own = append(own, c.added)
	}
	if diff := cmp.Diff([]bool{false, true, true}, own); diff != "" {
		t.Error(diff)
	}
}

func TestHeaderErrors(t *testing.T) {
	for _, c := range []struct {
		name          string
		names, ignore []string
		want          []string
	}{
		{"no id", []string{"name", "Notes"}, nil, []string{"no column for the opportunity's id", `"name", "Notes"`, `name the column that holds it "id"`}},
		{"id ignored", []string{"id", "name"}, []string{"id"}, []string{"no column for the opportunity's id"}},
		{"unknown", []string{"id", "Score"}, nil, []string{`column "Score" is not known`, `--map "Column=field"`, `--ignore-columns "Score"`}},
		{"mistyped", []string{"id", "Deal-Valeu"}, nil, []string{`column "Deal-Valeu" is not known; the nearest name is deal_value; if that is meant: --map "Deal-Valeu=deal_value"`}},
		{"mistyped in Portuguese", []string{"id", "Observasões"}, nil, []string{"the nearest name is notes"}},
		{"two unknown", []string{"id", "Score", "Nane"}, nil, []string{`"Score"`, `column "Nane" is not known; the nearest name is name`, `--ignore-columns "Score,Nane"`}},
		{"an unknown one with a comma", []string{"id", "Score, total", "Nmae"}, nil, []string{`--ignore-columns '"Score, total",Nmae'`}},
		{"signs alone", []string{"id", "_-"}, nil, []string{`column "_-" is not known`}},
		{"two for one field", []string{"id", "E-mail", "email"}, nil, []string{`columns "E-mail", "email" are all read as email`, `--ignore-columns "email"`}},
		{"two languages for one field", []string{"id", "Nome", "name"}, nil, []string{`columns "Nome", "name" are all read as name`, `--ignore-columns "name"`}},
		{"two spelt alike", []string{"id", "name", "name"}, nil, []string{`columns "name", "name" are all read as name`, "spelt alike: rename all but one"}},
		{"two ids", []string{"ID", "id"}, nil, []string{`columns "ID", "id" are all read as id`}},
		{"two and an unknown", []string{"id", "E-mail", "Score", "email"}, nil, []string{`"Score" is not known`, "are all read as email", `--ignore-columns "Score,email"`}},
		{"unknown and no id", []string{"xyzzy", "name"}, nil, []string{`column "xyzzy" is not known`, "no column for the opportunity's id", `"xyzzy", "name"`}},
		{"garbled", []string{"id", "ObservaÃ§Ãµes"}, nil, []string{`column "ObservaÃ§Ãµes": letters are garbled`}},
		{"letters lost", []string{"id", "Observa??es", "Observa\ufffdes"}, nil, []string{`column "Observa??es"`, `column "Observa` + "\ufffd" + `es": letters were lost`}},
		{"a spreadsheet error", []string{"id", "#REF!"}, nil, []string{`column "#REF!": a spreadsheet error`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := headerProblems(Options{Ignore: c.ignore}.header(c.names), 1, 0)
			sheettest.WantError(t, err, c.want...)
			text := "\"" + strings.Join(c.names, "\",\"") + "\"\n"
			_, _, whole := inspected(opens(text), Options{Delimiter: ',', Ignore: c.ignore})
			if whole == nil || sheettest.Words(whole) != sheettest.Words(err) {
				t.Errorf("of the sheet: %v", whole)
			}
		})
	}
}

func TestHeaderWithoutUnknownColumnsNamesNoFlag(t *testing.T) {
	err := headerProblems(Options{}.header([]string{"name"}), 1, 0)
	if err == nil || strings.Contains(sheettest.Words(err), "--ignore-columns") {
		t.Errorf("got %v", err)
	}
}

func TestEveryNameStandsForOneColumn(t *testing.T) {
	known := slices.Concat([]string{crm.ID}, crm.Fields, crm.ReadOnly)
	languages := map[string][]string{}
	keys := map[string]naming.Name{}
	for _, n := range naming.All() {
		if !slices.Contains(known, n.Field) || cell.Trim(n.Name) != n.Name || n.Name == "" || !slices.Contains([]string{"en", "pt", "es"}, n.Language) {
			t.Errorf("%+v", n)
		}
		if other, found := keys[naming.Key(n.Name)]; found && other.Field != n.Field {
			t.Errorf("%+v is %+v", n, other)
		}
		keys[naming.Key(n.Name)] = n
		languages[n.Field] = append(languages[n.Field], n.Language)
		h := Options{}.header([]string{n.Name})
		if want := n.Field; h.columns[0].field != want && !(slices.Contains(crm.ReadOnly, want) && h.columns[0].field == readOnlyColumn) {
			t.Errorf("%q stands for %s, want %s", n.Name, h.columns[0].field, want)
		}
		if number := h.columns[0].number; number != (n.Field == "deal_value") {
			t.Errorf("%q holds a number: %v", n.Name, number)
		}
	}
	for _, field := range known {
		got := slices.Compact(slices.Sorted(slices.Values(languages[field])))
		if diff := cmp.Diff([]string{"en", "es", "pt"}, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s has names in %v", field, got)
		}
		if keys[naming.Key(field)].Field != field {
			t.Errorf("%s doesn't stand for itself", field)
		}
	}
}

func TestManyUnknownColumnsGiveAShortMessage(t *testing.T) {
	err := readError("id"+strings.Repeat(",abcdefg", 5000)+"\n", Options{})
	sheettest.WantError(t, err, `column "abcdefg" is not known`, "and 4980 more columns that are not known", "--ignore-columns")
	if lines := strings.Count(sheettest.Words(err), "\n"); lines > maxNamed+2 {
		t.Errorf("%d lines", lines)
	}
}

func TestMoreColumnsThanAnySpreadsheetHas(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	text := "id" + strings.Repeat(",x", 1<<14)
	sheettest.WantError(t, readError(text+"\n", Options{OnlyID: true}), "16385 columns: no spreadsheet has more than 16384")
	if err := readError(text[:len(text)-2]+"\n", Options{OnlyID: true}); err != nil {
		t.Error(err)
	}
}

func TestHeadersOfOtherCRMs(t *testing.T) {
	fields := map[string]string{
		"ID Oportunidade": crm.ID, "ID da oportunidade": crm.ID, "Opportunity ID": crm.ID, "Deal - ID": crm.ID,
		"Deal owner": crm.Owner, "Opportunity Owner": crm.Owner, "Deal - Owner": crm.Owner, "Proprietário da oportunidade": crm.Owner, "Negócio - Proprietário": crm.Owner,
		"Account Name": "company", "Nome da conta": "company", "Deal - Organization": "company",
		"Telefone celular": "phone", "Celular": "phone", "Mobile phone": "phone", "Teléfono móvil": "phone",
		"Deal - Value": crm.Amount, "Opportunity Currency": crm.Currency,
		"Close Date": readOnlyColumn, "Data de fechamento": readOnlyColumn, "Created Date": readOnlyColumn, "Opportunity stage": readOnlyColumn, "Deal - Title": readOnlyColumn,
		// These belong to the account or to another system.
		"Account owner": unknownColumn, "Proprietário da conta": unknownColumn, "Account ID": unknownColumn, "Record ID": unknownColumn, "Contact owner": unknownColumn,
	}
	for name, want := range fields {
		if got := (Options{}).header([]string{name}).columns[0].field; got != want {
			t.Errorf("%q stands for %s, want %s", name, got, want)
		}
	}
	for _, name := range []string{"Account owner", "Contact owner", "Proprietário da conta", "Organization ID", "Company ID", "Person - ID", "ID da empresa"} {
		if nearest := naming.Nearest(name); nearest != "" {
			t.Errorf("%q is close to %s", name, nearest)
		}
	}
}
