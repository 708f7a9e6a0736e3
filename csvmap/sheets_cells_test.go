package csvmap

import (
	"cmp"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"

	difference "github.com/google/go-cmp/cmp"
)

// sheetsOfCells are the sheets in testdata/sheets with nasty cells, amounts or rows.
var sheetsOfCells = []string{
	"l02_unit_header", "l04_dech", "l06_enin", "l14_formula_text", "l15_dates_amount", "l16_accounting", "l18b_total_in_id", "l20_two_headers",
	"l20c_repeated_header", "l20d_bom_middle", "m01_null", "m03_floatid", "m03c_idcomma", "m03d_idthousand", "m05_phones", "m12_short_shift",
	"m12b_gluedquote", "m20e_oneoddmajority", "m21_datesexcel", "m22_question", "m23b_mojibake_mac", "m23e_1252as850", "m23f_html",
	"n01_onevote_pt", "n04_bidi", "n06_errs", "n07_loading", "n09_trimshift", "n10_valorheader_hint", "m34_nbspheader", "m35_lineinheader",
	"p2_02b_crlf_before_comma", "p2_03_NA", "p2_34_tripleid", "q3_total_first", "q8_phone2f", "q9_invisible_mid", "s1_lost",
}

// TestNastySheetsOfCells compares what each sheet sends with testdata/sheets/cells.golden.
func TestNastySheetsOfCells(t *testing.T) {
	var got strings.Builder
	for _, name := range sheetsOfCells {
		text, err := os.ReadFile(filepath.Join("../testdata/sheets", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "== %s\n%s", name, sentOf(string(text), Options{}))
	}
	compareGolden(t, "../testdata/sheets/cells.golden", []byte(got.String()))
}

// sentOf returns what a sheet sends, one row per line: fields and their values, and the codes of what is refused.
func sentOf(text string, o Options) string {
	var rows strings.Builder
	var damage Damage
	r, err := Inspect(opens(text), int64(len(text)), o, func(all iter.Seq2[Row, error]) error {
		rows.Reset()
		damage = Damage{}
		for row, err := range all {
			if err != nil {
				return err
			}
			damage.Count(row)
			rows.WriteString(sentOfRow(row))
		}
		return nil
	})
	if err != nil {
		return "refused: " + sheettest.Words(err) + "\n"
	}
	notices := ""
	for _, notice := range r.Notices() {
		notices += "notice: " + sheettest.Text(notice) + "\n"
	}
	if damage.Err() != nil {
		notices += "refused: damaged\n"
	}
	return notices + rows.String()
}

func sentOfRow(row Row) string {
	line := fmt.Sprintf("%d %s", row.Number, row.ID)
	for _, cell := range row.Cells {
		line += fmt.Sprintf(" %s=%s", cell.Field, strings.Trim(fmt.Sprintf("%q", cell.Text), `"`))
	}
	for _, problem := range row.Problems {
		line += " !" + problem.Code + " " + cmp.Or(problem.Field, "row")
	}
	return line + "\n"
}

// TestSecondSheetsOfTheSameKinds has another sheet for each kind in testdata/sheets.
func TestSecondSheetsOfTheSameKinds(t *testing.T) {
	for _, c := range []struct{ name, sheet, want string }{
		{"a price with a comma among thousands", "id;Valor\n1;\"1,500\"\n2;\"12,000\"\n3;\"3,250\"\n4;\"99,90\"\n",
			"refused: column \"Valor\": 1 of its amounts has a decimal comma"},
		{"one of three decimals among prices", "id;Valor\n" + strings.Repeat("1;99.90\n", 12) + "2;1.500\n",
			strings.Repeat("# 1 deal_value=99.90\n", 12) + "# 2 !amount_three_decimals deal_value\n"},
		{"a unit in square brackets", "id,Amount [USD]\n1,\"1,234.50\"\n", "2 1 deal_value=1234.50\n"},
		{"a unit without brackets", "id;Valor em R$\n1;1.234,50\n", "2 1 deal_value=1234.50\n"},
		{"a unit of another currency than the row's", "id;Valor (R$);Moeda\n1;10;USD\n2;20;BRL\n", "2 1 deal_currency=USD !header_other_currency deal_value\n3 2 deal_value=20 deal_currency=BRL\n"},
		{"a sign of another currency than the header's", "id;Valor (R$)\n1;US$ 10\n2;R$ 20\n", "2 1 !amount_currencies_differ deal_value\n3 2 deal_value=20\n"},
		{"a unit that multiplies", "id;Valor (mil R$)\n1;10\n", "refused: column \"Valor (mil R$)\" is not known"},
		{"German and Indian whole amounts", "id;Valor\n1;1.000,-\n2;1.500,50\n", "2 1 deal_value=1000\n3 2 deal_value=1500.50\n"},
		{"words for nothing", "id,name,company\n1,<NA>,NaT\n2,nan,[object Object]\n3,Nan,Nil\n4,—,???\n",
			"2 1 !empty_word name !empty_word company\n3 2 !empty_word name !empty_word company\n4 3 name=Nan company=Nil\n5 4 !empty_word name !empty_word company\n"},
		{"errors of other languages", "id;name\n1;#ODKAZ!\n2;#VIITTAUS!\n3;#HIÁNYZIK\n4;#KELİME?\n5;#VIP\n6;#1 Pizzas\n7;#urgente\n8;Wczytywanie…\n9;Fehler:502\n" + strings.Repeat("x;y\n", 25),
			"2 1 !formula_error name\n3 2 !formula_error name\n4 3 !formula_error name\n5 4 !formula_error name\n6 5 name=#VIP\n7 6 name=#1 Pizzas\n8 7 name=#urgente\n9 8 !formula_error name\n10 9 !formula_error name\n"},
		{"links for phones and e-mails", "id;phone;email\n1;tel:+5511999990000;a@ex.com\n2;TEL:11-99999;mailto:b@ex.com\n3;Tel: 11 99999-0000;c@ex.com\n4;callto:551199;\n5;https://wa.me/5511999990000;\n6;whatsapp://send?phone=5511999990000;\n7;WhatsApp: 11 99999-0000;\n",
			"2 1 email=a@ex.com !phone_is_link phone\n3 2 !email_invalid email !phone_is_link phone\n4 3 email=c@ex.com phone=Tel: 11 99999-0000\n5 4 !phone_is_link phone\n6 5 !phone_is_link phone\n7 6 !phone_is_link phone\n8 7 phone=WhatsApp: 11 99999-0000\n"},
		{"e-mails and words for phones", "id,phone\n1,ana@example.com\n2,sem telefone\n3,ana@example.com ou 11 99999-0000\n4,ramal 12\n",
			"2 1 !phone_is_address phone\n3 2 phone=sem telefone\n4 3 phone=ana@example.com ou 11 99999-0000\n5 4 phone=ramal 12\n"},
		{"apostrophes before formulas in a row of their own", "id,name,notes\n1,'=','='\n2,Ana,x\n", "2 1 name==' notes=='\n3 2 name=Ana notes=x\n"},
		{"apostrophes before formulas beside a delimiter too many", "id,name,notes\n1,'=a,b=',x\n2,Ana,x\n", "2 1 !row_shifted row\n3 2 name=Ana notes=x\n"},
		{"apostrophes before formulas among those for quotes", "id,name,notes\n1,'=','a,b'\n2,'Ana','x'\n", "2 1 name== notes=a,b\n3 2 name=Ana notes=x\n"},
		{"phones of zeros", "id;phone\n1;0\n2;(00) 0000-0000\n3;+55 11 90000-0000\n4;190\n",
			"2 1 !empty_word phone\n3 2 !empty_word phone\n4 3 phone=+55 11 90000-0000\n5 4 phone=190\n"},
		{"formulas with another sign, and texts", "id;name\n1;+A1\n2;@SUM(A1)\n3;+A1&B1\n4;-SOMA(A1:B1)\n5;+Plan1!B2\n6;+55 11 9999\n7;@usuario\n8;-10\n9;+1 reunião\n10;-A4\n11;+B2B\n12;@ACME\n13;+D1 reunião\n",
			"2 1 !formula_as_text name\n3 2 !formula_as_text name\n4 3 !formula_as_text name\n5 4 !formula_as_text name\n6 5 !formula_as_text name\n" +
				"7 6 name=+55 11 9999\n8 7 name=@usuario\n9 8 name=-10\n10 9 name=+1 reunião\n11 10 name=-A4\n12 11 name=+B2B\n13 12 name=@ACME\n14 13 name=+D1 reunião\n"},
		{"a decimal comma without quotes in a row that fits by chance", "id,name,deal_value,notes\na,João,1234,56\nb,Bia,10\nc,Cid,7,ligar\n",
			"2 a name=João deal_value=1234 notes=56 !row_cut_cents row\n3 b name=Bia deal_value=10\n4 c name=Cid deal_value=7 notes=ligar\n"},
		{"the same beside a column that is left out", "id,deal_value,status\na,1234,56\nb,10\nc,7,won\n",
			"2 a deal_value=1234 !row_cut_cents row\n3 b deal_value=10\n4 c deal_value=7\n"},
		{"formulas as text", "id;name\n1;=SE(A1>0,1,2)\n2;='Plan 1'!B2\n3;=> ligar\n4;=== urgente ===\n5;=$A$1*2\n",
			"2 1 !formula_as_text name\n3 2 !formula_as_text name\n4 3 name==> ligar\n5 4 name==== urgente ===\n6 5 !formula_as_text name\n"},
		{"garbled in other ways", "id;name\n1;Jos\u251c\u00ae\n2;JosГ© Souza\n3;WaÅ‚Ä™sa\n4;SĂŁo\n5;Joßo e Joã£o\n6;Вік\n7;ORĂŞTIE\n8;ConceiÇÃo\n" + strings.Repeat("x;y\n", 25),
			"2 1 !letters_garbled name\n3 2 !letters_garbled name\n4 3 !letters_garbled name\n5 4 !letters_garbled name\n6 5 !letters_garbled name\n7 6 name=Вік\n8 7 name=ORĂŞTIE\n9 8 !letters_garbled_perhaps name\n"},
		{"what only looks garbled", "id;name\n1;ConceiÇÃo\n2;Açıkça\n3;D´Ávila\n4;Nicolò\n5;m²\n6;NICOLÒ\n7;Straße\n8;Γιώργος\n9;\"AT&T; Co\"\n",
			"2 1 name=ConceiÇÃo\n3 2 name=Açıkça\n4 3 name=D´Ávila\n5 4 name=Nicolò\n6 5 name=m²\n7 6 name=NICOLÒ\n8 7 name=Straße\n9 8 name=Γιώργος\n10 9 name=AT&T; Co\n"},
		{"questions in a column that has lost nothing", "id,notes\n1,Tudo bem?Sim\n2,ol?\n3,Quando liga?\n", "2 1 notes=Tudo bem?Sim\n3 2 notes=ol?\n4 3 notes=Quando liga?\n"},
		{"questions in one that has", "id,notes\n1,Jo?o\n2,ol?\n3,\"ligar amanhã, certo?\"\n" + strings.Repeat("x,y\n", 10),
			"2 1 !letter_lost notes\n3 2 !letter_lost_perhaps notes\n4 3 notes=ligar amanhã, certo?\n"},
		{"a mark of the direction that was lost", "id,phone,email\n1,?+55 11 99999-0001,jos?@ex.com\n" + strings.Repeat("x,,\n", 10), "2 1 !letter_lost email !letter_lost phone\n"},
		{"isolates round a phone", "id,phone\n1,\u2066+55 11 \u202a99999-0001\u202c\u2069\n", "2 1 phone=+55 11 99999-0001\n"},
		{"phones as other values", "id,phone\n1,mar/55\n2,2055-03-01\n3,5'511'999'990'007\n4,912.345.678\n5,030/1234567\n6,555.123.4567\n",
			"2 1 !date_for_phone phone\n3 2 !date_for_phone phone\n4 3 !number_grouped phone\n5 4 phone=912.345.678\n6 5 phone=030/1234567\n7 6 phone=555.123.4567\n"},
		{"totals in another column", "id;Nome;Valor\n1;Ana;10,50\n;Total geral;10,50\n;Ana;2,50\n;Subtotal:;\n",
			"notice: 2 rows of totals were left out, the first is row 3\n2 1 name=Ana deal_value=10.50\n4  name=Ana deal_value=2.50 !id_missing id\n"},
		{"no totals", "id;Nome\nTotal-1;Ana\n2;Total\n", "2 Total-1 name=Ana\n3 2 name=Total\n"},
		{"a header in another order", "id,name,company\n1,Ana,Acme\nid,company,name\n2,Beta,Bia\n", "refused: row 3 is another header, with the columns \"id\", \"company\", \"name\""},
		{"a header with a column that is not known", "id,name,company\n1,Ana,Acme\nID,Nome,Faturamento\n2,Beta,Bia\n", "refused: row 3 is another header"},
		{"short rows of a program that cuts blanks", "id,name,company,notes\n1,Ana,Acme,x\n2,Bia\n3\n",
			"notice: 2 rows have fewer cells than the header, the first is row 3: the missing cells count as empty; check that none is missing in the middle\n2 1 name=Ana company=Acme notes=x\n3 2 name=Bia\n4 3\n"},
		{"a short row of one that doesn't", "id,name,company,notes\n1,Ana,Acme,\n2,Beta,ligar\n3,Cid,,\n",
			"notice: 1 row has fewer cells than the header, the first is row 3: the missing cells count as empty; check that none is missing in the middle\n2 1 name=Ana company=Acme\n3 2 name=Beta company=ligar !row_cut row\n4 3 name=Cid\n"},
		{"a short row with an address for a name", "id,name,email,company\n1,Ana,a@ex.com,Acme\n2,b@ex.com,Beta\n",
			"!email_invalid email\n"},
		{"decimal commas without quotes", "id,deal_value,notes\n1,10,50\n2,7,25\n3,,\n", "refused: columns \"deal_value\" and \"notes\": in all rows"},
		{"notes that are numbers", "id,deal_value,notes\n1,10,50\n2,7,ligar\n", "2 1 deal_value=10 notes=50\n3 2 deal_value=7 notes=ligar\n"},
		{"accents by their numbers", "id,name\n1,Concei=C3=A7=C3=A3o\n2,Jos\\u00e9\n3,Concei%C3%A7%C3%A3o\n4,100% a=b\n",
			"refused: damaged\n2 1 !letters_garbled name\n3 2 !letters_garbled name\n4 3 !letters_garbled name\n5 4 name=100% a=b\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := sentOf(c.sheet, Options{})
			if strings.HasPrefix(c.want, "#") { // without the row numbers
				for n := range 100 {
					got = strings.ReplaceAll("\n"+got, fmt.Sprintf("\n%d ", n), "\n# ")[1:]
				}
			}
			if !strings.Contains(got, c.want) {
				t.Error("(-want +got)\n" + difference.Diff(c.want, got))
			}
		})
	}
}

