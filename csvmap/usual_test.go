package csvmap

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/fieldcheck"
	"razebulk/internal/crm"
)

// TestUsualTextsNeedNoOtherCheck draws usual texts, and others that look like them.
func TestUsualTextsNeedNoOtherCheck(t *testing.T) {
	texts := rapid.OneOf(
		rapid.StringMatching(`[+( ]?[0-9]{1,3}[0-9 ().-]{0,12}[0-9 ]`), rapid.StringMatching(`[a-zA-Z0-9.+_-]{1,4}@[a-zA-Z0-9.-]{1,6}`),
		rapid.StringMatching(`-?[0-9]{1,4}[.,]?[0-9]{0,4}`), rapid.StringMatching(`[+(=@.'"#0-9A-Ea-e_?/ \x{a0}\x{200b}ã-]{1,8}`),
		rapid.StringMatching(`[A-Za-z](?s:.){0,6}`), rapid.StringMatching(`[A-Za-z][a-z0-9 .,;:/\n\t?%&-]{0,8}`),
		rapid.SampledFrom([]string{"NaN", "N/A", "null", "none", "TRUE", "falso", "Err:502", "A1", "Loading...", "Na", "R$", "tel:1"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		r := &cell.Record{Cells: []string{text}}
		v := r.Value(0)
		for _, field := range crm.Fields {
			form := fieldcheck.Of(field)
			if !form.IsUsual(text) {
				continue
			}
			if v.Text != text || v.Visible().Text != text {
				t.Fatalf("%s %q is read as %q", field, text, v.Text)
			}
			if why := form.Problem(field, v); why != nil {
				t.Fatalf("%s %q: %v", field, text, why)
			}
			if crm.IsBoolean(text) {
				t.Fatalf("%s %q looks like a boolean", field, text)
			}
		}
		if plain := amount.Plain(text); plain.Point != "" {
			if full, why := amount.Read(v.Text); v.Text != text || why != nil || !cmp.Equal(full, plain) {
				t.Fatalf("%q is %v, not %v", text, plain, full)
			}
		}
	})
}

func TestUsualTexts(t *testing.T) {
	for _, c := range []struct {
		field, text string
		want        bool
	}{
		{"email", "ana@example.com", true}, {"email", " ana@example.com", false}, {"email", "", false},
		{"phone", "+55 11 99999-0001", true}, {"phone", "(11) 99999-0001", true}, {"phone", "+55 11 99999-0000", false},
		{"phone", "5511999990001", false}, {"phone", "+", false}, {"phone", "(null)", false}, {"phone", "+A1", false},
		{crm.Name, "Ana Lima", true}, {crm.Name, "João", false}, {crm.Notes, "call", true}, {crm.Notes, "call...", false}, {crm.Notes, "n/a", false},
		{crm.Owner, "user-3", true}, {crm.Owner, "12", false}, {crm.Owner, "true", false}, {crm.Currency, "BRL", false}, {crm.Status, "new", false},
	} {
		form := fieldcheck.Of(c.field)
		if got := form.IsUsual(c.text); got != c.want {
			t.Errorf("%s %q: %v", c.field, c.text, got)
		}
	}
}
