package csvmap

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestSheetReadsBackTheSameInEveryForm(t *testing.T) {
	forms := fileForms()
	rapid.Check(t, func(t *rapid.T) {
		wide, narrow := drawModel(t, false, false), drawModel(t, true, false)
		for range times(20) {
			f, m := rapid.SampledFrom(forms).Draw(t, "form"), wide
			if f.narrow {
				m = narrow
			}
			want := slices.Clone(m.rows)
			for i := range want {
				want[i].Line += f.firstLine() - 1
			}
			checkReadsBack(t, f.name, f.write(t, m.table), f.options, want)
		}
	})
}

func TestSheetReadsBackTheSameFromAWorkbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t, false, true)
		for i := range m.rows {
			m.rows[i].Line = m.rows[i].Number
		}
		checkReadsBack(t, "workbook", book(t, m.table, m.kinds), Options{}, m.rows)
	})
}

func checkReadsBack(t rapid.TB, form, text string, o Options, want []Row) {
	_, rows, err := inspected(opens(text), o)
	if err != nil {
		t.Fatalf("%s: %v in %q", form, err, text)
	}
	if diff := cmp.Diff(want, rows, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s: %q (-want +got):\n%s", form, text, diff)
	}
}
