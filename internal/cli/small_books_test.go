package cli_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// smallBook is a workbook of less than 1 MB made to exhaust time or memory.
type smallBook struct {
	name  string
	parts func() map[string]string // the parts that differ from those of a normal workbook
	// refused is the text of the refusal; "" for a workbook that is read to its end, even if its rows are refused.
	refused string
}

const (
	tooFull  = "far more cells, texts or formats than its size has room for"
	tooLarge = "a row, a text or a part of the workbook is larger than"

	bookPart   = "xl/workbook.xml"
	linksPart  = "xl/_rels/workbook.xml.rels"
	stylesPart = "xl/styles.xml"
	textsPart  = "xl/sharedStrings.xml"
	sheetPart  = "xl/worksheets/sheet1.xml"

	bookStart = `<workbook xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"><sheets>`
	oneRow    = `<row><c><v>12</v></c></row>`
)

var rep = strings.Repeat

// each repeats a format for the numbers from 0 to n-1.
func each(n int, format string) string {
	var all strings.Builder
	for i := range n {
		fmt.Fprintf(&all, format, i)
	}
	return all.String()
}

func text(of string) string { return `<c t="inlineStr"><is><t>` + of + `</t></is></c>` }

var smallHeader = `<row>` + text("id") + text("name") + text("deal_value") + text("notes") + `</row>`

// part returns a workbook in which one part differs.
func part(name, content string) map[string]string { return map[string]string{name: content} }

func around(before, rows, behind string) map[string]string {
	return part(sheetPart, `<worksheet>`+before+`<sheetData>`+rows+`</sheetData>`+behind+`</worksheet>`)
}

func rows(more string) map[string]string { return around("", smallHeader+more, "") }

func texts(of, more string) map[string]string {
	p := rows(more)
	p[textsPart] = `<sst>` + of + `</sst>`
	return p
}

func styles(of, more string) map[string]string {
	p := rows(more)
	p[stylesPart] = `<styleSheet>` + of + `</styleSheet>`
	return p
}

func links(more string) string {
	const link = `<Relationship Type="x/`
	return `<Relationships>` + link + `worksheet" Id="r1" Target="worksheets/sheet1.xml"/>` + link + `styles" Id="r2" Target="styles.xml"/>` +
		link + `sharedStrings" Id="r3" Target="sharedStrings.xml"/>` + more + `</Relationships>`
}

// formats returns a workbook with n number formats, each used once.
func formats(n int, code string) map[string]string {
	return styles(`<numFmts>`+each(n, `<numFmt numFmtId="1%06d" formatCode="`+code+`"/>`)+`</numFmts><cellXfs>`+each(n, `<xf numFmtId="1%06d"/>`)+`</cellXfs>`,
		each(n, `<row><c s="%d"><v>5</v></c></row>`))
}

// tallAreas returns merged cells in every column, down to the last row.
func tallAreas() string {
	var all strings.Builder
	for first := 'A'; first <= 'Z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			for _, third := range []rune{0, 'A', 'B', 'C', 'D'} {
				column := strings.Trim(string([]rune{third, first, second}), "\x00")
				fmt.Fprintf(&all, `<mergeCell ref="%[1]s1:%[1]s1048576"/>`, column)
			}
		}
	}
	return all.String()
}

func manySheets(n int) map[string]string {
	p := map[string]string{
		bookPart:  bookStart + each(n, `<sheet name="S%[1]d" r:id="x%[1]d"/>`) + `</sheets></workbook>`,
		linksPart: links(each(n, `<Relationship Id="x%[1]d" Type="x/worksheet" Target="worksheets/s%[1]d.xml"/>`)),
	}
	for i := range n {
		p[fmt.Sprintf("xl/worksheets/s%d.xml", i)] = `<worksheet><sheetData>` + rep("<row/>", 9000) + `</sheetData></worksheet>`
	}
	return p
}

