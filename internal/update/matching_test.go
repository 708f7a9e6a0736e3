package update_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/match"
	"razebulk/internal/reason"
)

// opportunity returns a list item; its keys and values alternate, and the value "null" stands for null.
func opportunity(keys ...string) getraze.Opportunity {
	o := getraze.Opportunity{}
	for pair := range slices.Chunk(keys, 2) {
		o[pair[0]], _ = json.Marshal(pair[1])
		if pair[1] == "null" {
			o[pair[0]] = []byte("null")
		}
	}
	return o
}

func cells(fieldsAndTexts ...string) []csvmap.Cell {
	var all []csvmap.Cell
	for pair := range slices.Chunk(fieldsAndTexts, 2) {
		all = append(all, csvmap.Cell{Field: pair[0], Text: pair[1]})
	}
	return all
}

// find returns what is found for a row with these values.
func find(f *match.Finder, values []csvmap.Cell, all ...getraze.Opportunity) (string, string) {
	f.Want(csvmap.Row{Match: values}, true)
	f.See(all...)
	f.SeenAll()
	id, err := f.Find(values)
	var why reason.Reason
	errors.As(err, &why)
	return id, why.Code
}

func TestSameValues(t *testing.T) {
	for _, c := range []struct {
		field, sheet, held string
		same               bool
	}{
		{"email", "Ana@Example.com", " ana@example.COM\u00a0", true},
		{"email", "ana@example.com", "ana@example.com.br", false},
		{"email", "ana@example.com", "aná@example.com", false},
		{"name", "São João", "SÃO JOÃO", true},
		{"name", "São João", "Sa\u0303o Joa\u0303o", true},
		{"name", "한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", true},
		{"name", "\u0995\u09cb", "\u0995\u09c7\u09be", true},
		{"name", "São João", "Sao Joao", false},
		{"name", "São João", "São  João", false},
		{"name", "Kim", "\u212aim", false}, // the sign of the kelvin
		{"company", "ΑΘΗΝΑ", "αθηνα", true},
		{"name", "ΓΙΩΡΓΟΣ", "γιωργος", true}, // with the final form of sigma
		{"name", "Straße", "STRAẞE", true},
		{"phone", "+55 (11) 98888-0001", "5511988880001", true},
		{"phone", "11 98888-0001", "+55 11 98888-0001", false},
		{"contact_id", "{0B7A5C9E-1D2F-4A3B-8C4D-5E6F7A8B9C0D}", "0b7a5c9e1d2f4a3b8c4d5e6f7a8b9c0d", true},
		{"contact_id", "abc", "ABC", false},
		{"email", "ana@example.com", "", false},
	} {
		key := map[string]string{"email": "contact_email", "name": "contact_name", "company": "contact_company", "phone": "contact_phone"}[c.field]
		if key == "" {
			key = c.field
		}
		id, why := find(match.New([]string{c.field}, nil, false), cells(c.field, c.sheet), opportunity("id", "1", "contact_id", "c", key, c.held))
		if (id == "1") != c.same || (why == "match_none") == c.same {
			t.Errorf("%s: %q and %q: got %q, %s", c.field, c.sheet, c.held, id, why)
		}
	}
}

func TestTheOpenOneOfSeveral(t *testing.T) {
	won := opportunity("id", "won", "email", "a", "status", "won")
	lost := opportunity("id", "lost", "email", "a", "status", "LOST")
	newer := opportunity("id", "new", "email", "a", "status", "new")
	other := opportunity("id", "other", "email", "a", "status", "Somewhere")
	at := opportunity("id", "at", "contact_email", "a", "won_at", "2026-10-05 08:00:02.5+00", "lost_at", "null", "stage_name", "Novo")
	named := opportunity("id", "named", "contact_email", "a", "won_at", "null", "lost_at", "null", "stage_name", "Ganho")
	open := opportunity("id", "open", "contact_email", "a", "won_at", "null", "lost_at", "null", "stage_name", "Demo")
	silent := opportunity("id", "silent", "contact_email", "a", "stage_name", "Demo")
	for _, c := range []struct {
		name   string
		all    []getraze.Opportunity
		id     string
		reason string
	}{
		{"one of three", []getraze.Opportunity{won, newer, lost}, "new", ""},
		{"none", []getraze.Opportunity{won, lost}, "", "match_several"},
		{"two", []getraze.Opportunity{won, newer, open}, "", "match_several"},
		{"one that may be open", []getraze.Opportunity{won, newer, other}, "", "match_several"},
		{"only one that may be open", []getraze.Opportunity{won, silent}, "", "match_several"},
		{"by times and names", []getraze.Opportunity{at, named, open}, "open", ""},
		{"alone, and closed", []getraze.Opportunity{won}, "won", ""},
		{"seen twice", []getraze.Opportunity{newer, newer}, "new", ""},
	} {
		id, why := find(match.New([]string{"email"}, nil, true), cells("email", "a"), c.all...)
		if id != c.id || why != c.reason {
			t.Errorf("%s: got %q, %s", c.name, id, why)
		}
		if id, _ := find(match.New([]string{"email"}, nil, false), cells("email", "a"), c.all...); id != "" && c.name != "alone, and closed" && c.name != "seen twice" {
			t.Errorf("%s: got %q although it was not asked for", c.name, id)
		}
	}
}

func TestNothingIsFoundBeforeAllWasSeen(t *testing.T) {
	f := match.New([]string{"email"}, nil, false)
	values := cells("email", "a")
	f.Want(csvmap.Row{Match: values}, true)
	f.See(opportunity("id", "1", "email", "a"))
	if id, err := f.Find(values); id != "" || err == nil {
		t.Errorf("got %q", id)
	}
	f.SeenAll()
	if id, err := f.Find(values); id != "1" || err != nil {
		t.Errorf("got %q, %v", id, err)
	}
	f.See(opportunity("id", "1", "email", "b")) // somebody has changed it
	if id, _ := f.Find(values); id != "" {
		t.Errorf("got %q", id)
	}
}

func TestTitleIsTheOpportunitysOwn(t *testing.T) {
	observed := opportunity("id", "1", "contact_id", "c", "contact_title", "CEO", "title", "Deal")
	if id, _ := find(match.New([]string{"title"}, nil, false), cells("title", "deal"), observed); id != "1" {
		t.Errorf("got %q", id)
	}
	f := match.New([]string{"title"}, nil, false)
	if id, _ := find(f, cells("title", "ceo"), observed, opportunity("id", "2", "name", "n", "title", "CEO")); id != "" {
		t.Errorf("got %q by the job title", id)
	}
	if got := f.Unreported(); got != nil {
		t.Errorf("unreported: %q", got)
	}
	f = match.New([]string{"email", "title"}, nil, false)
	f.See(opportunity("id", "2", "name", "n", "email", "null"))
	if got := f.Unreported(); !slices.Equal(got, []string{"title"}) {
		t.Errorf("unreported: %q", got)
	}
}
