package report

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
	"razebulk/internal/words"

	"github.com/google/go-cmp/cmp"
)

func TestCellsThatASpreadsheetWouldRunAreEscaped(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"Ana", "Ana"},
		{"é=1", "é=1"},
		{"a=1", "a=1"},
		{"'=1", "''=1"},
		{"''-5", "'''-5"},
		{"'a", "'a"},
		{"'", "'"},
		{"=1+1", "'=1+1"},
		{"=", "'="},
		{"+", "'+"},
		{"-", "'-"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"@1", "'@1"},
		{"=5", "'=5"},
		{"\t=1", "'\t'=1"},
		{"\r=1", `\r=1`},
		{"\n=1", "'\n'=1"},
		{"＝1", "'＝1"},
		{"＠x", "'＠x"},
		{"x;=1+1;", "x;'=1+1;"},
		{"x,\"@1", "x,\"'@1"},
		{"x|＋1", "x|'＋1"},
		{"\x1b[2Jx\u202e", `\x1b[2Jx\u202e`},
		{"-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"},
		{"+55 51 97700-8229", "'+55 51 97700-8229"},
		{"-5", "-5"},
		{"+5", "+5"},
		{"+5551977008229", "+5551977008229"},
		{"-1234.50", "-1234.50"},
		{"-1234,50", "-1234,50"},
		{"-.5", "'-.5"},
		{"-5.", "'-5."},
		{"-1e5", "'-1e5"},
		{"-1\n=2", "'-1\n'=2"},
		{"-1\n", "'-1\n"},
		{"--1", "'--1"},
		{"-1.000,00", "'-1.000,00"},
		{"-٣", "'-٣"},
	} {
		if got := forPeople(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzCell(f *testing.F) {
	for _, seed := range []string{"", "Ana", "=1+1", "-5", "+1,5", "\t", "\r\n", "@x", "'=", "-1\n", "\xff=", "＝1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := forPeople(text)
		if read := crm.UnescapeFormula(got); read != words.VisibleCell(text) {
			t.Fatalf("%q became %q", text, got)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
			t.Fatalf("%q holds control characters", got)
		}
		parts := strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune(",;|\t\n", r) })
		for _, part := range append(parts, got) {
			first, _ := utf8.DecodeRuneInString(strings.TrimLeft(part, `"`))
			if strings.ContainsRune("=+-@＝＋－＠\t", first) && !isNumber(got) && !strings.HasPrefix(got, `"`) {
				t.Fatalf("%q is a formula", got)
			}
		}
	})
}

// isNumber is an independent test for plain numbers, without a regular expression.
func isNumber(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "+"), "-")
	whole, fraction, point := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	return isDigits(whole) && (!point || isDigits(fraction))
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func TestMessagesAreKeptToOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"plain":                 "plain",
		" a\r\n\tb\n\n c ":      "a b c",
		"é\u00a0ü\u2028next\vx": "é ü next x",
	} {
		if diff := cmp.Diff(want, oneLine(text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestReasonsAreTheCodesOfRowsThatNeedAttention(t *testing.T) {
	reasons := []reason.Reason{reason.New("a_code"), reason.New("b_code"), reason.New("a_code", "field", "name")}
	for status, want := range map[batch.Status]string{
		batch.ValidationError: "a_code b_code", "THEIR_OWN": "a_code b_code", batch.NotApplied: "a_code b_code",
		batch.Success: "", batch.Unchanged: "", batch.Empty: "",
	} {
		if got := joined(batch.Result{Status: status, Reasons: reasons}.Codes()); got != want {
			t.Errorf("%s: got %q, want %q", status, got, want)
		}
	}
	if got := joined(batch.Result{Status: batch.NotFound}.Codes()); got != "" {
		t.Errorf("without reasons: got %q", got)
	}
}

func TestTheMessageIsTheWordsOfAllReasons(t *testing.T) {
	text := func(r reason.Reason) string { return "<" + r.Code + "\n>" }
	got := lineOf(batch.Result{Status: batch.Success, Reasons: []reason.Reason{reason.New("a"), reason.New("b")}}, "", text)
	if got.Message != "<a >; <b >" {
		t.Errorf("got %q", got.Message)
	}
}
