package csvmap

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/csvmap/internal/booktest"
	"razebulk/csvmap/internal/sheettest"
	"razebulk/internal/reason"
)

// seen is a sheet that people have, or a second one of its kind, and its expected result.
type seen struct {
	file string // in testdata/sheets, or the text itself if it contains a line ending
	o    Options
	want []string // one for each row, or the codes of why the sheet is refused
}

func (c seen) text(t *testing.T) string {
	t.Helper()
	if strings.Contains(c.file, "\n") || len(c.file) > 200 {
		return c.file
	}
	text, err := os.ReadFile(filepath.Join("..", "testdata", "sheets", c.file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// check reads the sheet, and compares its rows in short form: "2 id name=Ana phone:number_shortened".
func (c seen) check(t *testing.T) {
	t.Helper()
	r, rows, err := inspectedCodes(c.text(t), c.o)
	got := codes(err)
	if err == nil {
		defer r.Close()
		got = rows
	}
	if diff := cmp.Diff(c.want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s%s", c.file, diff, wordsOf(err))
	}
}

func wordsOf(err error) string {
	if err == nil {
		return ""
	}
	return sheettest.Words(err)
}

func inspectedCodes(text string, o Options) (r *Reading, rows []string, err error) {
	r, _, err = inspected(opens(text), o)
	if err != nil {
		return nil, nil, err
	}
	sheet, err := r.Open()
	if err != nil {
		return r, nil, err
	}
	defer sheet.Close()
	for row, err := range sheet.Rows() {
		if err != nil {
			return r, rows, err
		}
		rows = append(rows, inFewWords(row))
	}
	return r, rows, nil
}

func inFewWords(row Row) string {
	words := []string{row.ID}
	for _, c := range row.Cells {
		words = append(words, c.Field+"="+c.Text)
	}
	for _, p := range row.Problems {
		words = append(words, p.Field+":"+p.Code)
	}
	return strings.Join(words, " ")
}

func codes(err error) (all []string) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range joined.Unwrap() {
			all = append(all, codes(err)...)
		}
		return all
	}
	var why reason.Reason
	if errors.As(err, &why) {
		all = append(all, why.Code)
	}
	return all
}

const opportunity = "265e24ec-3bc8-4820-b65f-89a69d7babe4"

func TestHeadersBelowOtherRows(t *testing.T) {
	ana := []string{"opp_000001 name=Ana"}
	for _, c := range []seen{
		{"l01_ptbr_titulo.csv", Options{Ignore: []string{"Valor (R$)"}}, []string{"opp_000001 name=Ana notes=x"}},
		{"n14_comment.csv", Options{}, ana},
		{"l20b_merged_header.csv", Options{}, []string{"header_merged"}},
		{"l20b_merged_header.csv", Options{HeaderRow: 2}, []string{"opp_000001 name=Ana email=a@ex.com deal_value=10.5 notes=x"}},
		{"m34_nbspheader.csv", Options{}, []string{"opp_000001 name=Ana deal_value=10.5"}},

		{"Deals of Acme\nExported;26/11/2026\n\n# two rows\nid;name\nopp_000001;Ana\n", Options{}, ana},
		{"Report,,\nPeriod:,11/2026,\nid,name,Score\nopp_000001,Ana,7\n", Options{Ignore: []string{"Score"}}, ana},
		{"Deals\n\"a note, of\ntwo lines\"\nid,name\nopp_000001,Ana\n", Options{}, ana},
		{"Deals\nCode,Nome\nopp_000001,Ana\n", Options{Mappings: []Mapping{{Column: "Code", Field: "id"}}}, ana},
		{strings.Repeat("Weekly report\n", 29) + "id,name\nopp_000001,Ana\n", Options{}, ana},
		{strings.Repeat("Weekly report\n", 30) + "id,name\nopp_000001,Ana\n", Options{}, []string{"one_column"}},
		{strings.Repeat("Weekly report\n", 30) + "id,name\nopp_000001,Ana\n", Options{HeaderRow: 31}, ana},
		{"id,name\nopp_000001,Ana\nid,notes\nopp_000002,Bia\n", Options{HeaderRow: 3}, []string{"opp_000002 notes=Bia"}},
		{"id,name\nopp_000001,Ana\n", Options{HeaderRow: 4}, []string{"header_row_blank"}},
		{"id,name\n\nopp_000001,Ana\n", Options{HeaderRow: 2}, []string{"header_row_blank"}},
		{"Customer,,Deal,\nid,name,deal_value,notes\nopp_000001,Ana,10.5,x\n", Options{}, []string{"header_merged"}},
		{"ID,Contato,,Negócio\n,Nome,Email,Valor\nopp_000001,Ana,a@ex.com,1\n", Options{}, []string{"header_merged"}},
		{"Code,Nome,Notas\nopp_000001,Ana,x\nid,name,notes\nopp_000002,Bia,y\n", Options{}, []string{"header_row_unclear"}},
		{"Deals,,\nCode,Nome,Notas\nopp_000001,Ana,x\n", Options{}, []string{"id_column_missing"}},
		{"ID,4711,\nid,name,notes\nopp_000001,Ana,\n", Options{}, ana},
		{"id,Score,Lead\nopp_000001,7,x\nid,name,notes\nopp_000002,Bia,y\n", Options{}, []string{"header_row_unclear"}},
		{"id,Score\nopp_000001,7\n", Options{Ignore: []string{"Score"}}, []string{"opp_000001"}},
		{"Deals,\nid,Score\nopp_000001,7\n", Options{Ignore: []string{"Score"}}, []string{"opp_000001"}},
		{"Deals,\nid,Score\nopp_000001,7\n", Options{OnlyID: true}, []string{"opp_000001"}},
		{"Owner:,Ana,Amount:,100\nid,name,notes,phone\nopp_000001,Ana,,\n", Options{}, ana},
		{"# a,b,c,d\n# a,b,c,d\n# a,b,c,d\n# a,b,c,d\nid,name\nopp_000001,Ana\n", Options{}, ana},
		{"Deals;;\n;;\nid;name\nopp_000001;Ana\n", Options{Delimiter: ';'}, ana},
	} {
		c.check(t)
	}
}

func TestColumnsWithoutAHeader(t *testing.T) {
	both := []string{"opp_000001 name=Ana", "opp_000002 name=Bia"}
	for _, c := range []seen{
		{"n15_indexcol.csv", Options{}, both},
		{"Unnamed: 0,id,name\n7,opp_000001,Ana\n5,opp_000002,Bia\n", Options{Ignore: []string{"Unnamed: 0"}}, both},
		{"Unnamed: 0,id,name\n0,opp_000001,Ana\n1,opp_000002,Bia\n", Options{}, both},
		{",id,name\n1,opp_000001,Ana\n17,opp_000002,Bia\n", Options{}, both},
		{",id,name\n0,opp_000001,Ana\n1,opp_000002,Bia\n0,opp_000003,Cid\n", Options{}, append(both[:2:2], "opp_000003 name=Cid")},
		{",id,name\n5,opp_000001,Ana\n3,opp_000002,Bia\n", Options{}, []string{both[0], both[1] + " :cell_without_header"}},
		{",id,name\n007,opp_000001,Ana\n", Options{}, []string{both[0] + " :cell_without_header"}},
		{"id,,name\nopp_000001,0,Ana\n", Options{}, []string{both[0] + " :cell_without_header"}},
		{"id,,name\nopp_000001,0,Ana\n", Options{Ignore: []string{"B"}}, both[:1]},
		{"id,,name\nopp_000001,0,Ana\n", Options{Ignore: []string{"b"}}, both[:1]},
		{"id,,B,name\nopp_000001,,0,Ana\n", Options{Ignore: []string{"B"}}, both[:1]},
		{"id,,name\nopp_000001,0,Ana\n", Options{Ignore: []string{"C"}}, []string{"ignored_column_missing"}},
	} {
		c.check(t)
	}
}

func TestFilesThatAreNoSheets(t *testing.T) {
	for text, kind := range map[string]string{
		"n13b_json.csv": "json", "n13c_login.csv": "login", "n16_markdown.csv": "ruled",
		"%PDF-1.7\n": "pdf", "{\"id\": 1,\n\"name\": 2}": "json", "[\n  {\"id\": 1}]\n": "json", "{\"id\":1}\n{\"id\":2}\n": "json",
		"\ufeff<html><body>\n<table><tr><td>id</td></tr></table>": "html_table", "<!doctype html>\n<title>404</title>": "html",
		"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">": "xml_spreadsheet",
		"<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">":                         "ods",
		"<?xml version=\"1.0\"?>\n<a/>": "xml", "\x1f\x8b\x08\n": "gzip", "https://docs.google.com/spreadsheets/d/1\n": "address",
		"[InternetShortcut]\nURL=https://x": "address", "{\"url\": \"https://docs.google.com/x\", \"doc_id\": \"1\"}\n": "address",
		"\x89PNG\r\n\x1a\n": "picture", "BEGIN:VCARD\nVERSION:3.0\n": "contacts", "SQLite format 3\x00\n": "database", "{\\rtf1\n": "document",
		"{\"razebulk_plan\":1,\"lines\":[\n": "plan", "row,id,status,field,current,new,message\n2,opp_000001,,,,,\n": "plan",
		"row,id,status,message,fields_sent,http_status,finished_at,reason\n2,opp_000001,SUCCESS,,,,,\n": "results",
		"+----+------+\n| id | name |\n":      "ruled",
		zipText(t, "mimetype", "content.xml"): "ods", zipText(t, "Index/Document.iwa"): "numbers", zipText(t, "deals.csv"): "zip", zipText(t, "word/document.xml", "_rels/.rels"): "document",
	} {
		c := seen{file: text}
		var why reason.Reason
		if err := readError(c.text(t), Options{}); !errors.As(err, &why) || why.Code != "file_not_sheet" || why.Params["kind"] != kind {
			t.Errorf("%.60q: got %v", text, err)
		} else if words := sheettest.Words(err); !strings.Contains(words, "this ") || !strings.Contains(words, ": ") {
			t.Errorf("%s: %s", kind, words)
		}
	}
	for _, c := range []seen{
		{"n12_quotedall_semicolon_in_commafile.csv", Options{}, []string{"one_column"}},
		{"\"id,name\"\n\"opp_000001,Ana\"\n", Options{}, []string{"one_column"}},
		{"id^name\nopp_000001^Ana\n", Options{}, []string{"one_column"}},
		{"https://example.com,\nid,name\nopp_000001,Ana\n", Options{}, []string{"opp_000001 name=Ana"}},
		{"id,name\nopp_000001,\"<html>\"\n", Options{}, []string{"opp_000001 name=<html>"}},
		{"id\n[1]\n", Options{}, []string{"[1]"}},
	} {
		c.check(t)
	}
}

func zipText(t *testing.T, names ...string) string {
	parts := booktest.BookParts{}
	for _, name := range names {
		parts[name] = "x"
	}
	return booktest.Zipped(t, parts, 0).String() + "\n"
}
