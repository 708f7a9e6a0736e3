package csvmap

import (
	"strings"
	"testing"
)

func TestRowsWithMoreCellsThanTheHeader(t *testing.T) {
	for _, c := range []struct{ name, sheet, want string }{
		{"one of R", "\"id\",\"name\"\n\"1\",\"A\",\"Ana\"\n\"2\",\"B\",\"Bia\"\n", "refused: each row has one cell more than the header, and begins with a number"},
		{"one of R, in another order", "id,name\n7,A,Ana\n2,B,Bia\n", "refused: each row has one cell more than the header"},
		{"one of R with a delimiter before its header", ",id,name\n1,A,Ana\n2,B,Bia\n", "2 A name=Ana\n3 B name=Bia\n"},
		{"names without quotes", "id,name\nA,Souza, Ana\nB,Lima, Bia\n", "2 A !row_shifted row\n3 B !row_shifted row\n"},
		{"two cells more", "id,name\n1,A,Ana,x\n2,B,Bia,x\n", "2 1 !row_shifted row\n3 2 !row_shifted row\n"},
		{"not all rows", "id,name\n1,Souza, Ana\n2,Bia\n", "2 1 !row_shifted row\n3 2 name=Bia\n"},
		{"a single row", "id,name\n1,Souza, Ana\n", "2 1 !row_shifted row\n"},
		{"an empty cell too many", "id,name\nA,Ana\nC,Cid,\nD,Davi,,\n", "2 A name=Ana\n3 C !row_surplus_empty row\n4 D !row_surplus_empty row\n"},
		{"an empty cell and another", "id,name\nA,Ana\nC,Cid,,x\n", "2 A name=Ana\n3 C !row_shifted row\n"},
		{"blanks", "id,name\nA,Ana\nC,Cid, \n", "2 A name=Ana\n3 C !row_surplus_empty row\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sentOf(c.sheet, Options{}); got != c.want && (!strings.HasPrefix(c.want, "refused") || !strings.HasPrefix(got, c.want)) {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}
