package words

import (
	"strings"
	"testing"
)

func TestTextNamesTheFlagsOfTheCommand(t *testing.T) {
	tongue := tongues[English]
	before := tongue.texts
	tongue.texts = func() map[string]string {
		return map[string]string{"test_code": `two readings{{with flag "decimal"}}; say which with {{.}} comma{{end}}`}
	}
	t.Cleanup(func() { tongue.texts = before })
	cell := map[string]any{"column": "Valor", "value": "1.500"}
	for name, tt := range map[string]struct {
		flags  func(string) bool
		params map[string]any
		want   string
	}{
		"all flags":   {nil, nil, "two readings; say which with --decimal comma"},
		"without it":  {func(string) bool { return false }, nil, "two readings"},
		"of a cell":   {func(name string) bool { return name == "decimal" }, cell, `Valor "1.500": two readings; say which with --decimal comma`},
		"of a column": {func(string) bool { return false }, map[string]any{"column": "Valor"}, "Valor: two readings"},
	} {
		if got := For(tt.flags).Text("test_code", tt.params); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
	if got := For(nil).Text("no_such_code", map[string]any{"a": 1}); got != "no_such_code a=1" {
		t.Errorf("got %q", got)
	}
}

// several is a parameter that consists of reasons.
type several []string

func (s several) Worded(text func(string, map[string]any) string) string {
	var texts []string
	for _, code := range s {
		texts = append(texts, text(code, nil))
	}
	return strings.Join(texts, " and ")
}

func TestTextWordsReasonsAmongItsParameters(t *testing.T) {
	params := map[string]any{"last": several{"not_sent", "withheld"}}
	want := "the service keeps failing: nothing was sent and nothing was sent because other rows have errors"
	if got := For(nil).Text("service_keeps_failing", params); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, ok := params["last"].(several); !ok {
		t.Error("the caller's parameters were changed")
	}
}

func TestQuote(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", `""`}, {"a\nb\x00\u200b", `"a\nb\x00\u200b"`}, {strings.Repeat("日", 60), `"` + strings.Repeat("日", 60) + `"`}, {strings.Repeat("日", 61), `"` + strings.Repeat("日", 60) + `…"`},
	} {
		if got := Quote(c.text); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestAdviceOnAmountsHasTheSheetsDecimalSeparator(t *testing.T) {
	for _, c := range []struct {
		language Language
		decimal  any
		want     string
	}{
		{English, "comma", "such as -1234,50"}, {English, "point", "such as -1234.50"}, {English, nil, "such as -1234.50 or -1234,50"},
		{Portuguese, "comma", "como -1234,50"}, {Portuguese, "point", "como -1234.50"}, {Portuguese, nil, "como -1234,50 ou -1234.50"},
	} {
		params := map[string]any{"column": "Valor"}
		if c.decimal != nil {
			params["decimal"] = c.decimal
		}
		if got := For(nil).In(c.language).Text("amount_bracket", params); !strings.HasSuffix(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
