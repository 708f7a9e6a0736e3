package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/sheettest"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"
)

// TestEveryBitCounts flips single bits of a workbook: it must be refused, or read as before.
func TestEveryBitCounts(t *testing.T) {
	day := time.Date(2025, 3, 12, 0, 0, 0, 0, time.UTC)
	text := booktest.MakeBook(t, func(f *excelize.File) error {
		return errors.Join(f.SetSheetRow("Sheet1", "A1", &[]any{"id", "name", "notes"}), f.SetSheetRow("Sheet1", "A2", &[]any{"1", "Ana", day}))
	}).Bytes()
	want, hidden, err := readWorkbook(bytes.NewReader(text), "")
	if err != nil {
		t.Fatal(err)
	}
	step := 23 // odd, so that every bit of a byte gets its turn
	if testing.Short() {
		step = 211
	}
	refused, same := 0, 0
	for bit := 0; bit < 8*len(text); bit += step {
		damaged := bytes.Clone(text)
		damaged[bit/8] ^= 1 << (bit % 8)
		got, unseen, err := readWorkbook(bytes.NewReader(damaged), "")
		switch {
		case err != nil:
			refused++
		case unseen == hidden && cmp.Equal(got, want):
			same++
		default:
			t.Fatalf("bit %d of byte %d: %v", bit%8, bit/8, got)
		}
	}
	t.Logf("%d refused, %d read as before", refused, same)
}

func TestPartsThatContradictEachOther(t *testing.T) {
	const link = `<Relationship Type="x/`
	links := func(more string) booktest.BookParts {
		p := booktest.BookParts{}.Whole()
		p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "</Relationships>", more+"</Relationships>", 1)
		return p
	}
	sheets := func(more string) booktest.BookParts {
		p := links(link + `chartsheet" Id="r8" Target="chart.xml"/>` + link + `worksheet" Id="r9" Target="/xl/worksheets/SHEET1.xml"/>`)
		p[booktest.FirstSheetPart] = `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`
		p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</sheets>", more+"</sheets>", 1)
		return p
	}
	twice := booktest.BookParts{}.Whole()
	twice[`XL\workbook.xml`] = twice["xl/workbook.xml"]
	root := booktest.BookParts{}.Whole()
	root["_rels/.rels"] = strings.Replace(root["_rels/.rels"], "</Relationships>", link+`officeDocument" Id="z" Target="xl/other.xml"/></Relationships>`, 1)
	styles := booktest.BookParts{"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="0"/><numFmt numFmtId="200" formatCode="d"/></numFmts></styleSheet>`}.Whole()
	attributes := booktest.SheetData(`<row><c r="A1" t="n" r="B1"><v>1</v></c></row>`).Whole()
	foreign := booktest.BookParts{booktest.FirstSheetPart: `<worksheet><q:sheetData xmlns:q="urn:x"><row/></q:sheetData></worksheet>`}.Whole()
	choice := booktest.BookParts{booktest.FirstSheetPart: `<worksheet><Choice><sheetData><row/></sheetData></Choice></worksheet>`}.Whole()
	text := booktest.SheetData(`<row><c t="inlineStr"><is><t>a</t><q:t xmlns:q="urn:x">b</q:t></is></c></row>`).Whole()
	undefined := booktest.SheetData(`<row><c s="1"><v>45000</v></c></row>`).Whole()
	undefined["xl/styles.xml"] = `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="165"/></cellXfs></styleSheet>`
	trailing := booktest.BookParts{}.Whole()
	trailing["xl/workbook.xml"] += "<workbook/>"
	for _, c := range []struct {
		name  string
		parts booktest.BookParts
		want  string
	}{
		{"a part twice", twice, "twice"},
		{"a link twice", links(link + `worksheet" Id="r1" Target="other.xml"/>`), "it has the link r1 twice"},
		{"two parts of styles", links(link + `styles" Id="r7" Target="other.xml"/>`), "it has two parts of the kind styles"},
		{"two workbooks", root, "it has two parts of the kind officeDocument"},
		{"something behind the last element", trailing, "part xl/workbook.xml: a second element workbook"},
		{"a link to nowhere", sheets(`<sheet name="Old" r:id="r77"/>`), `the link of its sheet "Old" leads nowhere`},
		{"two sheets of one part", sheets(`<sheet name="Old" r:id="r9"/>`), `its sheet "Old" is the same as another one`},
		{"two formats of one number", styles, "it has the format 200 twice"},
		{"two attributes of one name", attributes, "an element c with two attributes r"},
		{"rows of another kind", foreign, "an element sheetData that not every program reads"},
		{"rows within another element", choice, "its rows are not where every program reads them"},
		{"a text of another kind", text, "a text that not every program reads"},
		{"a sheet of an unknown kind", sheets(`<sheet name="Old" r:id="r2"/>`), `its sheet "Old" is of the unknown kind "styles"`},
		{"a format without its code", undefined, "the number's format, which tells whether it is a date, isn't there"},
		{"two sheets of one name", sheets(`<sheet name="deals" r:id="r8"/>`), `it has two sheets "deals"`},
		{"properties twice", sheets(`</sheets><calcPr/><calcPr fullCalcOnLoad="1"/><sheets>`), "its properties are there twice"},
		{"a chart", sheets(`<sheet name="Chart" r:id="r8"/>`), ""},
	} {
		_, _, err := readWorkbook(booktest.Zipped(t, c.parts, zip.Deflate), "")
		if c.want == "" && err == nil {
			continue
		}
		if err == nil || !strings.Contains(sheettest.Words(err), c.want) {
			t.Errorf("%s: got %v", c.name, err)
		}
		wantNoEnglish(t, err)
	}
}

func TestPartsAreFoundAsProgramsNameThem(t *testing.T) {
	for name, change := range map[string]func(booktest.BookParts){
		"UTF-16": func(p booktest.BookParts) {
			text := "\ufeff" + `<?xml version="1.0" encoding="UTF-16"?>` + p["xl/workbook.xml"]
			p["xl/workbook.xml"] = sheettest.Encoded(t, utf16LE, text)
		},
		"backslashes": func(p booktest.BookParts) {
			p["xl/_rels/workbook.xml.rels"] = strings.ReplaceAll(p["xl/_rels/workbook.xml.rels"], "worksheets/", `worksheets\`)
		},
		"an address": func(p booktest.BookParts) {
			p["xl/worksheets/é b.xml"] = p[booktest.FirstSheetPart]
			delete(p, booktest.FirstSheetPart)
			p["xl/_rels/workbook.xml.rels"] = strings.ReplaceAll(p["xl/_rels/workbook.xml.rels"], "sheet1.xml", "%C3%A9%20b.xml")
		},
		"no styles and no texts": func(p booktest.BookParts) {
			delete(p, "xl/styles.xml")
			delete(p, "xl/sharedStrings.xml")
		},
		"a slash before them": func(p booktest.BookParts) {
			for part, text := range p {
				delete(p, part)
				p["/"+strings.TrimPrefix(part, "/")] = text
			}
		},
	} {
		p := booktest.SheetData(`<row><c><v>1</v></c></row>`).Whole()
		change(p)
		got, _, err := readWorkbook(booktest.Zipped(t, p, zip.Deflate), "")
		if err != nil || len(got) != 1 || got[0].Cells[0] != "1" {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
}

var utf16LE = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
