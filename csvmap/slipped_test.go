package csvmap

import (
	"testing"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/slips"
	"razebulk/internal/crm"
)

func TestSlipped(t *testing.T) {
	fields := []string{crm.ID, crm.Name, "phone", "company"}
	for _, c := range []struct {
		cells []string
		want  string
	}{
		{[]string{"A1", "+55 11 99999-0001", "Acme", ""}, crm.Name},
		{[]string{"A1", "Ana", "Souza", "+55 11 99999-0001"}, "company"},
		{[]string{"A1", "ana@ex.com", "Acme", ""}, crm.Name},
		{[]string{"A1", "ana@ex.com", "+55 11 99999-0001", "Acme"}, ""},
		{[]string{"A1", "Ana", "a combinar", "Acme"}, ""},
		{[]string{"A1", "Ana", "a combinar", "Acme 24"}, ""},
		{[]string{"A1", "51", "", "Acme"}, ""},
		{[]string{"A1", "51"}, ""},
	} {
		r := &cell.Record{Cells: c.cells}
		if _, got := slips.Slipped(r, 2, []int{1, 2, 3}, func(i int) string { return fields[i] }); got != c.want {
			t.Errorf("%q: got %q, want %q", c.cells, got, c.want)
		}
	}
}
