package amount

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"

	"pgregory.net/rapid"
)

func TestMajorityOfAColumnDecides(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts []string
		want  Decimal
	}{
		{"no cells", nil, 0},
		{"whole numbers", []string{"1", "0", "1234", "1 234"}, 0},
		{"no numbers", []string{"a combinar", "10%", "12.03.2025", "1.", "R$ -"}, 0},
		{"no number counts for a point", []string{"1.5.", "1.", "2,5"}, Comma},
		{"one with a point", []string{"1.234", "1,234", "1.5"}, Point},
		{"one with a comma", []string{"R$ 1.234", "10,00"}, Comma},
		{"groups of points", []string{"1.234", "1.234.567"}, Comma},
		{"groups of commas", []string{"1,234", "1,234,567"}, Point},
		{"more points", []string{"1,5", "1.5", "2.5", "1,234", "7"}, Point},
		{"more commas", []string{"1.5", "1,5", "2,5", "1,234", "7"}, Comma},
		{"amounts that can be read in two ways don't vote", []string{"1.234", "2.345", "3.456", "1.234,5"}, Comma},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := votesOf(c.texts).Decide("Valor")
			if got != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", rune(got), err, rune(c.want))
			}
		})
	}
}

func TestThousandsSpeakAgainstAStrayDecimal(t *testing.T) {
	for _, c := range []struct {
		name    string
		texts   []string
		want    Decimal
		refused bool
	}{
		{"one price among thousands", append(slices.Repeat([]string{"1.500"}, 1000), "99.90"), 0, true},
		{"the same with commas", append(slices.Repeat([]string{"1,500"}, 1000), "99,90"), 0, true},
		{"four rows", []string{"1.500", "2.500", "3.750", "99.90"}, 0, true},
		{"one of each", []string{"1.500", "99.90"}, 0, true},
		{"one of each, in tenths", []string{"1.500", "0.5"}, 0, true},
		{"one of each, in tenths and without zeros", []string{"1.125", "0.5"}, Point, false},
		{"two of each", []string{"1.500", "2.500", "99.90", "12.50"}, 0, true},
		{"many prices, some thousands", append(slices.Repeat([]string{"99.90"}, 1000), "1.500", "2.500", "3.500"), 0, true},
		{"one mistyped", append(slices.Repeat([]string{"99.90"}, 1000), "1.500"), Point, false},
		{"amounts that have more decimals, too", []string{"1.500", "2.125", "3.375", "0.125", "12.0625", "1234.125"}, Point, false},
		{"grouped by commas", []string{"1,500", "2,500", "99.90", "1.125"}, Point, false},
		{"no contradiction", append(slices.Repeat([]string{"1.500"}, 1000), "99,90"), Comma, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := votesOf(c.texts).Decide("Valor")
			if got != c.want || (err != nil) != c.refused {
				t.Errorf("got %q, %v", rune(got), err)
			}
		})
	}
	_, err := votesOf([]string{"1.500", "2.500", "3.750", "99.90"}).Decide("Valor")
	sheettest.WantError(t, err, `"99.90" in row 5`, `"1.500" in row 2`, "1500", "1.500", "--decimal comma", "--decimal point")
}

func TestCurrencyWithThreeDecimalsContradictsNothing(t *testing.T) {
	var v Votes
	for i, text := range []string{"1.500", "2.500", "3.750", "99.90"} {
		a, _ := read(text)
		v.Count(i, text, &a, HasThousandths("KWD"))
	}
	if got, err := v.Decide("Valor"); got != Point || err != nil {
		t.Errorf("got %q, %v", rune(got), err)
	}
	for sign, want := range map[string]bool{"KWD": true, "bhd": true, "KD": true, "BRL": false, "R$": false, "": false, "$": false, "XYZ": false} {
		if got := HasThousandths(sign); got != want {
			t.Errorf("%s: %v", sign, got)
		}
	}
}

func TestColumnThatCannotBeDecided(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts []string
		want  string
	}{
		{"all can be read in two ways", []string{"1.234", "1,234", "12"},
			`column "Valor": every amount can be read in two ways, such as "1.234" in row 2: 1234 (decimal comma) or 1.234 (decimal point); ` +
				`say which with --decimal comma or --decimal point`},
		{"the first that can be read in two ways", []string{"12", "a combinar", "-R$ 1,000"},
			`column "Valor": every amount can be read in two ways, such as "-R$ 1,000" in row 4: -1.000 (decimal comma) or -1000 (decimal point); ` +
				`say which with --decimal comma or --decimal point`},
		{"evenly divided", []string{"1.234", "1.5", "1.234,50", "2,5", "2.5"},
			`column "Valor": as many amounts have a decimal point, such as "1.5" in row 3, as a decimal comma, such as "1.234,50" in row 4; ` +
				`write all in one way, or say which with --decimal comma or --decimal point`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := votesOf(c.texts).Decide("Valor")
			if got != 0 || err == nil || sheettest.Words(err) != c.want {
				t.Errorf("got %q and\n%v, want\n%s", rune(got), err, c.want)
			}
		})
	}
}

// votesOf returns the votes of a column with these cells, from row 2 on.
func votesOf(texts []string) *Votes {
	var v Votes
	for i, text := range texts {
		v.addText(i+2, text)
	}
	return &v
}

func (v *Votes) addText(row int, text string) {
	a, _ := read(text)
	v.Count(row, text, &a, false)
}

func TestVotesCountsWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points, commas, open := rapid.IntRange(0, 5).Draw(t, "points"), rapid.IntRange(0, 5).Draw(t, "commas"), rapid.IntRange(0, 5).Draw(t, "open")
		texts := slices.Concat(slices.Repeat([]string{"1.5"}, points), slices.Repeat([]string{"1,5"}, commas),
			slices.Repeat([]string{"1.234"}, open), []string{"7", "7", "?", "?"})
		got, err := votesOf(rapid.Permutation(texts).Draw(t, "cells")).Decide("Valor")
		undecided := points == commas && points+open > 0 || points > commas && (open > fewThousandths || open > points)
		want := Decimal(0)
		switch {
		case undecided:
		case points > commas:
			want = Point
		case commas > points:
			want = Comma
		}
		if got != want || (err != nil) != undecided {
			t.Fatalf("got %q, %v", rune(got), err)
		}
	})
}

func TestVotesKeepsNoMoreThanItsExamples(t *testing.T) {
	var v Votes
	add := func(row int) {
		v.addText(row, fmt.Sprintf("%d.5", row%7))
		v.addText(row, fmt.Sprintf("%d,5", row%7))
		v.addText(row, fmt.Sprintf("%d.234", row%7+1))
	}
	add(2)
	early := sheettest.LiveHeap()
	for row := range 100_000 {
		add(row + 3)
	}
	if late := sheettest.LiveHeap(); late > early+1<<18 {
		t.Errorf("%d bytes live at the start, %d at the end", early, late)
	}
	_, err := v.Decide("Valor")
	sheettest.WantError(t, err, `"2.5" in row 2`, `"2,5" in row 2`)
}

func TestVotesLetsGoOfTheRecord(t *testing.T) {
	var v Votes
	early := sheettest.LiveHeap()
	v.addText(2, strings.Repeat("1.5 ", 1<<20)[:3])
	if late := sheettest.LiveHeap(); late > early+1<<20 {
		t.Errorf("%d bytes live before, %d after", early, late)
	}
	runtime.KeepAlive(&v)
}
