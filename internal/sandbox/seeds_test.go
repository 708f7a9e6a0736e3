package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSeeds(t *testing.T) {
	all := Seeds()
	if len(all) != 50 || all[0].ID != first {
		t.Fatalf("got %d, the first is %s", len(all), all[0].ID)
	}
	s := New(Options{})
	for _, o := range all {
		_, known := seedUsers[o.ResponsibleUserID]
		if !isCanonical(o.ID) || !known || !isEmail(o.Email) || !isCurrency(o.DealCurrency) || o.UpdatedAt.Before(o.CreatedAt) {
			t.Errorf("%+v", o)
		}
		if got, _ := s.Opportunity(o.ID); got != o {
			t.Error(cmp.Diff(o, got))
		}
	}
}

func TestReadOpportunities(t *testing.T) {
	got, err := ReadOpportunities(strings.NewReader("\uFEFF\"id\",other,deal_value,notes,created_at,status\r\n" +
		"a,x,37540.020,\"two\nlines\",2026-01-02T03:04:05-03:00,\r\nb,,,,,won\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	made := time.Date(2026, 1, 2, 6, 4, 5, 0, time.UTC)
	want := []Opportunity{
		{ID: "a", DealValue: "37540.020", Notes: "two\nlines", Status: "new", CreatedAt: made, UpdatedAt: made},
		{ID: "b", Status: "won"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadOpportunitiesRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "no header line",
		"name\nx\n":                      "no id column in the header line",
		"id,name\na,x\n,y\n":             "line 3: the id is empty",
		"id,notes\na,\"1\n2\"\nb,\na,\n": `line 5: id "a" is on line 2 already`,
		"id,deal_value\na,12.500,00\n":   "record on line 2: wrong number of fields",
		"id,deal_value\na,a combinar\n":  `line 2: deal_value "a combinar" is not a number`,
		"id,status\na,open\n":            `line 2: status "open" is not known`,
		"id,created_at\na,2026-01-02\n":  "line 2: created_at: parsing time",
		"id,updated_at\na,yesterday\n":   "line 2: updated_at: parsing time",
		"id,name\na,\"x\n":               "line 2",
		"id,deal_value\na,NaN\n":         `"NaN" is not a number`,
	} {
		_, err := ReadOpportunities(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
