package csvmap

import (
	"testing"

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
