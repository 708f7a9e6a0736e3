package amount

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

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
		{"no number counts for a point", []string{"1.5.", "1.", "2,5"}, DecimalComma},
		{"one with a point", []string{"1.234", "1,234", "1.5"}, DecimalPoint},
		{"one with a comma", []string{"R$ 1.234", "10,00"}, DecimalComma},
		{"groups of points", []string{"1.234", "1.234.567"}, DecimalComma},
		{"groups of commas", []string{"1,234", "1,234,567"}, DecimalPoint},
		{"more points", []string{"1,5", "1.5", "2.5", "1,234", "7"}, DecimalPoint},
		{"more commas", []string{"1.5", "1,5", "2,5", "1,234", "7"}, DecimalComma},
		{"amounts that can be read in two ways don't vote", []string{"1.234", "2.345", "3.456", "1.234,5"}, DecimalComma},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ballotOf(c.texts).decide("Valor")
			if got != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", rune(got), err, rune(c.want))
			}
		})
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
			got, err := ballotOf(c.texts).decide("Valor")
			if got != 0 || err == nil || err.Error() != c.want {
				t.Errorf("got %q and\n%v, want\n%s", rune(got), err, c.want)
			}
		})
	}
}

// ballotOf holds a column whose cells stand below each other from row 2 on.
func ballotOf(texts []string) *ballot {
	var b ballot
	for i, text := range texts {
		b.addText(i+2, text)
	}
	return &b
}

func (b *ballot) addText(row int, text string) {
	a, _ := readAmount(text)
	b.add(row, text, a)
}

func TestBallotCountsWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points, commas, open := rapid.IntRange(0, 5).Draw(t, "points"), rapid.IntRange(0, 5).Draw(t, "commas"), rapid.IntRange(0, 5).Draw(t, "open")
		texts := slices.Concat(slices.Repeat([]string{"1.5"}, points), slices.Repeat([]string{"1,5"}, commas),
			slices.Repeat([]string{"1.234"}, open), []string{"7", "7", "?", "?"})
		got, err := ballotOf(rapid.Permutation(texts).Draw(t, "cells")).decide("Valor")
		undecided := points == commas && points+open > 0
		want := Decimal(0)
		switch {
		case points > commas:
			want = DecimalPoint
		case commas > points:
			want = DecimalComma
		}
		if got != want || (err != nil) != undecided {
			t.Fatalf("got %q, %v", rune(got), err)
		}
	})
}

func TestBallotKeepsNoMoreThanItsExamples(t *testing.T) {
	var b ballot
	add := func(row int) {
		b.addText(row, fmt.Sprintf("%d.5", row%7))
		b.addText(row, fmt.Sprintf("%d,5", row%7))
		b.addText(row, fmt.Sprintf("%d.234", row%7+1))
	}
	add(2)
	early := liveHeap()
	for row := range 100_000 {
		add(row + 3)
	}
	if late := liveHeap(); late > early+1<<18 {
		t.Errorf("%d bytes live at the start, %d at the end", early, late)
	}
	_, err := b.decide("Valor")
	wantError(t, err, `"2.5" in row 2`, `"2,5" in row 2`)
}

func TestBallotLetsGoOfTheRecord(t *testing.T) {
	var b ballot
	early := liveHeap()
	b.addText(2, strings.Repeat("1.5 ", 1<<20)[:3])
	if late := liveHeap(); late > early+1<<20 {
		t.Errorf("%d bytes live before, %d after", early, late)
	}
	runtime.KeepAlive(&b)
}
