package getraze

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/sandbox"
)

func TestValueOfAField(t *testing.T) {
	unknown := "unknown"
	for _, c := range []struct {
		field, data, want string
	}{
		{"name", `{"name":"Ana"}`, "Ana"},
		{"name", `{"name":" Ana "}`, " Ana "},
		{"name", `{"contact_name":"Ana"}`, "Ana"},
		{"name", `{"name":"","contact_name":"Ana"}`, ""},
		{"name", `{"first_name":"Ana"}`, unknown},
		{"name", `{"name":{"first":"Ana"}}`, unknown},
		{"name", `{"name":["Ana"]}`, unknown},
		{"name", `{"name":true}`, unknown},
		{"notes", `{"notes":null}`, ""},
		{"notes", `{"notes":"null"}`, "null"},
		{"notes", `{}`, unknown},
		{"phone", `{"phone":51}`, "51"},
		{"phone", `{"phone":-1}`, "-1"},
		{"deal_value", `{"deal_value":37540.020}`, "37540.020"},
		{"deal_value", `{"value":"37540.02"}`, "37540.02"},
		{"deal_value", `{"deal_value":null,"value":"1"}`, ""},
		{"deal_currency", `{"currency":"BRL"}`, "BRL"},
		{"position", `{"position":"CTO","title":"Deal"}`, "CTO"},
		{"position", `{"contact_title":"CTO"}`, "CTO"},
		{"position", `{"title":"CTO","contact_title":"CTO"}`, "CTO"},
		{"position", `{"title":null,"contact_title":""}`, ""},
		{"position", `{"title":"Deal","contact_title":"CTO"}`, unknown},
		{"position", `{"title":"Deal","contact_title":null}`, unknown},
		{"position", `{"title":{},"contact_title":"CTO"}`, unknown},
		{"responsible_user_id", `{"responsible_user_id":"u1"}`, "u1"},
		{"responsible_user_id", `{"owner_user_id":"u1"}`, "u1"},
		{"responsible_user_id", `{"responsible_user":{"id":"u1","name":"Ana"}}`, "u1"},
		{"responsible_user_id", `{"responsible_user":null}`, ""},
		{"responsible_user_id", `{"responsible_user":{"name":"Ana"}}`, unknown},
		{"responsible_user_id", `{"responsible_user":{"id":"u1"},"owner_user_id":"u2"}`, unknown},
		{"status", `{"status":"won"}`, "won"},
		{"score", `{"score":7}`, "7"},
		{"score", `{"status":"won"}`, unknown},
	} {
		value, told := answerOf(t, c.data).Opportunity.Value(c.field)
		got := value.Text
		if !told {
			got = unknown
		}
		if got != c.want || told && value.Empty != (c.want == "") || !told && value != (Value{}) {
			t.Errorf("%s of %s: got %+v, %t", c.field, c.data, value, told)
		}
	}
}

func TestHoldsIsTrueOnlyWhereNothingWouldChange(t *testing.T) {
	for _, c := range []struct {
		field, text, data string
		want              bool
	}{
		{"name", "Ana", `{"name":"Ana"}`, true},
		{"name", " Ana ", `{"name":"Ana"}`, true},
		{"name", "ana", `{"name":"Ana"}`, false},
		{"name", "Ana", `{"contact_name":"Ana"}`, true},
		{"name", "Ana", `{"name":null,"contact_name":"Ana"}`, false},
		{"name", "Ana", `{}`, false},
		{"email", "Ana@b.c", `{"email":"ana@b.c"}`, false},
		{"notes", "", `{"notes":null}`, true},
		{"notes", "", `{}`, false},
		{"notes", `{"a":1}`, `{"notes":{"a":1}}`, false},
		{"deal_value", "37540.020", `{"value":"37540.02"}`, true},
		{"deal_value", "1e2", `{"deal_value":100}`, true},
		{"deal_value", "0", `{"deal_value":null}`, false},
		{"deal_currency", "brl", `{"currency":"BRL"}`, true},
		{"position", "CTO", `{"title":"CTO","contact_title":null}`, false},
		{"position", "CTO", `{"title":"CTO","contact_title":"CTO"}`, true},
		{"responsible_user_id", "u1", `{"responsible_user":{"id":"u1"}}`, true},
	} {
		field := Field{Name: c.field, Text: c.text, Number: c.field == "deal_value"}
		if got := answerOf(t, c.data).Opportunity.Holds(field); got != c.want {
			t.Errorf("%s %q of %s: got %t", c.field, c.text, c.data, got)
		}
	}
}

