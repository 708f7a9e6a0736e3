package words

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestPortugueseNumbersAndDates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time begins on 1 January 2000, 00:00 UTC
		w := For(nil).In(Portuguese)
		now := time.Now().Local()
		later := now.Add(26 * time.Hour)
		for got, want := range map[string]string{
			w.number("1234.5"):                    "1234,5",
			w.tenths(1.25):                        "1,2",
			w.Thousands(1234):                     "1.234",
			w.Clock(now):                          now.Format("15:04:05"),
			w.about(now):                          "das " + now.Format("15:04:05"),
			w.about(later):                        "de " + later.Format("02/01/2006 15:04"),
			w.Date(now):                           now.Format("02/01/2006 15:04"),
			w.date("2026-11-26T15:04:00Z"):        time.Date(2026, 11, 26, 15, 4, 0, 0, time.UTC).Local().Format("02/01/2006 15:04"),
			w.date("2026-11-26 15:04:59"):         "26/11/2026 15:04",
			w.date("ontem"):                       "ontem",
			For(nil).date("2026-11-26T15:04:00Z"): "2026-11-26T15:04:00Z",
		} {
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	})
}

func TestAnswers(t *testing.T) {
	for answer, want := range map[string][2]bool{ // English, Portuguese
		"y": {true, true}, "YES\r\n": {true, true}, "s": {false, true}, " Sim\n": {false, true}, "": {}, "n": {}, "não": {}, "simples": {},
	} {
		if got := [2]bool{For(nil).IsYes(answer), For(nil).In(Portuguese).IsYes(answer)}; got != want {
			t.Errorf("%q: %v, want %v", answer, got, want)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for locale, want := range map[string]Language{
		"pt-BR": Portuguese, "pt_BR.UTF-8": Portuguese, "pt": Portuguese, "PT-br": Portuguese, "pt_": Portuguese,
		"en": English, "en_US.UTF-8": English, "C": English, "C.UTF-8": English, "POSIX": English, "de_DE": English, "": English, "ptx": English,
	} {
		got, known := LanguageOf(locale)
		isKnown := locale != "" && (want == Portuguese || strings.HasPrefix(locale, "en"))
		if got != want || known != isKnown {
			t.Errorf("%q: %s, %t", locale, got, known)
		}
	}
}

func TestPlacesInPortuguese(t *testing.T) {
	w := For(func(name string) bool { return name == "decimal" }).In(Portuguese)
	for _, c := range []struct {
		params map[string]any
		want   string
	}{
		{map[string]any{"column": "Valor do negócio", "value": "1.234"}, `Valor do negócio "1.234": pode ser lido de dois jeitos; escolha com --decimal comma ou --decimal point`},
		{map[string]any{"in_row": 14, "of_column": "Valor"}, `linha 14: coluna "Valor": pode ser lido de dois jeitos; escolha com --decimal comma ou --decimal point`},
	} {
		if got := w.Text("amount_ambiguous", c.params); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if got := w.QuoteAll(make([]string, 22)); got[len(got)-8:] != ", mais 2" {
		t.Errorf("got %q", got)
	}
	if masked := w.WithoutCells(); masked.Language() != Portuguese {
		t.Error("it changed its language")
	}
}

func TestFiguresHaveTheSeparatorsOfTheLanguage(t *testing.T) {
	for plain, want := range map[string][2]string{
		"1234.50": {"1,234.50", "1.234,50"}, "-12345": {"-12,345", "-12.345"}, "7": {"7", "7"}, "0.5": {"0.5", "0,5"},
		"1,234.50": {"1,234.50", "1,234.50"}, "007": {"007", "007"}, "1.": {"1.", "1."}, "1.2.3": {"1.2.3", "1.2.3"}, "abc": {"abc", "abc"}, "": {"", ""},
	} {
		for i, l := range Languages() {
			if got := For(nil).In(l).Figure(plain); got != want[i] {
				t.Errorf("%s: %q is %q, want %q", l, plain, got, want[i])
			}
		}
	}
}