// TestAdvisedEmptyWordsWork passes on the word that the message has, with its white space on one line.
func TestAdvisedEmptyWordsWork(t *testing.T) {
	for _, word := range []string{"NULL", "-  -", "-\u00a0\u2009 -", "?  ?", `\N`, "[object Object]"} {
		sheet := "id,name,company\n1,Ana," + word + "\n"
		_, rows := readSheet(t, sheet, Options{})
		_, advised, found := strings.Cut(strings.Join(strings.Fields(rows[0].Problems[0].Code), " "), "--empty-words ")
		quotes := advised[:1]
		if advised = strings.Trim(advised, quotes); !found || quotes != `"` && quotes != "'" {
			t.Fatalf("%q: %v", word, rows[0].Problems)
		}
		if got := sentOf(sheet, Options{EmptyWords: []string{advised}}); got != "2 1 name=Ana\n" {
			t.Errorf("%q, advised %q: %s", word, advised, got)
		}
	}
	if got := sentOf("id,name\n1,a b\n2,ab\n", Options{EmptyWords: []string{"a  b"}}); got != "2 1\n3 2 name=ab\n" {
		t.Error(got)
	}
}

func TestEmptyWordsLeaveFieldsAsTheyAre(t *testing.T) {
	got := sentOf("id,name,deal_value,notes\n1,NULL,N/A,null\n2,Bia,1.5,NULL\nNULL,Cid,,\n", Options{EmptyWords: []string{"NULL", "N/A"}})
	want := "2 1 !empty_word notes\n3 2 name=Bia deal_value=1.5\n4  name=Cid !id_missing id\n"
	if got != want {
		t.Error(difference.Diff(want, got))
	}
	for _, o := range []Options{{EmptyWords: []string{" NULL"}}, {EmptyWords: []string{""}}, {EmptyWords: []string{"x"}, ClearMarker: "x"}} {
		if got := sentOf("id,name\n1,a\n", o); !strings.HasPrefix(got, "refused: --empty-words") {
			t.Errorf("%q: %s", o.EmptyWords, got)
		}
	}
}
