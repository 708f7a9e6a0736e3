package csvmap

import (
	"fmt"
	"strings"
	"testing"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/slips"
	"razebulk/internal/crm"
)

func TestAmountsThatGoOnInTheNextCell(t *testing.T) {
	const none = "[] \"\""
	for _, c := range []struct {
		name  string
		field string
		rows  [][2]string
		want  string
	}{
		{"thousands", crm.Notes, [][2]string{{"1", "234.50"}, {"R$ 2", "500.00"}, {"-12", "345.1"}}, `[] "1,234.50"`},
		{"thousands with a currency behind", crm.Company, [][2]string{{"1", "234 €"}, {"2", "500.5 USD"}}, `[] "1,234 €"`},
		{"figures of one digit", crm.Notes, [][2]string{{"150", "3"}, {"200", "7"}}, none},
		{"figures of three digits", crm.Company, [][2]string{{"150", "101"}, {"200", "201"}}, none},
		{"amounts in quotes", crm.Notes, [][2]string{{`"1500"`, "50"}, {`"200"`, "75"}}, none},
		{"thousands among texts", crm.Notes, [][2]string{{"1", "234.50"}, {"500.00", "ligar"}}, `[2:row_cut_cents] ""`},
		{"one decimal among texts", crm.Notes, [][2]string{{"1234", "5"}, {"500", "ligar"}}, none},
		{"codes of three digits", "product", [][2]string{{"100", "101"}, {"250", "102"}}, none},
		{"owners of three digits", crm.Owner, [][2]string{{"100", "101"}, {"250", "102"}}, none},
		{"owners of one digit", crm.Owner, [][2]string{{"100", "1"}, {"250", "7"}}, none},
		{"amounts of four digits", crm.Notes, [][2]string{{"1000", "101"}, {"2500", "102"}}, none},
		{"amounts that begin with 0", crm.Notes, [][2]string{{"0", "101"}, {"0", "102"}}, none},
		{"a local phone", crm.Phone, [][2]string{{"100", "555.1234"}, {"100", "555.1235"}}, none},
		{"in quotes", crm.Notes, [][2]string{{"1", `"234"`}, {"2", `"500"`}}, none},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s slips.Split
			for i, row := range c.rows {
				s.See(&cell.Record{Number: i + 2, Cells: row[:]}, 0, c.field)
			}
			text, _, _ := s.Found()
			cut := map[int]string{}
			if text == "" {
				s.AddParted(cut, true)
			}
			if got := fmt.Sprintf("%s %q", strings.TrimPrefix(fmt.Sprint(cut), "map"), text); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestRowsThatShowTheyHaveShifted(t *testing.T) {
	const whole = "B,99,11 99999-0000\n"
	for _, c := range []struct{ name, sheet, want string }{
		{"cents for a phone", "id,deal_value,phone\nA,1234,56\nC,R$ 99,90\n" + whole, "2 A phone=56 deal_value=1234 !row_cut_cents row\n3 C phone=90 deal_value=99 !row_cut_cents row\n" +
			"4 B phone=11 99999-0000 deal_value=99\n"},
		{"thousands for a phone", "id,deal_value,phone\nA,1,234.50\n" + whole, "2 A phone=234.50 deal_value=1 !row_cut_cents row\n3 B phone=11 99999-0000 deal_value=99\n"},
		{"an extension", "id,deal_value,phone\nA,150,190\nC,1500,5\n" + whole, "2 A phone=190 deal_value=150\n3 C phone=5 deal_value=1500\n4 B phone=11 99999-0000 deal_value=99\n"},
		{"in quotes", "id,deal_value,phone\nA,1234,\"56\"\n" + whole, "2 A phone=56 deal_value=1234\n3 B phone=11 99999-0000 deal_value=99\n"},
		{"an amount with cents", "id,deal_value,phone\nA,12.34,56\n" + whole, "2 A phone=56 deal_value=12.34\n3 B phone=11 99999-0000 deal_value=99\n"},
		{"in a sheet with semicolons", "id;deal_value;phone\nA;1234;56\nB;99;11 99999-0000\n", "2 A phone=56 deal_value=1234\n3 B phone=11 99999-0000 deal_value=99\n"},
		{"not beside an amount", "id,name,phone\nA,Ana,56\nB,Bia,11 99999-0000\n", "2 A name=Ana phone=56\n3 B name=Bia phone=11 99999-0000\n"},
		{"a phone for a name", "id,name,phone,company\nA,11 99999-0001,Acme 2,\nB,Bia,11 88888-0001,Beta\n", "2 A name=11 99999-0001 phone=Acme 2 !row_slipped row\n" +
			"3 B name=Bia phone=11 88888-0001 company=Beta\n"},
		{"an address and a number beside an extension", "id,name,phone,company\nA,ana@ex.com,201,12.345.678/0001-90\n", "2 A name=ana@ex.com phone=201 company=12.345.678/0001-90\n"},
		{"a short phone beside a short name", "id,name,phone,company\nA,007,007,51\n", "2 A name=007 phone=007 company=51\n"},
		{"a short phone", "id,name,phone,company\nA,Ana,ramal 12,Acme 2\nB,Bia,11 88888-0001,51\n", "2 A name=Ana phone=ramal 12 company=Acme 2\n3 B name=Bia phone=11 88888-0001 company=51\n"},
		{"thousands for notes", "id,deal_value,notes\nA,1,234.50\nB,2,500.00\n", `refused: columns "deal_value" and "notes": in all rows the second has digits`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sentOf(c.sheet, Options{}); got != c.want && (!strings.HasPrefix(c.want, "refused") || !strings.HasPrefix(got, c.want)) {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}
