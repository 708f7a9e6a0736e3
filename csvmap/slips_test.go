package csvmap

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/slips"
	"razebulk/internal/crm"
)

// short has seen rows of these lengths, from row 2 on, under a header of five columns; a negative length means that
// the row ends in an empty cell.
func short(lengths ...int) *slips.Short {
	var s slips.Short
	for i, n := range lengths {
		s.See(i+2, max(n, -n), 5, n < 0)
	}
	return &s
}

func shortBlock(n int) (lengths []int) {
	for range 16 {
		lengths = append(lengths, n)
	}
	return lengths
}

func TestShortRows(t *testing.T) {
	excel := append(append(shortBlock(5)[:15], shortBlock(4)...), -5, 5, 5)
	mixed := append(append(shortBlock(-5), shortBlock(5)...), 4, 5)
	for _, c := range []struct {
		name string
		rows *slips.Short
		cut  map[int]string
	}{
		{"none", short(5, -5, 5), nil},
		{"by a program that cuts blanks", short(5, 4, 5, 3), nil},
		{"among rows that keep theirs", short(5, -5, 4, 5), map[int]string{4: slips.Cut}},
		{"too short by more than one", short(5, -5, 3, 5), nil},
		{"in blocks, as Excel writes them", short(excel...), nil},
		{"in a block that is mixed", short(mixed...), map[int]string{34: slips.Cut}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.rows.Cut(); !maps.Equal(got, c.cut) {
				t.Errorf("got %v, want %v", got, c.cut)
			}
		})
	}
	if s := short(5, 3, -5, 4); s.Tally != (slips.Tally{Rows: 2, First: 3}) {
		t.Errorf("got %+v", s.Tally)
	}
}

func TestRowsThatALineBreakHasCut(t *testing.T) {
	type row struct {
		cells int
		id    string
	}
	const full = 4
	for _, c := range []struct {
		name   string
		rows   []row
		goesOn bool // a whole row may continue in the next line
		want   string
	}{
		{"in the middle", []row{{3, "A1"}, {2, "parte"}, {4, "A2"}}, false, "[2 3]"},
		{"before a delimiter", []row{{3, "A1"}, {2, ""}, {4, "A2"}}, false, "[2 3]"},
		{"before a delimiter, and the cells don't add up", []row{{2, "A1"}, {2, ""}, {4, "A2"}}, false, "[]"},
		{"in the last cell", []row{{4, "A1"}, {1, "segunda"}, {4, "A2"}}, true, "[2 3]"},
		{"in the last cell, with a delimiter", []row{{4, "A1"}, {2, "segunda"}, {4, "A2"}}, true, "[2 3]"},
		{"behind a number", []row{{4, "A1"}, {1, "segunda"}, {4, "A2"}}, false, "[]"},
		{"twice in a row", []row{{3, "A1"}, {1, "meio"}, {2, "parte"}, {4, "A2"}}, false, "[2 3 4]"},
		{"words with digits", []row{{3, "A1"}, {2, "ligar 99"}, {4, "A2"}}, false, "[2 3]"},
		{"short rows with ids", []row{{3, "A1"}, {2, "A2"}, {4, "A3"}}, true, "[]"},
		{"ids without digits", []row{{3, "abc"}, {2, "xyz"}}, true, "[]"},
		{"in a number", []row{{3, "A_1"}, {2, ".50"}, {4, "A_2"}}, false, "[2 3]"},
		{"short rows with ids of two kinds", []row{{3, "A_1"}, {3, "17"}, {2, "A_2"}}, false, "[]"},
		{"a count below the rows", []row{{4, "A1"}, {1, "12 registros"}}, true, "[]"},
		{"a line below the rows", []row{{4, "A1"}, {1, "Gerado em 26/11/2026"}}, true, "[]"},
	} {
		var b slips.Breaks
		for i, r := range c.rows {
			b.See(i+2, r.cells, full, r.id, c.goesOn)
		}
		cut := map[int]string{}
		if b.AddCut(cut); fmt.Sprint(slices.Sorted(maps.Keys(cut))) != c.want {
			t.Errorf("%s: got %v, want %s", c.name, cut, c.want)
		}
	}
}

