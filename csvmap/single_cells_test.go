package csvmap

import (
	"strings"
	"testing"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/sheettest"
)

const anotherID = "265e24ec-3bc8-4820-b65f-89a69d7babe4"

// TestSingleCells has sheets of which a cell is not what its column holds.
func TestSingleCells(t *testing.T) {
	for _, c := range []struct {
		name, sheet string
		options     Options
		want        string
	}{
		{"white space of any kind in an e-mail address", "id,email\n1,Ana\u00a0ana@ex.com\n2,ana@ex.com\u00a0–\u00a0comercial\n3,ana\u2009silva@ex.com\n4,ana@ex\u3000.com\n5,\u00a0ana@ex.com\u3000\n6,josé@exämple.com\n", Options{},
			"2 1 !email_invalid email\n3 2 !email_invalid email\n4 3 !email_invalid email\n5 4 !email_invalid email\n6 5 email=ana@ex.com\n7 6 email=josé@exämple.com\n"},
		{"signs that no domain has", "id,email\n1,ana@ex.com/\n2,ana@ex.com#\n3,ana@ex.com=\n4,{ana@ex.com}\n5,ana@ex.com+\n6,ana@ex.com$\n7,ana@ex^.com\n8,ana@[10.0.0.1]\n", Options{},
			"2 1 !email_invalid email\n3 2 !email_invalid email\n4 3 !email_invalid email\n5 4 !email_invalid email\n6 5 !email_invalid email\n7 6 !email_invalid email\n8 7 !email_invalid email\n9 8 email=ana@[10.0.0.1]\n"},
		{"signs before an address", "id,email\n1,*ana@ex.com\n2,/ana@ex.com\n3,=ana@ex.com\n4,#ana@ex.com\n5,o'neil+a@ex.com\n6,a=b/c*d{e}@ex.com\n7,_ana$@ex.com\n8,&co@ex.com\n", Options{},
			"2 1 !email_invalid email\n3 2 !email_invalid email\n4 3 !email_invalid email\n5 4 !email_invalid email\n6 5 email=o'neil+a@ex.com\n7 6 email=a=b/c*d{e}@ex.com\n8 7 email=_ana$@ex.com\n9 8 email=&co@ex.com\n"},
		{"the zero of a lookup", "id,name,company,position,owner\n1,0,0,0,0\n2,\"0,00\",0.0,000,0\n3,007,0800 Pizzas,0.5,10\n4,x,99,00A,0a\n", Options{},
			"2 1 !empty_word name !empty_word company !empty_word position !empty_word responsible_user_id\n3 2 position=000 !empty_word name !empty_word company !empty_word responsible_user_id\n" +
				"4 3 name=007 company=0800 Pizzas position=0.5 responsible_user_id=10\n5 4 name=x company=99 position=00A responsible_user_id=0a\n"},
		{"zeros that may be meant", "id,notes,deal_value\n1,0,0\n", Options{}, "2 1 deal_value=0 notes=0\n"},
		{"zeros that count as empty", "id,name,company\n1,0,Acme\n", Options{EmptyWords: []string{"0"}}, "2 1 company=Acme\n"},
		{"an id for a name", "id,name,company,position\n1," + anotherID + ",Acme,x\n2,Ana," + strings.ToUpper(anotherID) + ",{" + anotherID + "}\n3,Ana,b478c75deb4f4b5686ec71aa86afb784,x\n4,Ana,b478c75deb4f4b5686ec71aa86afb784x,265e24ec\n", Options{},
			"2 1 company=Acme position=x !id_for_text name\n3 2 name=Ana !id_for_text company !id_for_text position\n4 3 name=Ana position=x !id_for_text company\n5 4 name=Ana company=b478c75deb4f4b5686ec71aa86afb784x position=265e24ec\n"},
		{"an id in the notes", "id,notes\n1," + anotherID + "\n", Options{}, "2 1 notes=" + anotherID + "\n"},
		{"words for no id", "id,name\n-,Ana\nN/A,Bia\n---,Cid\nNULL,Dora\n", Options{},
			"2 - name=Ana !id_missing id\n3 N/A name=Bia !id_missing id\n4 --- name=Cid !id_missing id\n5 NULL name=Dora !id_missing id\n"},
		{"words for no id in a row that needs none", "id,name,email\n-,Ana,a@ex.com\n", Options{Match: []Match{{Field: "email"}}}, "2 - name=Ana !empty_word id\n"},
		{"numbers for phones behind a sign", "id,phone\n1,+5.51E+12\n2,\"(5,51E+12)\"\n3,+5511999990001.0\n4,\"+5511999990001,00\"\n5,(11) 91234-5678\n6,+33.612.345.678\n7,+55 (11) 3333.0000\n8,(11) 3333-0000\n9,+55119\n", Options{},
			"refused: damaged\n2 1 !number_shortened phone\n3 2 !number_shortened phone\n4 3 !number_with_decimal phone\n5 4 !number_with_decimal phone\n" +
				"6 5 phone=(11) 91234-5678\n7 6 phone=+33.612.345.678\n8 7 phone=+55 (11) 3333.0000\n9 8 phone=(11) 3333-0000\n10 9 phone=+55119\n"},
		{"names that nobody sees", "id,name,company\n1,\u3164,x\n2,\u2800\u2800,x\n3,\ufe0f,x\n4, \ufe0f ,x\n5,♥\ufe0f,x\n6,\u3164Ana\u2800,x\n", Options{},
			"2 1 company=x\n3 2 company=x\n4 3 company=x\n5 4 company=x\n6 5 name=♥\ufe0f company=x\n7 6 name=Ana company=x\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.ReplaceAll(sentOf(c.sheet, c.options), `\ufe0f`, "\ufe0f")
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestTheZeroOfALookupInAWorkbook has a formula whose result is the number 0, and one that is shown as nothing.
func TestTheZeroOfALookupInAWorkbook(t *testing.T) {
	row := `<c r="%2"><f>VLOOKUP(A2,X!A:B,2,0)</f><v>0</v></c>`
	book := booktest.SheetData(`<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c><c r="C1" t="inlineStr"><is><t>owner</t></is></c></row>` +
		`<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c>` + strings.ReplaceAll(row, "%", "B") + strings.ReplaceAll(row, "%", "C") + `</row>`)
	if got := sentOf(book.Book(t).String(), Options{}); got != "2 x !empty_word name !empty_word responsible_user_id\n" {
		t.Error(got)
	}
}

// TestAStageIsNoText has no doubt about a stage that is called TRUE: it is looked up.
func TestAStageIsNoText(t *testing.T) {
	_, rows := readSheet(t, "id,status,name\n1,TRUE,TRUE\n", Options{Stage: true})
	if w := rows[0].Warnings; len(w) != 1 || w[0].Field != "name" {
		t.Errorf("got %+v", w)
	}
}

// TestTheAdviceAboutAColumnWithoutAHeaderWorks leaves a column that pandas has named out by the letter in the message.
func TestTheAdviceAboutAColumnWithoutAHeaderWorks(t *testing.T) {
	const sheet = "id,name,Unnamed: 2,notes\n1,Ana,z,Bia\n"
	_, rows := readSheet(t, sheet, Options{})
	sheettest.WantReason(t, rows[0].Problems[0].Code, "--ignore-columns C")
	for _, word := range []string{"C", "c", "Unnamed: 2"} {
		if got := sentOf(sheet, Options{Ignore: []string{word}}); got != "2 1 name=Ana notes=Bia\n" {
			t.Errorf("%s: got %s", word, got)
		}
	}
	mapped := Options{Ignore: []string{"C"}, Mappings: []Mapping{{Column: "Unnamed: 2", Field: "phone"}}}
	sheettest.WantError(t, readError(sheet, mapped), "the sheet has no such column, or a --map means it")
	if got := sentOf("id,C,Unnamed: 2,notes\n1,Ana,z,Bia\n", Options{Ignore: []string{"C"}}); got != "2 1 notes=Bia !cell_without_header row\n" {
		t.Error(got)
	}
}

func TestHeadersOfIDs(t *testing.T) {
	for _, c := range []struct{ name, header, want, not string }{
		{"one names the CRM, after another", "Opportunity ID,Raze ID", `--ignore-columns "Opportunity ID"`, "this CRM's ids"},
		{"one names the CRM, before another", "raze_id,Deal ID", `--ignore-columns "Deal ID"`, "this CRM's ids"},
		{"none names it", "Opportunity ID,Deal ID", "leave out those that do not hold this CRM's ids, with --ignore-columns", `--ignore-columns "`},
		{"both name it", "Raze ID,ID", `"ID"`, "this CRM's ids"},
		{"spelt alike", "id,id", "spelt alike", "this CRM's ids"},
		{"two of another field", "id,phone,Celular", `--ignore-columns "Celular"`, "this CRM's ids"},
		{"only a contact's", "contact_id,name", `but not "contact_id": a contact's id is not an opportunity's, and --match contact_id finds`, "this CRM's ids"},
		{"only a contact's, in Portuguese", "ID do contato,name", `but not "ID do contato"`, "this CRM's ids"},
		{"none", "name,notes", `name the column that holds it "id"`, "contact"},
	} {
		err := readError(c.header+"\n1,2,3\n", Options{})
		if text := sheettest.Words(err); !strings.Contains(text, c.want) || strings.Contains(text, c.not) {
			t.Errorf("%s: got %s", c.name, text)
		}
	}
	if got := sentOf("contact_id,name\nc1,Ana\n", Options{Match: []Match{{Field: "contact_id"}}}); got != "2  name=Ana\n" {
		t.Error(got)
	}
}

// TestOwnersBesideTheirIDAreLeftOut has the columns of the observed dialect's list.
func TestOwnersBesideTheirIDAreLeftOut(t *testing.T) {
	const sheet = "id,owner_user_id,owner_user_name,owner_user_email\n1,u1,Ana,ana@ex.com\n"
	if got := sentOf(sheet, Options{}); got != "2 1 responsible_user_id=u1\n" {
		t.Error(got)
	}
	if r, _ := readSheet(t, sheet, Options{}); len(r.ReadOnly()) != 2 {
		t.Errorf("got %q", r.ReadOnly())
	}
}

func TestLockFilesAreNoSheets(t *testing.T) {
	ofExcel := func(user string) string {
		wide := ""
		for _, r := range user {
			wide += string(r) + "\x00"
		}
		return string(rune(len(user))) + user + strings.Repeat(" ", 54-len(user)) + string(rune(len(user))) + "\x00" + wide + strings.Repeat(" \x00", 54-len(user))
	}
	for _, c := range []struct {
		file   string
		isLock bool
	}{
		{ofExcel("Ana Lima"), true},
		{ofExcel(strings.Repeat("a", 52)), true},
		{",ana,desk,27.11.2026 10:00,file:///home/ana/.config/libreoffice/4;", true},
		{"Ana Lima,ana,DESK,27.11.2026 10:00,file:///C:/Users/Ana/AppData/Roaming/LibreOffice/4;\n", true},
		{ofExcel("Ana Lima") + " ", false},
		{"a,b,c,d,file:///x;\n1,2,3,4,5\n", false},
	} {
		if text := sheettest.Words(readError(c.file, Options{})); strings.Contains(text, "lock file") != c.isLock {
			t.Errorf("%q: %s", c.file, text)
		}
	}
}

// TestMergedRowsAreNoted has merges over rows: of a text, of nothing, of a column that is left out, of the header,
// beside the table, with a text of its own below, and below the last row.
func TestMergedRowsAreNoted(t *testing.T) {
	row := func(cells ...string) string {
		all := "<row>"
		for _, text := range cells {
			all += `<c t="str"><v>` + text + `</v></c>`
		}
		return all + "</row>"
	}
	header, rows := row("id", "company", "notes", "Score"), row("1", "Acme", "x", "5")+row("2", "", "y")+row("3")
	for _, c := range []struct{ rows, merged, want string }{
		{header + rows, "B2:B4", "company"},
		{header + rows, "B2:C3", "company"},
		{header + rows, "C2:C4", "notes"}, // row 4 lacks one
		{header + rows, "B3:B4", ""},
		{header + row("1", "Acme") + row("2", "Beta"), "B2:B3", ""},
		{header + rows, "B2:C2", ""},
		{header + rows, "B1:B3", ""},
		{header + rows, "D2:D4", ""},
		{header + rows, "F2:F4", ""},
		{header + rows, "A4:A9", ""},
		{row("Deals") + `<row r="3"><c t="str"><v>id</v></c><c t="str"><v>company</v></c></row>` + row("1", "a"), "A1:A4", ""},
	} {
		sheet := booktest.SheetData(c.rows)
		sheet[booktest.FirstSheetPart] = strings.Replace(sheet[booktest.FirstSheetPart], "</worksheet>", `<mergeCells><mergeCell ref="`+c.merged+`"/></mergeCells></worksheet>`, 1)
		r, _ := readSheet(t, sheet.Book(t).String(), Options{Ignore: []string{"Score"}[:min(1, strings.Count(c.rows, "Score"))]})
		if got := strings.Join(r.Unseen().Merged, " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.merged, got, c.want)
		}
		for _, why := range r.Unseen().Reasons() {
			if why.Code == "merged_rows" && !strings.Contains(sheettest.Text(why), `several rows in "`+c.want+`"`) {
				t.Error(sheettest.Text(why))
			}
		}
	}
}

// TestNumbersInTheFormatOfADate has phones, ids and amounts in it, too large for a date or not.
func TestNumbersInTheFormatOfADate(t *testing.T) {
	row := func(number string) string { return strings.Repeat(`<c s="1"><v>`+number+`</v></c>`, 3) }
	book := booktest.SheetData(`<row><c t="str"><v>id</v></c><c t="str"><v>phone</v></c><c t="str"><v>deal_value</v></c></row>` +
		`<row>` + row("5511999990001") + `</row><row>` + row("44000") + `</row>`).Book(t).String()
	want := " !date_for_id id !date_for_phone phone !date_for_number deal_value\n"
	if got := sentOf(book, Options{}); got != "2 #####"+want+"3 2020-06-18"+want {
		t.Error(got)
	}
}
