package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// inPortuguese returns the text of an error in Portuguese, or "" if it is no reason.
func inPortuguese(err error) string {
	var why reason.Reason
	if !errors.As(err, &why) {
		return ""
	}
	return words.For(nil).In(words.Portuguese).Text(why.Code, why.Params)
}

// TestWhyAWorkbookIsUnreadableInPortuguese compares whole texts: of causes with and without a place, and of libraries.
func TestWhyAWorkbookIsUnreadableInPortuguese(t *testing.T) {
	rows := func(rows string) io.Reader { return booktest.SheetData(rows).Book(t) }
	part := func(name, text string) io.Reader { return booktest.BookParts{name: text}.Book(t) }
	const link = `<Relationships><Relationship Id="r1" Type="x/`
	altered := booktest.Zipped(t, booktest.SheetData(`<row><c><v>100003</v></c></row>`).Whole(), zip.Store).Bytes()
	altered[bytes.Index(altered, []byte("100003"))] = '2'
	for _, c := range []struct {
		file io.Reader
		want string
	}{
		{rows(`<row r="3"><c/><c><v>abc</v></c></row>`), `linha 3 da aba: coluna 2: "abc" não é um número`},
		{rows(`<row><c t="b"><v>2</v></c></row>`), `linha 1 da aba: coluna 1: "2" não é verdadeiro nem falso`},
		{rows(`<row><c s="99"><v>5</v></c></row>`), `linha 1 da aba: coluna 1: não existe o estilo 99 do número, que diz se ele é uma data`},
		{rows(`<row><c t="s"><v>0</v></c></row>`), `linha 1 da aba: coluna 1: a célula se refere a um texto "0" que não existe`},
		{rows(`<row><c><v>1</v><v>2</v></c></row>`), `linha 1 da aba: uma célula com dois valores`},
		{rows(`<row r="2"><c r="A7"><v>5</v></c></row>`), `linha 2 da aba: ela tem a célula A7, que é de outra linha`},
		{rows(`<row r="2"/><row r="2"/>`), `linha 2 da aba: a linha está fora de ordem, depois da linha 2`},
		{rows(`<row r="2"/><row r="3" r="4"/>`), `depois da linha 2 da aba: um elemento row com dois atributos r`},
		{rows(`</sheetData><sheetData>`), `depois da linha 0 da aba: as linhas aparecem duas vezes`},
		{rows(`<row><c s="x"><v>1</v></c></row>`), `linha 1 da aba: "x" não é um número`},
		{rows(`<row r="99999999999999999999"/>`), `linha 9223372036854775807 da aba: "99999999999999999999" é grande demais`},
		{rows(`<row><c r="?1"><v>1</v></c></row>`), `linha 1 da aba: "?" não é o nome de uma coluna`},
		{rows(`<row><c r="XFE1"><v>1</v></c></row>`), `linha 1 da aba: o número da coluna deve ser de 1 a 16384`},
		{rows(`</sheetData><mergeCells><mergeCell ref="A"/></mergeCells><sheetData>`), `depois da linha 0 da aba: "A" não é o nome de uma célula`},
		{rows(`</sheetData><mergeCells><mergeCell ref="A9999999"/></mergeCells><sheetData>`), `depois da linha 0 da aba: o número da linha é grande demais`},
		{rows(`<row><c><v>1</v></row>`), `linha 1 da aba: erro de XML na linha 1: o elemento <c> é fechado por </row>`},
		{rows(`<row><c><v>&x;</v></c></row>`), `linha 1 da aba: erro de XML na linha 1: entidade desconhecida &x;`},
		{rows("<row><c><v>\x01</v></c></row>"), `linha 1 da aba: erro de XML na linha 1: caractere proibido U+0001`},
		{rows("<row><c s=1/></row>"), `linha 1 da aba: erro de XML na linha 1`},
		{strings.NewReader("id,stage\n"), `não é um arquivo zip válido`},
		{bytes.NewReader(altered), `depois da linha 1 da aba: o conteúdo foi alterado ou está danificado`},
		{part("xl/workbook.xml", ""), `parte xl/workbook.xml: termina antes do fim esperado`},
		{part("xl/workbook.xml", `<?xml version="2.0"?><workbook/>`), `parte xl/workbook.xml: a versão "2.0" de XML não é suportada, só a 1.0`},
		{part("xl/workbook.xml", `<?xml version="1.0" encoding="latin1"?><workbook/>`), `parte xl/workbook.xml: codificação não suportada "latin1"`},
		{part("xl/workbook.xml", `<workbook><workbookPr date1904="x"/></workbook>`), `parte xl/workbook.xml: "x" não é verdadeiro nem falso`},
		{part("xl/styles.xml", `<styleSheet>`), `parte xl/styles.xml: o XML termina antes da hora, na linha 1`},
		{part("xl/sharedStrings.xml", `<sst><si><t><b/></t></si></sst>`), `nos textos: há um elemento "b" dentro de um texto`},
		{part("_rels/.rels", `<Relationships/>`), `o arquivo não indica nenhuma pasta de trabalho`},
		{part("xl/_rels/workbook.xml.rels", link+`worksheet" Target="gone.xml"/></Relationships>`), `falta a parte xl/gone.xml`},
		{part("xl/_rels/workbook.xml.rels", link+`styles" Target="styles.xml"/></Relationships>`), `a aba "Deals" é do tipo desconhecido "styles"`},
	} {
		_, _, err := readWorkbook(c.file, "")
		want := "não é uma pasta de trabalho do Excel que possa ser lida: " + c.want + "; salve de novo como .xlsx"
		if got := inPortuguese(err); got != want {
			t.Errorf("%v:\ngot  %q\nwant %q", err, got, want)
		}
	}
}

