package csvmap

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestProblems(t *testing.T) {
	huge := strings.Repeat("n", 64<<10+1)
	for _, c := range []struct {
		name, text string
		want       []Problem // with a part of the reason
	}{
		{"none", "id,name\n1,a\n", nil},
		{"missing id", "id,name\n,a\n", []Problem{{"id", "", "missing"}}},
		{"blank id", "id,name\n \t,a\n", []Problem{{"id", "", "missing"}}},
		{"missing id beside an ignored cell", "id,status\n,won\n", []Problem{{"id", "", "missing"}}},
		{"an id that can't be", "id,name\na/b,a\n", []Problem{{"id", "a/b", "slash"}}},
		{"a number that isn't one", "id,deal_value\n1,1e3\n", []Problem{{"deal_value", "1e3", "not plainly a number"}}},
		{"several", "id,email,deal_value,deal_currency\n,x,y,z\n", []Problem{
			{"id", "", "missing"}, {"email", "x", "bare"}, {"deal_value", "y", "number"}, {"deal_currency", "z", "three letters"},
		}},
		{"a huge cell", "id,name\n1," + huge + "\n", []Problem{{"name", huge, "64 KiB"}}},
		{"a huge cell, but for white space", "id,name\n1,\" " + huge[:64<<10] + " \"\n", nil},
		{"a huge ignored cell", "id,status\n1," + huge + "\n", nil},
		{"a cell under no header", "id,,name\n1,x,a\n", []Problem{{"", "", `"x" stands in a column without a header`}}},
		{"a blank cell under no header", "id,,name\n1, ,a\n", nil},
		{"a surplus cell", "id,name\n1,a,b\n", []Problem{{"", "", `more cells than headers`}}},
		{"two surplus cells", "id,name\n1,a,b,c\n", []Problem{{"", "", `more cells than headers`}}},
		{"a blank surplus cell", "id,name\n1,a,\n", []Problem{{"", "", "more cells than headers"}}},
		{"nothing but a surplus cell", "id,name\n,,b\n", []Problem{{"", "", "more cells than headers"}}},
		{"nothing but a second surplus cell", "id,name\n,,,b\n", []Problem{{"", "", "more cells than headers"}}},
		{"nothing but a surplus cell far out", "id\n" + strings.Repeat(",", mostSurplus) + "b\n", []Problem{{"", "", "more cells than headers"}}},
		{"nothing but an ignored cell", "id,status,source\n,,web\n", []Problem{{"id", "", "missing"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := readSheet(t, c.text, Options{})
			if len(rows) != 1 {
				t.Fatalf("got %d rows", len(rows))
			}
			diffProblems(t, c.want, rows[0].Problems)
		})
	}
}

func diffProblems(t *testing.T, want, got []Problem) {
	t.Helper()
	partOf := cmp.Comparer(func(a, b Problem) bool {
		reason := strings.Contains(a.Reason, b.Reason) || strings.Contains(b.Reason, a.Reason)
		return a.Field == b.Field && a.Value == b.Value && reason && a.Reason != "" && b.Reason != ""
	})
	if diff := cmp.Diff(want, got, partOf, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestCellWithAProblemIsNotAmongCells(t *testing.T) {
	_, rows := readSheet(t, "id,name,email\n1,a,b\n", Options{})
	if diff := cmp.Diff([]Cell{{Field: "name", Text: "a"}}, rows[0].Cells); diff != "" {
		t.Error(diff)
	}
}

func TestShiftedRowHasNoCells(t *testing.T) {
	_, rows := readSheet(t, "id,deal_value\n1,37540,02\n", Options{})
	if len(rows[0].Cells) != 0 || rows[0].ID != "1" {
		t.Errorf("got %+v", rows[0])
	}
}

func TestUnknownCurrencyIsAWarningAndIsSent(t *testing.T) {
	_, rows := readSheet(t, "id,deal_currency\n1,QQQ\n", Options{})
	if diff := cmp.Diff([]Cell{{Field: "deal_currency", Text: "QQQ"}}, rows[0].Cells); diff != "" {
		t.Error(diff)
	}
	diffProblems(t, nil, rows[0].Problems)
	diffProblems(t, []Problem{{"deal_currency", "QQQ", "not a currency code that is known here"}}, rows[0].Warnings)
}
