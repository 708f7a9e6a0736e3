package lang

import (
	"testing"

	"razebulk/internal/words"
)

func TestTheFirstVariableThatSaysSomethingCounts(t *testing.T) {
	const portuguese = "pt-BR"
	for _, c := range []struct {
		name      string
		variables map[string]string
		settings  string
		system    string
		want      words.Language
	}{
		{"nothing", nil, "", "", words.English},
		{"Windows", nil, "", portuguese, words.Portuguese},
		{"Windows in another language", nil, "", "de-DE", words.English},
		{"LANG", map[string]string{"LANG": "pt_BR.UTF-8"}, "", "", words.Portuguese},
		{"LC_MESSAGES", map[string]string{"LC_MESSAGES": "en_US.UTF-8", "LANG": "pt_BR.UTF-8"}, "", "", words.English},
		{"LC_ALL", map[string]string{"LC_ALL": "C", "LC_MESSAGES": "pt_BR", "LANG": "pt_BR"}, "", portuguese, words.English},
		{"ours", map[string]string{"RAZEBULK_LANG": portuguese, "LC_ALL": "C"}, "", "", words.Portuguese},
		{"settings", map[string]string{"LC_ALL": "C"}, portuguese, "", words.Portuguese},
		{"ours and settings", map[string]string{"RAZEBULK_LANG": "en"}, portuguese, portuguese, words.English},
	} {
		got, _ := words.LanguageOf(locale(func(name string) string { return c.variables[name] }, func() string { return c.settings }, func() string { return c.system }))
		if got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}