var smallBooks = []smallBook{
	{"elements within each other", func() map[string]string { return rows(rep("<row>", 6_000_000)) }, "more than 100 elements within each other"},
	{"elements within the texts", func() map[string]string { return texts(`<si>`+rep("<r>", 9_000_000), "") }, "more than 100 elements within each other"},
	{"attributes of one cell", func() map[string]string { return rows(`<row><c ` + rep(`a="" `, 3_000_000) + `/></row>`) }, tooLarge},
	{"attributes of many cells", func() map[string]string { return rows(rep(`<row><c `+each(1000, ` a%x=""`)+`/></row>`, 6000)) }, tooFull},
	{"sheets of one part", func() map[string]string {
		return part(bookPart, bookStart+each(200, `<sheet name="S%d" r:id="r1"/>`)+`</sheets></workbook>`)
	}, "is the same as another one"},
	{"900 sheets of blank rows", func() map[string]string { return manySheets(900) }, tooFull},
	{"sheets without end", func() map[string]string {
		return part(bookPart, bookStart+rep("<sheet/>", 3_000_000)+`</sheets></workbook>`)
	}, tooFull},
	{"long names of sheets", func() map[string]string {
		return part(bookPart, bookStart+each(900, `<sheet name="`+rep("n", 17_000)+`%d" r:id="r1"/>`)+`</sheets></workbook>`)
	}, "the same as another one"},
	{"properties without end", func() map[string]string {
		return part(bookPart, bookStart+`</sheets>`+rep("<calcPr/>", 3_000_000)+`</workbook>`)
	}, tooFull},
	{"defined names", func() map[string]string {
		return part(bookPart, bookStart+`<sheet name="S" r:id="r1"/></sheets><definedNames>`+rep(`<definedName name="a">A1</definedName>`, 400_000)+`</definedNames></workbook>`)
	}, ""},
	{"links without end", func() map[string]string { return part(linksPart, links(rep("<Relationship/>", 3_500_000))) }, tooFull},
	{"links of their own", func() map[string]string { return part(linksPart, links(each(99_000, `<Relationship Id="x%d"/>`))) }, ""},
	{"15 million empty texts", func() map[string]string { return texts(rep("<si/>", 15_000_000), "") }, tooFull},
	{"empty texts", func() map[string]string { return texts(rep("<si/>", 2_000_000), rep(oneRow, 100_000)) }, ""},
	{"runs of one text", func() map[string]string { return texts(`<si>`+rep("<r><t>a</t></r>", 750_000)+`</si>`, "") }, ""},
	{"70 texts of 900 kB", func() map[string]string {
		return texts(rep(`<si><t>`+rep("a@", 450_000)+`</t></si>`, 70), each(70, `<row><c><v>9</v></c>`+rep("<c/>", 2)+`<c t="s"><v>%d</v></c></row>`))
	}, ""},
	{"one text of 900 kB in every row", func() map[string]string {
		return texts(`<si><t>`+rep("a", 900_000)+`</t></si>`, rep(`<row><c t="s"><v>0</v></c></row>`, 500_000))
	}, tooFull},
	{"one text of 30 kB in every row", func() map[string]string {
		return texts(`<si><t>`+rep("a b", 10_000)+`</t></si>`, each(100_000, `<row><c><v>%d</v></c><c/><c/><c t="s"><v>0</v></c></row>`))
	}, tooFull},
	{"damaged texts", func() map[string]string {
		return rows(rep(`<row><c><v>9</v></c>`+text(rep("Ã©", 16_000))+`</row>`, 900))
	}, "rows are damaged"},
	{"an error of 900 kB in each cell", func() map[string]string {
		return rows(rep(`<row><c t="e"><v>`+rep("#", 900_000)+`</v></c></row>`, 70))
	}, ""},
	{"a type of 900 kB", func() map[string]string { return rows(`<row><c t="` + rep("x", 900_000) + `"><v>1</v></c></row>`) }, "xxx…"},
	{"a place of 900 kB", func() map[string]string { return rows(`<row><c r="` + rep("A", 900_000) + `1"/></row>`) }, "AAA…"},
	{"entities", func() map[string]string {
		return part(bookPart, `<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>`)
	}, "invalid character entity"},
	{"formats of 900 kB", func() map[string]string { return formats(15, rep("0", 900_000)) }, ""},
	{"formats", func() map[string]string { return formats(9_900, rep("0.0_-#", 40)) }, ""},
	{"more formats than anybody makes", func() map[string]string { return formats(65_000, "0.0") }, tooFull},
	{"65,000 styles", func() map[string]string {
		return styles(`<numFmts><numFmt numFmtId="200" formatCode="`+rep("0.0_-#", 40)+`"/></numFmts><cellXfs>`+rep(`<xf numFmtId="200"/>`, 65_000)+`</cellXfs>`,
			each(65_000, `<row><c s="%d"><v>5</v></c></row>`))
	}, ""},
	{"styles without end", func() map[string]string { return styles(`<cellXfs>`+rep("<xf/>", 2_800_000)+`</cellXfs>`, "") }, tooFull},
	{"long comments", func() map[string]string { return rows(rep("<!--"+rep("x", 1_000_000)+"-->", 60)) }, ""},
	{"short comments", func() map[string]string { return rows(rep("<!--x-->", 3_900_000)) }, ""},
	{"blank rows", func() map[string]string { return rows(rep("<row/>", 1_040_000)) }, ""},
	{"blank rows above the header", func() map[string]string { return around("", rep("<row/>", 900_000)+smallHeader+oneRow, "") }, tooFull},
	{"blank texts above the header", func() map[string]string {
		return around("", rep(`<row>`+text(rep(" ", 900_000))+`</row>`, 50)+smallHeader+oneRow, "")
	}, tooFull},
	{"blank cells", func() map[string]string { return rows(rep(`<row>`+rep("<c/>", 16_000)+`</row>`, 120)) }, ""},
	{"cells of the last column", func() map[string]string { return rows(rep(`<row><c r="XFD"><v>1</v></c></row>`, 700_000)) }, tooFull},
	{"a header of all columns", func() map[string]string {
		return around("", strings.TrimSuffix(smallHeader, "</row>")+`<c r="XFD1" t="str"><v>phone</v></c></row>`+rep(oneRow, 580_000), "")
	}, ""},
	{"30 rows of all columns", func() map[string]string { return around("", rep(`<row>`+rep(text("x"), 16_384)+`</row>`, 30), "") }, tooFull},
	{"hidden columns without end", func() map[string]string {
		return around(rep(`<col min="1" max="16384" hidden="1"/>`, 1_000_000), smallHeader+oneRow, "")
	}, tooFull},
	{"hidden columns", func() map[string]string {
		return around(rep(`<col min="1" max="16384" hidden="1"/>`, 16_000), smallHeader+oneRow, "")
	}, ""},
	{"merged cells", func() map[string]string {
		return around("", smallHeader+rep(oneRow, 500_000), `<mergeCells>`+each(99_000, `<mergeCell ref="A1%d"/>`)+`</mergeCells>`)
	}, ""},
	{"tall merged cells", func() map[string]string {
		return around("", smallHeader+rep(oneRow, 700_000), `<mergeCells>`+tallAreas()+`</mergeCells>`)
	}, tooFull},
	{"merged cells without end", func() map[string]string {
		return around("", smallHeader, `<mergeCells>`+rep(`<mergeCell ref="A1"/>`, 1_200_000)+`</mergeCells>`)
	}, tooFull},
	{"rows of one id", func() map[string]string { return rows(rep(oneRow, 580_000)) }, ""},
	{"rows of their own", func() map[string]string { return rows(each(330_000, `<row><c><v>%d</v></c><c><v>1</v></c></row>`)) }, ""},
	{"rows of errors", func() map[string]string { return rows(rep(`<row>`+rep(`<c t="e"/>`, 4)+`</row>`, 280_000)) }, "rows are damaged"},
	{"totals", func() map[string]string { return rows(rep(`<row><c t="str"><v>Total</v></c></row>`, 500_000)) }, ""},
	{"another decimal separator than the first rows show", func() map[string]string {
		row := func(amount string) string {
			return `<row><c><v>1</v></c><c/><c t="str"><v>` + amount + `</v></c></row>`
		}
		return rows(rep(row("1.500"), 230_000) + rep(row("1,50"), 40_000))
	}, ""},
	{"a part that unpacks to 500 MB", func() map[string]string { return part("xl/media/image2.png", rep("\x00", 500_000_000)) }, tooFull},
	{"blanks behind the links", func() map[string]string { return part(linksPart, links("")+rep(" ", 60_000_000)) }, tooLarge},
	{"UTF-16", func() map[string]string { return part(sheetPart, "\xff\xfe"+rep("<\x00a\x00/\x00>\x00", 8_000_000)) }, tooFull},
}

