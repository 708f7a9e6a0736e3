package refusal

import (
	"strings"
	"testing"

	"razebulk/csvmap/internal/cell"
)

func record(cells ...string) *cell.Record { return &cell.Record{Cells: cells, SpacedQuote: -1} }

func TestARowIsRefusedAgainAsLongAsItsCellsAreAsTheyWere(t *testing.T) {
	fields := []string{"id", "name", "deal_value", "phone", "score"}
	mark := Mark([]string{"email_invalid", "row_cut"}, record("a", " Ana ", "10,50", "+007", "1,500"), fields, ',')
	for name, c := range map[string]struct{ fields, cells []string }{
		"as it was":                  {fields, []string{"a", " Ana ", "10,50", "+007", "1,500"}},
		"empty cells at its end":     {fields, []string{"a", "Ana", "10,50", "+007", "1,500", "", " "}},
		"saved by a spreadsheet":     {fields, []string{"a", "Ana", "10,5", "7", "1,5"}},
		"saved as a workbook":        {fields, []string{"a", "Ana", "10.5", "7", "1.5"}},
		"kept as text by the file":   {fields, []string{"a", "Ana", "10,50", `="+007"`, "1,500"}},
		"a column in between":        {[]string{"id", "name", "", "deal_value", "phone", "score"}, []string{"a", "Ana", "done", "10,50", "+007", "1,500"}},
		"a column at its start":      {append([]string{""}, fields...), []string{"7", "a", "Ana", "10,50", "+007", "1,500"}},
		"a column at its end":        {append(fields[:5:5], ""), []string{"a", "Ana", "10,50", "+007", "1,500", "done"}},
		"columns in another order":   {[]string{"name", "id", "deal_value", "phone", "score"}, []string{"Ana", "a", "10,50", "+007", "1,500"}},
		"an empty column of a field": {append(fields[:5:5], "notes"), []string{"a", "Ana", "10,50", "+007", "1,500", ""}},
	} {
		if got := Again(mark, record(c.cells...), c.fields); got != "row_cut" {
			t.Errorf("%s: got %q, want the reason of %q", name, got, mark)
		}
	}
	for name, cells := range map[string][]string{
		"another name":      {"a", "Bia", "10,50", "+007", "1,500"},
		"cents as written":  {"a", "Ana", "10,50", "+007", "1,50"},
		"a thousand":        {"a", "Ana", "10,50", "+007", "1500"},
		"a cell moved":      {"a", "Ana", "", "10,50", "+007"},
		"two cells joined":  {"a", "Ana10,50", "", "+007", "1,500"},
		"a quote taken out": {"a", `"Ana`, "10,50", "+007", "1,500"},
		"a cell more":       {"a", "Ana", "10,50", "+007", "1,500", "x"},
		"a cell less":       {"a", "Ana", "10,50", "+007"},
	} {
		if got := Again(mark, record(cells...), append(fields[:5:5], "notes")); got != "" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestWhatIsNoMarkRefusesNothing(t *testing.T) {
	r, fields := record("a", "b"), []string{"id", "name"}
	if mark := Mark([]string{"email_invalid", "owner_unknown"}, r, fields, 0); mark != "" {
		t.Errorf("got %q", mark)
	}
	mark := Mark([]string{"row_cut"}, r, fields, 0)
	if words := strings.Fields(mark); len(words) != 2 || words[0] != "row_cut" {
		t.Errorf("got %q", mark)
	}
	for _, text := range []string{"", "row_cut", "x", mark[1:], strings.Replace(mark, "row_cut", "email_invalid", 1), mark + "0"} {
		if got := Again(text, r, fields); got != "" {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestNumbersAsASpreadsheetSavesThem(t *testing.T) {
	for _, c := range []struct {
		text    string
		decimal rune
		want    string
	}{
		{"10,50", ',', "10,5"}, {"10,00", ',', "10"}, {"-0010", ',', "-10"}, {"000", 0, "0"}, {"0,50", ',', "0,5"}, {"1.50", '.', "1.5"},
		{"+5511", ',', "5511"}, {"1.500", ',', "1.500"}, {"1.234,50", ',', "1.234,50"}, {"10,50", 0, "10,50"}, {"R$ 10,50", ',', "R$ 10,50"}, {"a10", ',', "a10"}, {"", ',', ""},
	} {
		if got := saved(c.text, c.decimal, c.decimal); got != c.want {
			t.Errorf("%q with %q: got %q, want %q", c.text, c.decimal, got, c.want)
		}
	}
}
