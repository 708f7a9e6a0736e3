package csvmap

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/crm"
)

func TestFormulaErrorsAreNeverSent(t *testing.T) {
	for _, text := range []string{
		"#REF!", "#N/A", "#N/D", "#NV", "#VALUE!", "#VALOR!", "#¡VALOR!", "#VALEUR!", "#WERT!", "#NAME?", "#NOME?", "#¿NOMBRE?", "#NOM?", "#DIV/0!", "#¡DIV/0!",
		"#NUM!", "#NÚM!", "#ZAHL!", "#NULL!", "#NULO!", "#SPILL!", "#DESPEJAR!", "#CALC!", "#FIELD!", "#ERROR!", "#ERRO!", "#ref!", "#n/d", "#núm!", "#GETTING_DATA",
		"###", "########", "Err:502", "Err:508", "Loading...", "Carregando...", "Cargando...",
	} {
		_, rows := readSheet(t, "id|name|deal_value\n1|"+text+"|"+text+"\n", Options{})
		if !rows[0].damaged() || len(rows[0].Problems) != 2 || len(rows[0].Cells) != 0 {
			t.Errorf("%s: got %+v", text, rows[0])
		}
	}
}

func TestDamageIsReportedCells(t *testing.T) {
	for _, c := range []struct {
		header, cell string
		damaged      bool
	}{
		{"name", "#REF!", true}, {"deal_value", "#REF!", true}, {"deal_value", "2,4E+05", true}, {"name", "S?o", true}, {"phone", "1E+12", true}, {"phone", "1e+12", true}, {"phone", "5511987654321.0", true}, {"id", "5511987654321.0", true},
		{"email", "x", false}, {"name", "a\x07", false}, {"deal_value", "x", false}, {"deal_value", "1e3", false},
	} {
		text := "id;" + c.header + "\n1;" + c.cell + "\n"
		if c.header == crm.ID {
			text = "id;name\n" + c.cell + ";\n"
		}
		_, rows := readSheet(t, text, Options{})
		if p := rows[0].Problems; len(p) != 1 || p[0].Damage != c.damaged || rows[0].damaged() != c.damaged {
			t.Errorf("%s %q: got %+v", c.header, c.cell, rows[0])
		}
	}
	if (Row{}).damaged() {
		t.Error("a row without problems is damaged")
	}
}

// damagedRows counts rows, of which the damaged ones come first.
func damagedRows(damaged, sound int) (d Damage) {
	for i := range damaged + sound {
		row := Row{Number: i + 2, ID: "a"}
		if i < damaged {
			row.Problems = []Problem{
				{Code: "row_shifted"},
				{Code: "formula_error", Field: "name", Column: "Nome", Value: "#REF!", Damage: true},
			}
		}
		d.Count(row)
	}
	return d
}

func TestSheetOfWhichMoreThanAFifthIsDamagedIsRefused(t *testing.T) {
	for _, c := range []struct {
		damaged, sound int
		refused        bool
	}{
		{0, 0, false}, {0, 5, false}, {1, 4, false}, {20, 80, false}, {200, 800, false}, {1, 3, true}, {21, 79, true}, {201, 799, true}, {1, 0, true},
	} {
		d := damagedRows(c.damaged, c.sound)
		if err := d.Err(); (err != nil) != c.refused || d.Rows != c.damaged+c.sound || d.Damaged != c.damaged {
			t.Errorf("%d of %d: %+v, %v", c.damaged, c.damaged+c.sound, d, err)
		}
	}
}

func TestDamagedSheetNamesItsFirstRows(t *testing.T) {
	d := damagedRows(4, 1)
	const formula = "a spreadsheet error, not a value; fix the formula, or empty the cell to leave the field as it is"
	want := []string{"4 of 5 rows are damaged, more than 20 %: fix them or export the sheet again; nothing was sent"}
	for row := 2; row <= 4; row++ {
		want = append(want, fmt.Sprintf("row %d: more cells than headers: the columns have shifted; look for a cell that needs quotes", row),
			fmt.Sprintf("row %d: Nome \"#REF!\": %s", row, formula))
	}
	if diff := cmp.Diff(want, strings.Split(sheettest.Words(d.Err()), "\n")); diff != "" {
		t.Error(diff)
	}
	if len(d.First) != 3 || d.First[2].Number != 4 || len(d.First[0].Problems) != 2 {
		t.Errorf("got %+v", d.First)
	}
	for _, p := range d.First[0].Problems {
		if p.Params["in_row"] != nil {
			t.Errorf("the problem has become %+v", p)
		}
	}
}
