package csvmap

import (
	"encoding/csv"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"razebulk/csvmap/internal/amount"
	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/naming"
	"razebulk/internal/crm"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
)

// plainNumber is a JSON number without an exponent.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

func FuzzRows(f *testing.F) {
	for _, path := range exports(f) {
		if testing.Short() { // other tests read them
			break
		}
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{
		"", "\n", "id", "id\r", "\ufeff\"id\"\n1", "id,deal_value\n1,\" 1.50\n\"\n", "\n\nid\n\n\"1\n\n\"\n,x\n", "id;status\n.;\"\n\"\n..\na/b\n",
		"id,name\n1,\"\n", "id,\n1,2,3\n,,,4\n", "sep=;\nid;name\n1;'=a\n", "id\tname\r1\t\"a\nb\"\r", "\xff\xfei\x00d\x00", "id;Valor;Moeda\n1;R$ 1.234,5;BRL\n",
		"id,raze_clear,name\n1,notes,<clear>\n", "raze_status,id,raze_message\n,1\n", "id,updated_at\n1,2026-01-02T03:04:05Z\n", "id,name,raze_undo\n1, a,\"{\"\"name\"\":\"\"b\"\"}\"\n",
		"id,phone,deal_value,raze_undo\n1,5.51198E+12,\"1,5\",\"{\"\"phone\"\":\"\"b\"\",\"\"raze_sums\"\":{\"\"phone\"\":\"\"00000000\"\"}}\"\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		o := Options{ClearMarker: "<clear>", Stage: true, UpdatedAt: true}
		file := opens(text)
		if p, err := NewPreview(file, file.Size(), o); err == nil && p.Unusable == nil && p.Format.Code == "" {
			t.Fatal("a preview of nothing")
		}
		r, rows, err := inspected(opens(text), o)
		if err != nil {
			return
		}
		last := Row{Number: 1, Line: 1}
		for _, row := range rows {
			checkOrder(t, last, row)
			checkRow(t, r, row)
			last = row
		}
		checkReadTwice(t, r, string(text), o, rows)
		if r.header.undo < 0 {
			checkSentAgain(t, rows)
		}
	})
}

func checkOrder(t *testing.T, last, row Row) {
	t.Helper()
	if row.Number <= last.Number || row.Line <= last.Line || row.Number > row.Line {
		t.Errorf("row %d in line %d follows row %d in line %d", row.Number, row.Line, last.Number, last.Line)
	}
}

func checkRow(t *testing.T, r *Reading, row Row) {
	t.Helper()
	if len(row.Problems) == 0 {
		if back, err := url.PathUnescape(url.PathEscape(row.ID)); err != nil || back != row.ID || row.ID == "" {
			t.Errorf("id %q comes out of a path as %q: %v", row.ID, back, err)
		}
	}
	fields := map[string]bool{}
	for _, c := range row.Cells {
		if fields[c.Field] || c.Clear != (c.Text == "") || c.Number != (c.Field == "deal_value") {
			t.Errorf("cell %+v in %+v", c, row)
		}
		fields[c.Field] = true
		if r.header.undo < 0 && c.Text != cell.Trim(c.Text) || c.Number && !c.Clear && r.header.undo < 0 && !plainNumber.MatchString(c.Text) {
			t.Errorf("cell %+v", c)
		}
	}
	for _, p := range slices.Concat(row.Problems, row.Warnings) {
		if p.Code == "" || p.Field != "" && p.Column == "" {
			t.Errorf("problem %+v", p)
		}
	}
	for _, p := range row.Problems {
		if fields[p.Field] {
			t.Errorf("%s is sent in spite of %+v", p.Field, p)
		}
	}
}

// checkReadTwice reads the sheet again, and checks that each row is also one of its originals.
func checkReadTwice(t *testing.T, r *Reading, text string, o Options, rows []Row) {
	t.Helper()
	again, other, err := inspected(opens(text), o)
	if diff := cmp.Diff(rows, other, cmpopts.EquateEmpty()); diff != "" || err != nil || again.String() != r.String() {
		t.Fatalf("read as %s, then as %s, %v\n%s", r, again, err, diff)
	}
	numbers := map[int]bool{}
	for _, o := range originals(t, reopened(t, r, text)) {
		numbers[o.Number] = true
	}
	for _, row := range rows {
		if !numbers[row.Number] {
			t.Errorf("row %d has no original", row.Number)
		}
	}
}