func TestIDAndUpdatedAt(t *testing.T) {
	at := time.Date(2026, 11, 22, 2, 15, 0, 0, time.UTC)
	for _, c := range []struct {
		data, id string
		at       time.Time
	}{
		{`{"id":"x","updated_at":"2026-11-22T02:15:00.000Z"}`, "x", at},
		{`{"id":42,"updated_at":"2026-11-21T23:15:00-03:00"}`, "42", at},
		{`{"id":null,"updated_at":null}`, "", time.Time{}},
		{`{"id":["x"],"updated_at":1763777700}`, "", time.Time{}},
		{`{}`, "", time.Time{}},
	} {
		o := answerOf(t, c.data).Opportunity
		updated, told := o.UpdatedAt()
		if o.ID() != c.id || !updated.Equal(c.at) || told == c.at.IsZero() {
			t.Errorf("%s: got %q, %s, %t", c.data, o.ID(), updated, told)
		}
	}
}

func TestEmptyRawMessagesAreNoValues(t *testing.T) {
	o := Opportunity{"id": nil, "name": nil}
	if _, told := o.Value("name"); told || o.ID() != "" {
		t.Error("got a value")
	}
}

// known are the fields of which each kind of answer tells something.
var known = map[string]map[bool][]string{
	"get":  {false: fieldNames, true: fieldNames},
	"list": {false: without("notes"), true: fieldNames},
	"put":  {false: without("phone", "position", "responsible_user_id"), true: fieldNames},
}

func TestEveryKindOfAnswerTellsWhatItHolds(t *testing.T) {
	stored := sandbox.Opportunity{
		ID: testID, Name: "Ana", Email: "a@b.c", Phone: "+55 51 9", Company: "Padaria", Position: "CTO", DealValue: "37541.5",
		DealCurrency: "BRL", Notes: "one\ntwo", ResponsibleUserID: "u1",
	}
	want := map[string]string{
		"name": "Ana", "email": "a@b.c", "phone": "+55 51 9", "company": "Padaria", "position": "CTO", "deal_value": "37541.5",
		"deal_currency": "BRL", "notes": "one\ntwo", "responsible_user_id": "u1",
	}
	for kind, fields := range known {
		for seen, told := range fields {
			client, _ := sandboxClient(t, sandbox.Options{Seen: seen, Opportunities: []sandbox.Opportunity{stored}})
			o := readBy(t, client, kind)
			var got []string
			for _, name := range fieldNames {
				if _, there := o.Value(name); there {
					got = append(got, name)
				}
				field := Field{Name: name, Text: want[name], Number: name == "deal_value"}
				other := Field{Name: name, Text: "1" + want[name], Number: field.Number}
				if _, there := o.Value(name); o.Holds(field) != there || o.Holds(other) {
					t.Errorf("%s, seen %t: %s: holds %t, another %t", kind, seen, name, o.Holds(field), o.Holds(other))
				}
			}
			if diff := cmp.Diff(told, got); diff != "" || o.ID() != testID {
				t.Errorf("%s, seen %t: %s", kind, seen, diff)
			}
		}
	}
}

func readBy(t *testing.T, c *Client, kind string) Opportunity {
	t.Helper()
	var answer Answer
	var err error
	switch kind {
	case "get":
		answer, err = c.Get(t.Context(), testID)
	case "put":
		answer, err = c.Update(t.Context(), testID, []Field{{Name: "notes", Text: "one\ntwo"}})
	case "list":
		page, err := c.List(t.Context(), ListQuery{Page: 1})
		if err != nil || len(page.Opportunities) != 1 {
			t.Fatalf("got %+v, %v", page, err)
		}
		return page.Opportunities[0]
	}
	if err != nil {
		t.Fatal(err)
	}
	return answer.Opportunity
}
