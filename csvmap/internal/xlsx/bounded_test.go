package xlsx

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"razebulk/csvmap/internal/sheettest"
)

// TestSmallWorkbooksTakeLittle reads workbooks of less than 1 MB that were made to take up all time or all memory.
func TestSmallWorkbooksTakeLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	sheet := func(rows string) sheettest.BookParts { return sheettest.SheetData(rows) }
	styles := func(text string) sheettest.BookParts {
		p := sheet(`<row><c><v>1</v></c></row>`)
		p["xl/styles.xml"] = `<styleSheet>` + text + `</styleSheet>`
		return p
	}
	texts := func(text string) sheettest.BookParts {
		return sheettest.BookParts{"xl/sharedStrings.xml": `<sst>` + text + `</sst>`}
	}
	var merged, codes, used strings.Builder
	for i := range 15_000 {
		fmt.Fprintf(&merged, `<mergeCell ref="A1:XFD%d"/>`, 1000+i)
		fmt.Fprintf(&codes, `<numFmt numFmtId="%d" formatCode="%s%d"/>`, 200+i, strings.Repeat("0.0_-#", 40), i)
		fmt.Fprintf(&used, `<row><c s="%d"><v>5</v></c></row>`, i)
	}
	long := sheet(used.String())
	long["xl/styles.xml"] = `<styleSheet><numFmts>` + codes.String() + `</numFmts><cellXfs>` + formatsUsed(15_000) + `</cellXfs></styleSheet>`
	for name, p := range map[string]sheettest.BookParts{
		"elements within each other": sheet(`<row>` + strings.Repeat("<row>", 6_000_000)),
		"attributes of one cell":     sheet(`<row><c ` + strings.Repeat(`a="" `, 3_000_000) + `/></row>`),
		"attributes of many":         sheet(strings.Repeat(`<row><c `+strings.Repeat(`a="" `, 1000)+`/></row>`, 6000)),
		"empty texts":                texts(strings.Repeat("<si/>", 8_000_000)),
		"styles":                     styles(`<cellXfs>` + strings.Repeat("<xf/>", 3_000_000) + `</cellXfs>`),
		"long formats":               long,
		"blank rows":                 sheet(strings.Repeat("<row/>", 5_000_000)),
		"blank cells":                sheet(strings.Repeat(`<row>`+strings.Repeat("<c/>", 16_000)+`</row>`, 500)),
		"full cells":                 sheet(strings.Repeat(`<row>`+strings.Repeat("<c><v>1</v></c>", 16_000)+`</row>`, 200)),
		"one after the other":        sheet(strings.Repeat(`<row><c><v>1</v></c></row>`, 1_000_000)),
		"merged cells":               sheet(strings.Repeat(`<row><c><v>1</v></c></row>`, 20_000) + `</sheetData><mergeCells>` + merged.String() + `</mergeCells><sheetData/>`),
		"comments":                   sheet(strings.Repeat("<!--"+strings.Repeat("x", 1_000_000)+"-->", 80)),
	} {
		t.Run(name, func(t *testing.T) {
			book := p.Book(t)
			if book.Len() > 1<<20 {
				t.Fatalf("%d bytes", book.Len())
			}
			size, begin := book.Len(), time.Now()
			_, _, err := readWorkbook(book, "")
			took := time.Since(begin)
			t.Logf("%d bytes: %v, %v", size, took, err)
			if took > 5*time.Second*machine {
				t.Errorf("took %v", took)
			}
		})
	}
}

// machine is by how much a machine that does other work too may be slower.
const machine = 4

func formatsUsed(n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, `<xf numFmtId="%d"/>`, 200+i)
	}
	return text.String()
}