// englishWords are in most English sentences, and in none of a text in Portuguese.
var englishWords = regexp.MustCompile(`(?i)\b(the|its?|is|isn't|not|of|that|two|twice|has|holds|with|without|and|after|than|out|to|error|invalid|EOF|parsing)\b`)

// wantNoEnglish fails if the Portuguese text of an error has English words in it.
func wantNoEnglish(t *testing.T, err error) {
	t.Helper()
	if text := inPortuguese(err); text == "" || englishWords.MatchString(text) {
		t.Errorf("in Portuguese: %q", text)
	}
}

func TestMergedCellsThatOverlap(t *testing.T) {
	book := booktest.SheetData(`<row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD2"/><mergeCell ref="A1:B2"/></mergeCells><sheetData>`)
	book[booktest.FirstSheetPart] = strings.Replace(book[booktest.FirstSheetPart], "<sheetData></sheetData>", "", 1)
	b, err := open(book.Book(t), "")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows, err := b.Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for err == nil {
		_, err = rows.Next()
	}
	if !errors.Is(err, io.EOF) || len(rows.around.merged) == 0 {
		t.Fatal(err)
	}
	_, err = b.Unseen(rows, nil, 1)
	sheettest.WantError(t, err, "not an Excel workbook that can be read: its merged cells overlap; save it as .xlsx again")
	wantNoEnglish(t, err)
}

func TestNamesFromTheWorkbookAreShortened(t *testing.T) {
	long, strange := strings.Repeat("a", 10*maxDetail), strings.Repeat("?", 10*maxDetail)
	for _, c := range []struct {
		book booktest.BookParts
		want string
	}{
		{booktest.BookParts{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="` + long + `"/></Relationships>`},
			"it has no part xl/" + long[:maxDetail-4] + "…;"},
		{booktest.BookParts{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="a&#10;b"/></Relationships>`},
			"it has no part xl/a b;"},
		{booktest.SheetData(`<row><c><v>` + long + `</v></c></row>`), `row 1 of the sheet: column 1: "` + long[:60] + `…" is not a number;`},
		{booktest.SheetData(`<row><c r="` + strange + `1"/></row>`), `row 1 of the sheet: invalid column name "` + strange[:maxDetail-22] + "…;"},
	} {
		_, _, err := readWorkbook(c.book.Book(t), "")
		sheettest.WantError(t, err, c.want)
		wantNoEnglish(t, err)
	}
}
