package cell

import (
	"strings"
	"testing"
	"unicode/utf8"

	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/crm"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

func damageOf(field, text string) string {
	text, c := trimNFC(text)
	v := Value{Text: text, Classes: c}
	for _, why := range []error{v.Damage(), damageOfDigits(field, v)} {
		if why != nil {
			return sheettest.Words(why)
		}
	}
	return ""
}

func damageOfDigits(field string, v Value) error {
	switch field {
	case crm.ID:
		return v.IDDamage()
	case "phone":
		return v.PhoneDamage()
	}
	return nil
}

var formulaErrorTexts = []string{
	"#REF!", "#N/A", "#N/D", "#NV", "#VALUE!", "#VALOR!", "#¡VALOR!", "#VALEUR!", "#WERT!", "#NAME?", "#NOME?", "#¿NOMBRE?", "#NOM?", "#DIV/0!", "#¡DIV/0!",
	"#NUM!", "#NÚM!", "#ZAHL!", "#NULL!", "#NULO!", "#SPILL!", "#DESPEJAR!", "#CALC!", "#FIELD!", "#ERROR!", "#ERRO!", "#ref!", "#n/d", "#núm!", "#GETTING_DATA",
	"###", "########", "Err:502", "Err:508", "Loading...", "Carregando...", "Cargando...",
}

func TestFormulaErrors(t *testing.T) {
	for _, text := range formulaErrorTexts {
		for _, field := range append([]string{crm.ID}, crm.Fields...) {
			sheettest.WantReason(t, damageOf(field, text), "a spreadsheet error")
		}
	}
}

func TestDamage(t *testing.T) {
	const (
		formula, short, rounded = "a spreadsheet error", "shortened", "rounded"
		decimal                 = "a number with a decimal"
		question, lost, garbled = "a question mark within a word", "letters were lost", "letters are garbled"
	)
	for _, c := range []struct{ field, text, want string }{
		{"notes", "see #REF! there", ""}, {"company", "Sala #12", ""}, {"notes", "#hashtag", ""}, {"notes", "#", ""}, {"notes", "##", ""}, {"notes", "###", formula},
		{"notes", "Err:50", ""}, {"notes", "Err:5022", ""}, {"notes", "Erro", ""}, {"notes", "Loading…", formula}, {"notes", "etc...", ""}, {"notes", "#REF", formula},

		{"phone", "5,55198E+12", short}, {"phone", "5.55190E+12", short}, {"phone", "5E+12", short}, {"phone", "-1E-05", short}, {"id", "1E+05", short},
		{"name", "5,55198E+12", ""}, {"phone", "5e12", ""}, {"phone", "E+12", ""}, {"phone", "5,5E12", short}, {"phone", "5.511999990001E12", short}, {"id", "1.2345678E7", short},
		{"phone", "'5511999990002", "an apostrophe"}, {"phone", "5511999990002'", "an apostrophe"}, {"phone", "R$ 5.511.999.990.003,00", decimal},
		{"phone", "5 511 999 990 001,00", decimal}, {"phone", "5 511 999 990 001", ""}, {"id", "12.345,00", "separators"}, {"id", "5e12", ""}, {"phone", "+55 51 97700-8229", ""}, {"phone", "-59", ""},

		{"id", "1234567890123450", rounded}, {"id", "123456789012345000000", rounded}, {"id", "123456789012340", ""}, {"id", "1234567890123451", ""},
		{"id", "a234567890123450", ""}, {"id", "1234567890123450-0", ""}, {"phone", "1234567890123450", "longer than a spreadsheet can keep"},

		{"name", "Projeto “AMANHÃ” aprovado", ""}, {"name", "AMANHÃ…", ""}, {"name", "MAÇÃ\u00a0VERDE", ""}, {"name", "FÃ–CLUBE", ""}, {"name", "IRMÃ’S", ""},
		{"name", "ROMÃ®", ""}, {"name", "«IRMû", ""}, {"name", "MANHÃ… IRMÃ…", garbled}, {"name", "MANHÃ… Ã©", garbled}, {"name", "AÃ‡ÃƒO", garbled}, {"name", "JOSÃ‰", garbled},
		{"name", "ESPAÃ‘A", garbled}, {"name", "NEGÃ“CIO", garbled}, {"name", "ROBÃ”", garbled}, {"name", "KÃ–ln", garbled}, {"name", "SÃ£o Paulo", garbled}, {"name", "LÃ\u00a0bas", garbled},
		{"name", "NÂº 5", garbled}, {"name", "TOTALÂ\u00a0X", garbled}, {"name", "\u00c3\u00a0vista", garbled},

		{"phone", "5.51199e+12", short}, {"phone", "5,51199e-12", short}, {"id", "5.51199e+12", short}, {"phone", "5511987654321.0", decimal}, {"id", "5511987654321,0", decimal},
		{"id", "12345678.0", decimal}, {"id", "1234567.0", decimal}, {"phone", "5511.98765.0", ""}, {"name", "5511987654321.0", ""}, {"notes", "5.51199e+12", ""},
		{"id", "265e24ec-3bc8-4820-b65f-89a69d7babe4", ""}, {"id", "265e-4820", ""},

		{"notes", "Tudo bem?Sim", ""}, {"notes", "quer?Ligar", ""}, {"notes", "loja.com?ref", ""}, {"notes", "SÃO?x", question}, {"notes", "Sr.Jo?o", question}, {"notes", "S?O", question},

		{"name", "Metal?rgica", question}, {"name", "S?o Jo?o", question}, {"notes", "Pre?o menor", question}, {"notes", "É?ó", question},
		{"notes", "Quando?", ""}, {"notes", "Já assinaram?? Sim", ""}, {"notes", "? x ?", ""}, {"notes", "a? b", ""}, {"notes", "?a", ""}, {"notes", "2?3", ""},
		{"notes", "https://example.com/a?b", ""}, {"notes", "example.com?utm=x", ""}, {"notes", "mail ana@example.com?subject=x", ""},

		{"name", "Renova\ufffd\ufffdo", lost}, {"notes", "\ufffd", lost}, {"id", "a\ufffd", lost},

		{"name", "RenovaÃ§Ã£o", garbled}, {"name", "MetalÃºrgica", garbled}, {"name", "â€“", garbled}, {"name", "CafÃ©", garbled}, {"name", "Ã\u00a0 tarde", garbled}, {"name", "ï»¿x", garbled},
		{"name", "Âº", garbled}, {"name", "1Âª", garbled}, {"name", "â‚¬ 5", garbled}, {"name", "Ã\u0081rvore", garbled}, {"name", "itâ€™s", garbled},
		{"name", "Ação", ""}, {"name", "AÇÃO", ""}, {"name", "NÃO", ""}, {"name", "MANHÃ", ""}, {"name", "IRMÃS", ""}, {"name", "âncora", ""}, {"name", "Ângela", ""}, {"name", "naïve", ""},
		{"name", "“MANHÃ”", ""}, {"name", "Ã", ""}, {"name", "â", ""}, {"name", "É–É", ""},
	} {
		t.Run(c.field+" "+c.text, func(t *testing.T) { sheettest.WantReason(t, damageOf(c.field, c.text), c.want) })
	}
}

func TestWhateverIsGarbledIsReported(t *testing.T) {
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
		text := rapid.StringOf(rapid.SampledFrom(letters)).Filter(func(text string) bool {
			return !strings.Contains(text, "ÔÇ") // no word has it: a dash in UTF-8 is ÔÇô in code page 850, and is refused
		}).Draw(t, "text")
		if reason := damageOf("name", text); reason != "" {
			t.Fatalf("%q: %s", text, reason)
		}
	})
	if damageOf("name", "São Paulo ÔÇô SP") == "" {
		t.Error("a dash in another encoding is taken for letters")
	}
}
