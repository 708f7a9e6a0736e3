package csvmap

import (
	"strings"
	"testing"

	"razebulk/csvmap/internal/sheettest"
)

// TestAnIDThatIsSomethingElseSaysWhat covers ids in which a slash is not that of an address.
func TestAnIDThatIsSomethingElseSaysWhat(t *testing.T) {
	for text, want := range map[string]string{
		"#N/D": "a spreadsheet error", "#DIV/0!": "a spreadsheet error", "12/03/2024": "a date", "N/A": "missing; every row needs",
		"crm.example/deals/5": "contains a slash", "": "missing; every row needs",
	} {
		_, rows := readSheet(t, "id,name\n"+text+",n\n", Options{})
		sheettest.WantReason(t, sheettest.Words(rows[0].Problems[0].Reason()), want)
	}
}

func TestTheCurrencyOfAMappedHeaderCounts(t *testing.T) {
	_, rows := readSheet(t, "id,Valor (US$),Moeda\n1,\"1.000,50\",BRL\n", Options{Mappings: []Mapping{{Column: "Valor (US$)", Field: "deal_value", Number: true}}})
	if len(rows[0].Problems) != 1 || !strings.Contains(rows[0].Problems[0].Code, "the header says US$") {
		t.Errorf("got %+v", rows[0])
	}
}

// TestTheEndMarkOfDOSIsNoRow has it after each kind of line end, and where it belongs to a cell.
func TestTheEndMarkOfDOSIsNoRow(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		_, rows := readSheet(t, "id,name"+end+"1,a"+end+"2,b"+end+"\x1a", Options{})
		if len(rows) != 2 || len(rows[1].Problems) > 0 {
			t.Errorf("%q: got %+v", end, rows)
		}
	}
	if _, rows := readSheet(t, "id,name\n1,a\x1a", Options{}); len(rows[0].Problems) != 1 {
		t.Errorf("got %+v", rows[0])
	}
}
