package csvmap

import (
	"strings"
	"testing"

	"razebulk/csvmap/internal/booktest"
)

func TestNotesBesideTheTableOfAWorkbook(t *testing.T) {
	rows := func(cells ...string) (all string) {
		for i, row := range cells {
			n := string(rune('1' + i))
			all += `<row r="` + n + `">`
			for cell := range strings.SplitSeq(row, " ") {
				place, text, _ := strings.Cut(cell, "=")
				all += `<c r="` + place + n + `" t="str"><v>` + text + `</v></c>`
			}
			all += `</row>`
		}
		return all
	}
	book := func(cells ...string) string { return booktest.SheetData(rows(cells...)).Book(t).String() }
	noted := book("A=id B=Nome", "A=1 B=Ana D=ligar", "A=2 B=Bia", "A=3 B=Cid E=sim")
	const refused = "2 1 !cell_without_header row\n3 2 name=Bia\n4 3 !cell_without_header row\n"
	for _, c := range []struct {
		name, sheet string
		ignored     []string
		want        string
	}{
		{"refused", noted, nil, refused},
		{"left out", noted, []string{"D", "e"}, "2 1 name=Ana\n3 2 name=Bia\n4 3 name=Cid\n"},
		{"one of them left out", noted, []string{"D"}, "2 1 name=Ana\n3 2 name=Bia\n4 3 !cell_without_header row\n"},
		{"the other left out", noted, []string{"E"}, "2 1 name=Ana !cell_without_header row\n3 2 name=Bia\n4 3 name=Cid\n"},
		{"a column that is not there", noted, []string{"D", "AZ"}, `refused: --ignore-columns "AZ": the sheet has no such column`},
		{"a word that is also a column", noted, []string{"UF"}, `refused: --ignore-columns "UF": the sheet has no such column`},
		{"the name of a column", book("A=id B=D", "A=1 D=x"), []string{"D"}, "2 1 !cell_without_header row\n"},
		{"far away", book("A=id B=Nome", "A=1 AZ=x"), nil, "2 1 !row_shifted row\n"},
		{"in a CSV file", "id,Nome\n1,Ana,,x\n", []string{"D"}, `refused: --ignore-columns "D": the sheet has no such column`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sentOf(c.sheet, Options{Ignore: c.ignored}); !strings.HasPrefix(got, c.want) {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
	again := noted
	for range 2 { // the failed rows, and those that fail again
		r, _ := readSheet(t, again, Options{})
		again = copiedAs(t, r, again)
		if got := sentOf(again, Options{}); got != "2 1 name=Ana !cell_without_header row\n3 2 name=Bia\n4 3 name=Cid !cell_without_header row\n" {
			t.Errorf("the failed rows:\n%s", got)
		}
		if got := sentOf(again, Options{Ignore: []string{"D", "E"}}); got != "2 1 name=Ana\n3 2 name=Bia\n4 3 name=Cid\n" {
			t.Errorf("the failed rows, with the columns left out as the messages advise:\n%s", got)
		}
	}
	o := Options{Ignore: []string{"D", "E"}}
	failed := copied(t, noted, o)
	if got := sentOf(failed, o); got != "2 1 name=Ana\n3 2 name=Bia\n4 3 name=Cid\n" {
		t.Errorf("the failed rows, with the same options:\n%s", got)
	}
}
