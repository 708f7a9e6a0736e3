package csvmap

import (
	"strings"
	"testing"
)

// TestLinesBelowARow has lines that may be the rest of the row above, or end a report.
func TestLinesBelowARow(t *testing.T) {
	const a, b = "265e24ec-3bc8-4820-b65f-89a69d7babe4", "b478c75d-eb4f-4b56-86ec-71aa86afb784"
	const header, first, second = "id;name;notes\n", "A;Ana;prazo\n", "B;Bia;x\n"
	const broken, fine = "2 A name=Ana notes=prazo !row_broken row\n", "2 A name=Ana notes=prazo\n"
	const short = "notice: 1 row has fewer cells than the header, the first is row 3: the missing cells count as empty; check that none is missing in the middle\n"
	const total = "notice: 1 row of totals was left out, the first is row "
	for _, c := range []struct{ name, sheet, want string }{
		{"a word of footers", header + first + "Obs: desconto\n" + second, short + broken + "3 Obs: desconto !row_broken row !id_with_white_space id\n4 B name=Bia notes=x\n"},
		{"one such word", header + first + "fonte\n" + second, short + broken + "3 fonte !row_broken row\n4 B name=Bia notes=x\n"},
		{"a blank row below it", header + first + "fonte\n\n" + second, short + broken + "3 fonte !row_broken row\n5 B name=Bia notes=x\n"},
		{"a header below it", header + first + "fonte\n" + header + second, "notice: 1 row repeats the header and was left out, the first is row 4: several sheets were pasted together\n" + short + fine + "3 fonte\n5 B name=Bia notes=x\n"},
		{"nothing below it", header + second + first + "fonte\n", strings.Replace(short, "row 3", "row 4", 1) + "2 B name=Bia notes=x\n3 A name=Ana notes=prazo\n4 fonte\n"},
		{"two lines", header + first + "fonte\nlinhas\n" + second, strings.Replace(short, "1 row has", "2 rows have", 1) + broken + "3 fonte !row_broken row\n4 linhas !row_broken row\n5 B name=Bia notes=x\n"},
		{"two lines and nothing below them", header + second + first + "fonte\ncrm\n", "notice: 2 rows have fewer cells than the header, the first is row 4: the missing cells count as empty; check that none is missing in the middle\n" +
			"2 B name=Bia notes=x\n3 A name=Ana notes=prazo\n4 fonte\n5 crm\n"},
		{"a word for totals below a short row", header + "A;Ana\nTotal\n" + second, total + "3\n" + strings.Replace(short, "row 3", "row 2", 1) + "2 A name=Ana\n4 B name=Bia notes=x\n"},
		{"a number", header + first + "2\n" + second, short + broken + "3 2 !row_broken row\n4 B name=Bia notes=x\n"},
		{"a word for totals", header + first + "total\n" + second, short + broken + "3 total !row_broken row\n4 B name=Bia notes=x\n"},
		{"a word for totals and another line", header + first + "soma\nfonte\n" + second, strings.Replace(short, "1 row has", "2 rows have", 1) + broken + "3 soma !row_broken row\n4 fonte !row_broken row\n5 B name=Bia notes=x\n"},
		{"a word for totals above a blank row", header + first + "Subtotal\n\n" + second, total + "3\n" + fine + "5 B name=Bia notes=x\n"},
		{"a word for totals below all rows", header + first + second + "Total: 2\n", total + "4\n" + fine + "3 B name=Bia notes=x\n"},
		{"a word for totals below an empty cell", header + "A;Ana;\nTotal\n" + second, total + "3\n2 A name=Ana\n4 B name=Bia notes=x\n"},
		{"a number below all rows", header + second + first + "2\n", strings.Replace(short, "row 3", "row 4", 1) + "2 B name=Bia notes=x\n3 A name=Ana notes=prazo\n4 2\n"},
		{"a word for totals with a figure", header + first + "Total: 2\n" + second, total + "3\n" + fine + "4 B name=Bia notes=x\n"},
		{"the end of a page", header + first + "Página 1 de 2\n" + second, short + fine + "3 Página 1 de 2 !id_with_white_space id\n4 B name=Bia notes=x\n"},
		{"totals between groups", header + first + "Subtotal;1;\n" + second, total + "3\n" + fine + "4 B name=Bia notes=x\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := sentOf(strings.NewReplacer("A;", a+";", "B;", b+";").Replace(c.sheet), Options{})
			if got = strings.NewReplacer(a, "A", b, "B").Replace(got); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestLinesBelowARowWithShortIDs(t *testing.T) {
	const want = "2 A name=Ana notes=prazo !row_broken row\n3 total !row_broken row\n4 B name=Bia notes=x\n"
	if got := sentOf("id;name;notes\nA;Ana;prazo\ntotal\nB;Bia;x\n", Options{}); !strings.HasSuffix(got, want) {
		t.Errorf("a total: got\n%swant\n%s", got, want)
	}
	if got := sentOf("id;name;notes\n1001;Ana;prazo\n2\n3;Bia;x\n", Options{}); !strings.HasSuffix(got, "2 1001 name=Ana notes=prazo\n3 2\n4 3 name=Bia notes=x\n") {
		t.Errorf("a number that is an id: got\n%s", got)
	}
}

// TestPartedRowThatIsTheOnlyShortOne is read until the judgement is the same twice.
func TestPartedRowThatIsTheOnlyShortOne(t *testing.T) {
	got := sentOf("id,deal_value,notes,company\nA,1234,56\nB,10,ligar,Acme\n", Options{})
	if want := "2 A deal_value=1234 notes=56 !row_cut_cents row\n3 B company=Acme deal_value=10 notes=ligar\n"; !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s", got)
	}
}

func TestTotalsThatCount(t *testing.T) {
	got := sentOf("Stage;Opportunity ID;Amount\nOpen;006A1;10\nOpen;006A2;20\nSubtotal;Count;2\nWon;006A3;5\nSubtotal;Contagem;1\nTotal;Conteo (3);3\n", Options{Ignore: []string{"Stage"}})
	if want := "notice: 3 rows of totals were left out, the first is row 4\n2 006A1 deal_value=10\n3 006A2 deal_value=20\n5 006A3 deal_value=5\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
