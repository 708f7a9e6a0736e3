package csvmap

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

func damageOf(field, text string) string {
	text, t := tidied(text)
	return damage(field, text, t)
}

func TestFormulaErrors(t *testing.T) {
	for _, text := range []string{
		"#REF!", "#N/A", "#N/D", "#NV", "#VALUE!", "#VALOR!", "#¡VALOR!", "#VALEUR!", "#WERT!", "#NAME?", "#NOME?", "#¿NOMBRE?", "#NOM?", "#DIV/0!", "#¡DIV/0!",
		"#NUM!", "#NÚM!", "#ZAHL!", "#NULL!", "#NULO!", "#SPILL!", "#DESPEJAR!", "#CALC!", "#FIELD!", "#ERROR!", "#ERRO!", "#ref!", "#n/d", "#núm!", "#GETTING_DATA",
		"###", "########", "Err:502", "Err:508", "Loading...", "Carregando...", "Cargando...",
	} {
		for _, field := range append([]string{IDField}, Fields...) {
			wantReason(t, damageOf(field, text), "an error of the spreadsheet's")
		}
		_, rows := readSheet(t, "id|name|deal_value\n1|"+text+"|"+text+"\n", Options{})
		if !rows[0].Damaged() || len(rows[0].Problems) != 2 || len(rows[0].Cells) != 0 {
			t.Errorf("%s: got %+v", text, rows[0])
		}
	}
}

func TestDamage(t *testing.T) {
	const (
		formula, short, rounded = "an error of the spreadsheet's", "shortened", "rounded"
		question, lost, garbled = "a question mark within a word", "letters were lost", "letters are garbled"
	)
	for _, c := range []struct{ field, text, want string }{
		{"notes", "see #REF! there", ""}, {"company", "Sala #12", ""}, {"notes", "#hashtag", ""}, {"notes", "#", ""}, {"notes", "##", ""}, {"notes", "###", formula},
		{"notes", "Err:50", ""}, {"notes", "Err:5022", ""}, {"notes", "Erro", ""}, {"notes", "Loading…", ""}, {"notes", "etc...", ""}, {"notes", "#REF", ""},

		{"phone", "5,55198E+12", short}, {"phone", "5.55190E+12", short}, {"phone", "5E+12", short}, {"phone", "-1E-05", short}, {"id", "1E+05", short},
		{"name", "5,55198E+12", ""}, {"phone", "5e12", ""}, {"phone", "E+12", ""}, {"phone", "5,5E12", ""}, {"phone", "+55 51 97700-8229", ""}, {"phone", "-59", ""},

		{"id", "1234567890123450", rounded}, {"id", "123456789012345000000", rounded}, {"id", "123456789012340", ""}, {"id", "1234567890123451", ""},
		{"id", "a234567890123450", ""}, {"id", "1234567890123450-0", ""}, {"phone", "1234567890123450", ""},

		{"name", "Metal?rgica", question}, {"name", "S?o Jo?o", question}, {"notes", "Pre?o menor", question}, {"notes", "É?ó", question},
		{"notes", "Quando?", ""}, {"notes", "Já assinaram?? Sim", ""}, {"notes", "? x ?", ""}, {"notes", "a? b", ""}, {"notes", "?a", ""}, {"notes", "2?3", ""},
		{"notes", "https://example.com/a?b", ""}, {"notes", "example.com?utm=x", ""}, {"notes", "mail ana@example.com?subject=x", ""},

		{"name", "Renova\ufffd\ufffdo", lost}, {"notes", "\ufffd", lost}, {"id", "a\ufffd", lost},

		{"name", "RenovaÃ§Ã£o", garbled}, {"name", "MetalÃºrgica", garbled}, {"name", "â€“", garbled}, {"name", "CafÃ©", garbled}, {"name", "Ã\u00a0 tarde", garbled}, {"name", "ï»¿x", garbled},
		{"name", "Âº", garbled}, {"name", "1Âª", garbled}, {"name", "â‚¬ 5", garbled}, {"name", "Ã\u0081rvore", garbled}, {"name", "itâ€™s", garbled},
		{"name", "Ação", ""}, {"name", "AÇÃO", ""}, {"name", "NÃO", ""}, {"name", "MANHÃ", ""}, {"name", "IRMÃS", ""}, {"name", "âncora", ""}, {"name", "Ângela", ""}, {"name", "naïve", ""},
		{"name", "“MANHÃ”", garbled}, {"name", "Ã", ""}, {"name", "â", ""}, {"name", "É–É", ""},
	} {
		t.Run(c.field+" "+c.text, func(t *testing.T) { wantReason(t, damageOf(c.field, c.text), c.want) })
	}
}

func TestDamageIsToldOfCells(t *testing.T) {
	for _, c := range []struct {
		header, cell string
		damaged      bool
	}{
		{"name", "#REF!", true}, {"deal_value", "#REF!", true}, {"deal_value", "2,4E+05", true}, {"name", "S?o", true}, {"phone", "1E+12", true},
		{"email", "x", false}, {"name", "a\x07", false}, {"deal_value", "x", false}, {"deal_value", "1e3", false},
	} {
		_, rows := readSheet(t, "id;"+c.header+"\n1;"+c.cell+"\n", Options{})
		if p := rows[0].Problems; len(p) != 1 || p[0].Damage != c.damaged || rows[0].Damaged() != c.damaged {
			t.Errorf("%s %q: got %+v", c.header, c.cell, rows[0])
		}
	}
	if (Row{}).Damaged() {
		t.Error("a row without problems is damaged")
	}
}

func TestWhateverIsGarbledIsToldOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sign := rapid.OneOf(rapid.SampledFrom([]rune("–—“”‘’…€")), rapid.Map(rapid.IntRange(0xa0, 0xff), func(i int) rune { return rune(i) })).Draw(t, "sign")
		var garbled strings.Builder
		for _, b := range utf8.AppendRune(nil, sign) {
			garbled.WriteRune(charmap.Windows1252.DecodeByte(b))
		}
		text := rapid.StringMatching(`[a-zé ]{0,9}`).Draw(t, "before") + garbled.String() + rapid.StringMatching(`[a-zé]{1,9}`).Draw(t, "after")
		if !strings.Contains(text, "\ufffd") && damageOf("name", "x"+text) == "" {
			t.Fatalf("%q passes", text)
		}
	})
}

func TestLatinTextIsNotTakenForGarbled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := []rune("abcxyz áàâãéêíóôõúüçÁÀÉÊÍÓÔÕÚÜÇñÑ")
		text := rapid.StringOf(rapid.SampledFrom(letters)).Draw(t, "text")
		if reason := damageOf("name", text); reason != "" {
			t.Fatalf("%q: %s", text, reason)
		}
	})
}