// write creates the workbook at path. An incompressible picture makes it nearly 1 MB large: the limits for a workbook
// depend on its size.
func (b smallBook) write(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	all := map[string]string{
		"_rels/.rels": `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		bookPart:      bookStart + `<sheet name="Deals" r:id="r1"/></sheets></workbook>`,
		linksPart:     links(""), textsPart: `<sst/>`, sheetPart: `<worksheet/>`,
		stylesPart: `<styleSheet><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>`,
	}
	for name, content := range b.parts() {
		all[name] = content
	}
	var errs []error
	for name, content := range all {
		w, err := z.Create(name)
		_, wrong := io.WriteString(w, content)
		errs = append(errs, err, wrong)
	}
	errs = append(errs, z.Flush())
	packed, err := f.Seek(0, io.SeekCurrent)
	if room := 900_000 - packed; room > 0 {
		picture, wrong := z.CreateHeader(&zip.FileHeader{Name: "xl/media/image1.png", Method: zip.Store})
		_, wrongToo := io.CopyN(picture, rand.NewChaCha8([32]byte{}), room)
		errs = append(errs, wrong, wrongToo)
	}
	if err := errors.Join(append(errs, err, z.Close())...); err != nil {
		t.Fatal(err)
	}
	if info, err := f.Stat(); err != nil || info.Size() > 1_000_000 {
		t.Fatalf("%d bytes, %v", info.Size(), err)
	}
}
