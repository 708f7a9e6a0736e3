// Package booktest makes the workbooks that the tests of csvmap and its internal packages read.
package booktest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// MakeBook returns a workbook made with excelize.
func MakeBook(t testing.TB, fill func(f *excelize.File) error) *bytes.Buffer {
	t.Helper()
	f := excelize.NewFile()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	book, err := f.WriteToBuffer()
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return book
}

// FirstSheetPart is the name of the first sheet's part.
const FirstSheetPart = "xl/worksheets/sheet1.xml"

// BookParts are parts of an otherwise minimal workbook, for content that no library writes.
type BookParts map[string]string

// SheetData returns a workbook with one sheet, Deals, with these rows.
func SheetData(rows string) BookParts {
	return BookParts{FirstSheetPart: `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`}
}

// Book returns the whole workbook.
func (p BookParts) Book(t testing.TB) *bytes.Buffer { return Zipped(t, p.Whole(), zip.Deflate) }

// Whole returns all parts of the workbook.
func (p BookParts) Whole() BookParts {
	const link = `<Relationship Id="%" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/`
	whole := BookParts{
		"_rels/.rels": `<Relationships>` + link + `officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"><sheets>` +
			`<sheet name="Deals" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships>` +
			strings.Replace(link, "%", "r1", 1) + `worksheet" Target="worksheets/sheet1.xml"/>` +
			strings.Replace(link, "%", "r2", 1) + `styles" Target="styles.xml"/>` +
			strings.Replace(link, "%", "r3", 1) + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml":        `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst/>`,
	}
	for name, text := range p {
		whole[name] = text
	}
	return whole
}

// Zipped returns a zip file of these parts.
func Zipped(t testing.TB, files BookParts, method uint16) *bytes.Buffer {
	t.Helper()
	var book bytes.Buffer
	w := zip.NewWriter(&book)
	for name, text := range files {
		if part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method}); err != nil {
			t.Fatal(err)
		} else if _, err := io.WriteString(part, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &book
}