// checkSentAgain writes what would be sent to a new sheet, with an apostrophe before what looks like a formula.
func checkSentAgain(t *testing.T, rows []Row) {
	t.Helper()
	header := slices.Concat([]string{crm.ID}, crm.Fields, []string{crm.Status})
	var text strings.Builder
	w := csv.NewWriter(&text)
	if err := w.Write(header); err != nil {
		t.Fatal(err)
	}
	var want []Row
	for _, row := range rows {
		if len(row.Problems) > 0 {
			continue
		}
		record := make([]string, len(header))
		record[0] = keptFormula(row.ID)
		for _, c := range row.Cells {
			at := slices.Index(header, c.Field)
			if record[at] = keptFormula(c.Text); c.Clear {
				record[at] = "<clear>"
			}
		}
		if err := w.Write(record); err != nil {
			t.Fatal(err)
		}
		want = append(want, row)
	}
	w.Flush()
	_, got, err := inspected(opens(text.String()), Options{Encoding: "utf-8", Delimiter: ',', Decimal: amount.Point, ClearMarker: "<clear>", Stage: true})
	places := cmpopts.IgnoreFields(Row{}, "Number", "Line", "UpdatedAt", "UpdatedAtUnit", "Warnings")
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), places); diff != "" || err != nil {
		t.Fatalf("%q: %v\n%s", text.String(), err, diff)
	}
}

func keptFormula(text string) string {
	if formulaStart.MatchString(text) {
		text = "'" + text
	}
	return formulaInside.ReplaceAllString(text, "$1'$2")
}

func FuzzHeader(f *testing.F) {
	for _, seed := range [][3]string{
		{"id,name,Nome", "", ""}, {"ID do negócio|É-mail", "Score", "x"}, {"id,,_-", "_", "-"}, {"Name,name,NAME", "name", "Name"}, {"\u200bid\u00a0,ïd,i\u0301d", "\u0301", " "},
		{"raze_status,Raze Message,raze_clear,raze_undo", "raze status", "raze_message"}, {"İD,ıd,ID,ｉｄ", "Id", ""}, {"score:number,raze_undo,id", "a=b", ":"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, names, word, ignored string) {
		n := Options{Ignore: []string{ignored}}
		if m, err := ParseMapping(word + "=company"); err == nil {
			n.Mappings = []Mapping{m}
		}
		h := n.header(strings.Split(strings.ToValidUTF8(names, "?"), ",")) // whatever has been read is valid
		seen := map[string]int{}
		for i, c := range h.columns {
			if c.isRead() {
				seen[c.field]++
			}
			checkColumn(t, n, i, c)
			if (h.id == i) && c.field != crm.ID {
				t.Errorf("column %d, %+v, holds the id", i, c)
			}
		}
		if err := headerProblems(h, 1, 0); err == nil {
			for field, columns := range seen {
				if columns > 1 {
					t.Errorf("%d columns hold %s", columns, field)
				}
			}
			if seen[crm.ID] != 1 || slices.ContainsFunc(h.columns, func(c column) bool { return c.field == unknownColumn }) {
				t.Errorf("%q is understood: %+v", names, h.columns)
			}
		}
	})
}

// checkColumn checks what a column is taken for against its name.
func checkColumn(t *testing.T, n Options, i int, c column) {
	t.Helper()
	key := naming.Key(c.header)
	known := naming.Of(c.header)
	typed, _, isTyped := typedField(c.header)
	mapped := len(n.Mappings) > 0 && (naming.Key(n.Mappings[0].Column) == key || n.Mappings[0].Column == c.header)
	ignored := naming.Key(n.Ignore[0]) == key || n.Ignore[0] == c.header
	letter, _ := excelize.ColumnNumberToName(i + 1)
	switch {
	case c.header == "" && strings.EqualFold(n.Ignore[0], letter) && c.field == ignoredColumn:
	case c.header == "":
		if c.field != unnamedColumn {
			t.Errorf("a column without a name is %s", c.field)
		}
	case isTyped && c.field == typed:
	case mapped && c.field == "company", ignored && c.field == ignoredColumn, c.added && slices.Contains(addedColumns, known):
	case c.field == readOnlyColumn && !slices.Contains(crm.ReadOnly, known), c.field == unknownColumn && known != "", c.isRead() && c.field != known,
		c.field == ignoredColumn, c.field == unnamedColumn:
		t.Errorf("%q is %s", c.header, c.field)
	}
}
