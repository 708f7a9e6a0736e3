package review

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// columns are the columns that a plan must have to be applied: all but the message. It may have others, and in another
// order.
var columns = append(slices.Clone(crm.PlanColumns[:len(crm.PlanColumns)-1]), crm.PlanColumn)

// table is a plan as a table of strings.
type table struct {
	place map[string]int
	exact bool // its texts are as they are: no formula is escaped
	lines func(yield func(number int, cells []string) error) error
}

// read reads a plan in any of its formats.
func read(content []byte) (table, error) {
	switch {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return readBook(content)
	case bytes.HasPrefix(bytes.TrimLeft(content, " \r\n\t\ufeff"), []byte("{")):
		return readJSON(content)
	}
	return readCSV(content)
}

func newTable(header []string, lines func(func(int, []string) error) error) (table, error) {
	t := table{place: map[string]int{}, lines: lines}
	for i, name := range header {
		t.place[strings.ToLower(crm.Trim(name))] = i
	}
	for _, name := range columns {
		if _, there := t.place[name]; !there {
			return table{}, reason.New("plan_column_missing", "missing", name)
		}
	}
	return t, nil
}

func (t table) cell(cells []string, column string) string {
	if i, there := t.place[column]; there && i < len(cells) {
		return cells[i]
	}
	return ""
}

// text returns the text that people mean by a cell.
func (t table) text(cells []string, column string) string {
	if t.exact {
		return t.cell(cells, column)
	}
	return crm.UnescapeFormula(t.cell(cells, column))
}

// typed returns the new value as a cell of a sheet, to be checked like one that a person typed: an apostrophe is added
// to a formula only if people mean the apostrophe itself.
func (t table) typed(cells []string) string {
	typed := t.cell(cells, "new")
	if t.exact && crm.IsEscaped(typed) {
		return crm.EscapeFormula(typed)
	}
	return typed
}

// readCSV reads a plan as this program or a spreadsheet writes it.
func readCSV(content []byte) (table, error) {
	text, err := decoded(content)
	if err != nil {
		return table{}, err
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.Comma = -1, delimiter(string(first))
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return table{}, reason.New("plan_column_missing", "missing", columns[0])
	}
	if err != nil {
		return table{}, reason.New("plan_unreadable").Because(err)
	}
	return newTable(header, func(yield func(int, []string) error) error {
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return reason.New("plan_unreadable").Because(err)
			}
			number, _ := r.FieldPos(0)
			if err := yield(number, cells); err != nil {
				return err
			}
		}
	})
}

// delimiter returns the delimiter that occurs most often in the header.
func delimiter(header string) rune {
	return slices.MaxFunc([]rune{',', ';', '\t', '|'}, func(a, b rune) int {
		return strings.Count(header, string(a)) - strings.Count(header, string(b))
	})
}

// decoded returns the content as UTF-8. A wrong guess shows, as the sums of lines don't match then.
func decoded(content []byte) ([]byte, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf8.Valid(content):
		return bytes.TrimPrefix(content, []byte("\ufeff")), nil
	default:
		from = charmap.Windows1252
	}
	text, err := from.NewDecoder().Bytes(content)
	if err != nil {
		return nil, reason.New("plan_unreadable").Because(err)
	}
	return text, nil
}

func readBook(content []byte) (table, error) {
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
	if err != nil {
		return table{}, reason.New("plan_unreadable").Because(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		return table{}, reason.New("plan_unreadable").Because(err)
	}
	if len(rows) == 0 {
		return table{}, reason.New("plan_column_missing", "missing", columns[0])
	}
	return newTable(rows[0], func(yield func(int, []string) error) error {
		for i, cells := range rows[1:] {
			if err := yield(i+2, cells); err != nil {
				return err
			}
		}
		return nil
	})
}

// readJSON reads the format for programs.
func readJSON(content []byte) (table, error) {
	var plan struct {
		Lines []struct {
			Line
			Mark string `json:"raze_plan"`
		} `json:"lines"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(content, []byte("\ufeff")), &plan); err != nil {
		return table{}, reason.New("plan_unreadable").Because(err)
	}
	t, err := newTable(columns, func(yield func(int, []string) error) error {
		for i, l := range plan.Lines {
			if err := yield(i+1, []string{strconv.Itoa(l.Row), l.ID, l.Status, l.Field, l.Current, l.New, l.Mark}); err != nil {
				return err
			}
		}
		return nil
	})
	t.exact = true
	return t, err
}
