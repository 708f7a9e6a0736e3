package csvmap

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeaderNamesMapWhateverTheirSpelling(t *testing.T) {
	for _, c := range []struct{ name, column string }{
		{"id", "id"},
		{"ID", "id"},
		{" Id ", "id"},
		{"I-D", "id"},
		{"E-mail", "email"},
		{"É-mail", "email"},
		{"E\u0301-mail", "email"},
		{"Nótes", "notes"},
		{"Ñame", "name"},
		{"PHONE", "phone"},
		{"Cömpany", "company"},
		{"Position", "position"},
		{"deal_value", "deal_value"},
		{"Deal  Value", "deal_value"},
		{"deal\nvalue", "deal_value"},
		{"DEAL\u00a0VALUE", "deal_value"},
		{"dealvalue", "deal_value"},
		{"Deal-Currency", "deal_currency"},
		{"responsible-user id", "responsible_user_id"},
		{"Responsible_User_Id", "responsible_user_id"},
		{"status", ignoredColumn},
		{"Created At", ignoredColumn},
		{"raze_status", ignoredColumn},
		{"Raze Message", ignoredColumn},
		{"", unnamedColumn},
		{"  ", unnamedColumn},
	} {
		t.Run(c.name, func(t *testing.T) {
			names, ignore := []string{"id", c.name}, []string(nil)
			if c.column == IDField {
				names = names[1:]
			}
			h, err := mapHeader(names, ignore)
			if err != nil {
				t.Fatal(err)
			}
			if got := h.columns[len(names)-1]; got != c.column {
				t.Errorf("got %s, want %s", got, c.column)
			}
		})
	}
}

func TestEveryFieldIsAColumn(t *testing.T) {
	names := slices.Concat([]string{IDField}, Fields)
	h, err := mapHeader(names, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(names, h.columns); diff != "" {
		t.Error(diff)
	}
}

func TestReadOnlyColumnsAreListedAndIgnored(t *testing.T) {
	names := []string{"Status", "id", "Source", "Created_At", "updated at", "Campaign-Id", "Campaign Name", "Responsible User", "raze_status"}
	h, err := mapHeader(names, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Status", "Source", "Created_At", "updated at", "Campaign-Id", "Campaign Name", "Responsible User"}, h.readOnly); diff != "" {
		t.Error(diff)
	}
	for i, column := range h.columns {
		if (column == ignoredColumn) != (names[i] != "id") {
			t.Errorf("%s is %s", names[i], column)
		}
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
		{"one of two, named exactly", []string{"id", "Name", "name"}, []string{"name"}, []string{"id", "name", x}},
		{"both, by a third spelling", []string{"id", "Name", "name"}, []string{"NAME"}, []string{"id", x, x}},
		{"one that isn't there", []string{"id", "name"}, []string{"Score"}, []string{"id", "name"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := mapHeader(c.names, c.ignore)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, h.columns); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestColumnsOfAnEarlierRunStayItsOwnWhenIgnored(t *testing.T) {
	h, err := mapHeader([]string{"id", "raze_status", "raze_message"}, []string{"raze_status"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]bool{false, true, true}, h.own); diff != "" {
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
		{"unknown", []string{"id", "Score"}, nil, []string{`column "Score" is not known`, `--ignore-columns "Score"`}},
		{"mistyped", []string{"id", "Deal-Valeu"}, nil, []string{`column "Deal-Valeu" is not known; the nearest name is deal_value`}},
		{"mistyped, with accents", []string{"id", "Responsável_user_id"}, nil, []string{"the nearest name is responsible_user_id"}},
		{"two unknown", []string{"id", "Score", "Nmae"}, nil, []string{`"Score"`, `column "Nmae" is not known; the nearest name is name`, `--ignore-columns "Score,Nmae"`}},
		{"an unknown one with a comma", []string{"id", "Score, total", "Nmae"}, nil, []string{`--ignore-columns "\"Score, total\",Nmae"`}},
		{"signs alone", []string{"id", "_-"}, nil, []string{`column "_-" is not known`}},
		{"two for one field", []string{"id", "E-mail", "email"}, nil, []string{`columns "E-mail", "email" all stand for email`, `--ignore-columns "email"`}},
		{"two ids", []string{"ID", "id"}, nil, []string{`columns "ID", "id" all stand for id`}},
		{"two and an unknown", []string{"id", "E-mail", "Score", "email"}, nil, []string{`"Score" is not known`, "all stand for email", `--ignore-columns "Score,email"`}},
		{"unknown and no id", []string{"opportunity", "name"}, nil, []string{`column "opportunity" is not known`, "no column for the opportunity's id", `"opportunity", "name"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := mapHeader(c.names, c.ignore)
			wantError(t, err, c.want...)
		})
	}
}

func TestHeaderWithoutFaultsNamesNoFlag(t *testing.T) {
	_, err := mapHeader([]string{"name"}, nil)
	if err == nil || strings.Contains(err.Error(), "--ignore-columns") {
		t.Errorf("got %v", err)
	}
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q lacks %q", err, part)
		}
	}
}