func TestIsTotals(t *testing.T) {
	for _, c := range []struct {
		cells []string
		want  bool
	}{
		{[]string{"Total", "", "31,00"}, true}, {[]string{"TOTAL GERAL:", "", "R$ 31,00"}, true}, {[]string{"Soma", "", "3"}, true}, {[]string{"", "Subtotal", "3"}, true},
		{[]string{"Grand total", "", ""}, true}, {[]string{"Total (3)", "", ""}, true}, {[]string{"", "Total", "USD 3"}, true}, {[]string{"Totais", "3", "9"}, true},
		{[]string{"Summe", "", "1.5"}, true}, {[]string{"Итого", "", "1.5"}, true}, {[]string{"Média", "", "1.5"}, true},
		{[]string{"Endsumme", "", "3"}, true}, {[]string{"Zwischensumme:", "", "3"}, true}, {[]string{"Suma total", "", "3"}, true}, {[]string{"Importe total", "", "3"}, true},
		{[]string{"Valor total", "", "3"}, true}, {[]string{"Total de negócios: 3", "", ""}, true}, {[]string{"TOTAL ==>", "", "3"}, true}, {[]string{"Sous-total", "", "3"}, true},
		{[]string{"Moyenne", "", "3"}, true}, {[]string{"Total TTC", "", "3"}, true}, {[]string{"Qtd. total", "", "3"}, true}, {[]string{"endsumme-1", "", "3"}, false}, {[]string{"valor", "", "3"}, false},
		{[]string{"", "Ana", "3"}, false}, {[]string{"", "", "3"}, false}, {[]string{"Total", "Ana", "3"}, false}, {[]string{"total-1", "", "3"}, false},
		{[]string{"7", "Total", "3"}, false}, {[]string{"", "Total Energia SA", "3"}, false}, {[]string{"summer", "", "3"}, false}, {[]string{"", "Total", "ligar"}, false},
	} {
		if got := slips.IsTotals(&cell.Record{Cells: c.cells}, 0, c.cells[0]); got != c.want {
			t.Errorf("%q: got %t", c.cells, got)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		rows  [][2]string
		found bool
	}{
		{[][2]string{{"10", "50"}, {"7", "25"}, {"", ""}}, true}, {[][2]string{{"10", "50"}}, false}, {[][2]string{{"10", "50"}, {"7", "x"}}, false},
		{[][2]string{{"10", "50"}, {"7.5", "25"}, {"7", "25"}}, false},
	} {
		var s slips.Split
		for i, row := range c.rows {
			s.See(&cell.Record{Number: i + 2, Cells: row[:]}, 0, crm.Owner)
		}
		text, row, found := s.Found()
		if found != c.found || found && fmt.Sprint(text, row) != "10,502" {
			t.Errorf("%v: %s, %d, %t", c.rows, text, row, found)
		}
	}
}

func TestPartedRows(t *testing.T) {
	for _, c := range []struct {
		name    string
		rows    [][]string
		isField bool
		want    string
	}{
		{"among texts", [][]string{{"10", "ligar"}, {"1234", "56"}, {"7", ""}}, true, "map[3:row_cut_cents]"},
		{"among texts of a column that is left out", [][]string{{"10", "new"}, {"R$ 1.234", "56"}}, false, "map[3:row_cut_cents]"},
		{"behind the end", [][]string{{"10"}, {"1234", "56 €"}}, true, "map[3:row_cut_cents]"},
		{"in a column of numbers", [][]string{{"10", "5"}, {"1234", "56"}}, true, "map[]"},
		{"in a column that is left out and has only such", [][]string{{"10", ""}, {"1234", "56"}}, false, "map[]"},
		{"beside an amount with cents", [][]string{{"10.5", "56"}, {"1234", "56"}}, true, "map[]"},
		{"in quotes", [][]string{{"10", "x"}, {"1234", `"56"`}}, true, "map[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s slips.Split
			for i, row := range c.rows {
				s.See(&cell.Record{Number: i + 2, Cells: row}, 0, crm.Owner)
			}
			cut := map[int]string{}
			if s.AddParted(cut, c.isField); fmt.Sprint(cut) != c.want {
				t.Errorf("got %v, want %s", cut, c.want)
			}
		})
	}
}

func TestIsMisplaced(t *testing.T) {
	for _, c := range []struct {
		field, text string
		want        bool
	}{
		{"name", "ana@ex.com", true}, {"company", "1.234,50", true}, {"name", "Ana", false}, {"phone", "+55 11 99999", false}, {"phone", "Acme", true},
		{"phone", "a12345@ex.com", true}, {"notes", "12", false},
	} {
		if got := slips.IsMisplaced(c.field, c.text); got != c.want {
			t.Errorf("%s %q: got %t", c.field, c.text, got)
		}
	}
}
