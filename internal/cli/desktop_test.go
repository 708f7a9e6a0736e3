package cli_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"razebulk/internal/cli/internal/desktop"
	"razebulk/internal/words"
)

func TestASheetIsDropped(t *testing.T) {
	const dry, sent = "update --dry-run -- deals.csv", "update --yes -- deals.csv"
	for _, c := range []struct {
		name, typed string
		args        []string
		codes       []int // of the commands that are run
		want        []string
		code        int
		shows       string
	}{
		{"double click", "\n", nil, []int{0}, []string{"ui"}, 0, "Leave this window open"},
		{"yes", "y\n\n", []string{"deals.csv"}, []int{0, 0}, []string{dry, sent}, 0, "[y/N]"},
		{"yes, with invalid rows", "YES\r\n\n", []string{"deals.csv"}, []int{1, 1}, []string{dry, sent}, 1, "[y/N]"},
		{"no", "n\n\n", []string{"deals.csv"}, []int{0}, []string{dry}, 0, "Nothing was sent."},
		{"only Enter", "\n\n", []string{"deals.csv"}, []int{1}, []string{dry}, 1, "Nothing was sent."},
		{"a closed window", "", []string{"deals.csv"}, []int{0}, []string{dry}, 0, "Nothing was sent."},
		{"an unusable sheet", "\n", []string{"deals.csv"}, []int{2}, []string{dry}, 2, "Press Enter"},
		{"a shortcut", "\n", []string{"export", "--out", "now.csv"}, []int{4}, []string{"export --out now.csv"}, 4, "Press Enter"},
		{"two sheets", "\n", []string{"a.csv", "b.csv"}, nil, nil, 2, "One sheet at a time"},
	} {
		var ran []string
		var out bytes.Buffer
		in := strings.NewReader(c.typed)
		code := desktop.Run(words.For(nil), c.args, in, &out, func(args ...string) int {
			ran = append(ran, strings.Join(args, " "))
			return c.codes[len(ran)-1]
		})
		if code != c.code || !slices.Equal(ran, c.want) || !strings.Contains(out.String(), c.shows) {
			t.Errorf("%s: exit %d after %q, want %d after %q:\n%s", c.name, code, ran, c.code, c.want, out.String())
		}
		if !strings.HasSuffix(out.String(), "Press Enter to close this window. ") {
			t.Errorf("%s: the window closes at once", c.name)
		}
	}
}

func TestASheetIsDroppedInPortuguese(t *testing.T) {
	var ran []string
	var out bytes.Buffer
	w := words.For(nil).In(words.Portuguese)
	desktop.Run(w, []string{"clientes.csv"}, strings.NewReader("s\n\n"), &out, func(args ...string) int {
		ran = append(ran, args[1])
		return 0
	})
	if want := "\nEnviar ao CRM o que está no plano? [s/N] \nAperte Enter para fechar esta janela. "; out.String() != want || !slices.Equal(ran, []string{"--dry-run", "--yes"}) {
		t.Errorf("after %q: %q, want %q", ran, out.String(), want)
	}
}
