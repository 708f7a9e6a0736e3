package getraze

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/crm"
	"razebulk/internal/reason"
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
		{"position", `{"title":"Deal","contact_title":"CTO"}`, "CTO"},
		{"position", `{"title":"Deal","contact_title":null}`, ""},
		{"position", `{"title":{},"contact_title":"CTO"}`, "CTO"},
		{"position", `{"title":"Deal","contact_name":"Ana"}`, unknown},
		{"position", `{"title":"CTO"}`, "CTO"},
		{"title", `{"title":"Deal","contact_title":"CTO"}`, "CTO"},
		{"title", `{"title":"Deal"}`, "Deal"},
		{"company", `{"contact_company":null}`, ""},
		{"responsible_user_id", `{"responsible_user_id":"u1"}`, "u1"},
		{"responsible_user_id", `{"owner_user_id":"u1"}`, "u1"},
		{"responsible_user_id", `{"responsible_user":{"id":"u1","name":"Ana"}}`, "u1"},
		{"responsible_user_id", `{"responsible_user":null}`, ""},
		{"responsible_user_id", `{"responsible_user":{"name":"Ana"}}`, unknown},
		{"responsible_user_id", `{"responsible_user":{"id":"u1"},"owner_user_id":"u2"}`, unknown},
		{"responsible_user", `{"responsible_user":{"id":"u1","name":"Ana"}}`, unknown},
		{"responsible_user", `{"responsible_user":"Ana"}`, "Ana"},
		{"status", `{"status":"won"}`, "won"},
		{"score", `{"score":7}`, "7"},
		{"score", `{"status":"won"}`, unknown},
	} {
		value, reported := answerOf(t, c.data).Opportunity.Value(c.field)
		got := value.Text
		if !reported {
			got = unknown
		}
		if got != c.want || reported && value.Empty != (c.want == "") || value.Null && !value.Empty || !reported && value != (Value{}) {
			t.Errorf("%s of %s: got %+v, %t", c.field, c.data, value, reported)
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

func TestID(t *testing.T) {
	for data, want := range map[string]string{
		`{"id":"x"}`: "x", `{"id":42}`: "42", `{"id":null}`: "", `{"id":["x"]}`: "", `{}`: "",
	} {
		if got := answerOf(t, data).Opportunity.ID(); got != want {
			t.Errorf("%s: got %q", data, got)
		}
	}
}

func TestUpdatedAtIsATimeOrNoneOrAnError(t *testing.T) {
	at := time.Date(2026, 11, 22, 2, 15, 0, 500_000_000, time.UTC)
	for data, want := range map[string]time.Time{
		`{"updated_at":"2026-11-22T02:15:00.500Z"}`:      at,
		`{"updated_at":"2026-11-21T23:15:00.5-03:00"}`:   at,
		`{"updated_at":"2026-11-22 02:15:00.5+00"}`:      at,
		`{"updated_at":"2026-11-22 07:45:00.5+05:30"}`:   at,
		`{"updated_at":"2026-11-22 02:15:00.500001+00"}`: at.Add(time.Microsecond),
		`{"updated_at":null}`:                            {},
		`{}`:                                             {},
	} {
		got, err := answerOf(t, data).Opportunity.UpdatedAt()
		if err != nil || !got.Equal(want) {
			t.Errorf("%s: got %s, %v", data, got, err)
		}
	}
	for _, data := range []string{
		`{"updated_at":1763777700}`, `{"updated_at":""}`, `{"updated_at":"yesterday"}`, `{"updated_at":"2026-11-22 02:15:00"}`,
		`{"updated_at":["2026-11-22T02:15:00Z"]}`,
	} {
		if got, err := answerOf(t, data).Opportunity.UpdatedAt(); !errors.Is(err, reason.New("time_unreadable")) {
			t.Errorf("%s: got %s, %v", data, got, err)
		}
	}
}

func TestEmptyRawMessagesAreNoValues(t *testing.T) {
	o := Opportunity{"id": nil, "name": nil}
	if _, reported := o.Value("name"); reported || o.ID() != "" {
		t.Error("got a value")
	}
}

// known lists the fields that each kind of answer reports.
var known = map[string]map[bool][]string{
	"get":  {false: crm.Fields, true: crm.Fields},
	"list": {false: without("notes"), true: crm.Fields},
	"put":  {false: without("phone", "position", "responsible_user_id"), true: crm.Fields},
}

// testUser is the id of a user in a form that both dialects have.
const testUser = "7d1f0a52-0000-4000-8000-000000000001"

func TestEveryKindOfAnswerReportsWhatItHolds(t *testing.T) {
	stored := sandbox.Opportunity{
		ID: testID, Name: "Ana", Email: "a@b.c", Phone: "+55 51 9", Company: "Padaria", Position: "CTO", DealValue: "37541.5",
		DealCurrency: "BRL", Notes: "one\ntwo", ResponsibleUserID: testUser,
	}
	want := map[string]string{
		"name": "Ana", "email": "a@b.c", "phone": "+55 51 9", "company": "Padaria", "position": "CTO", "deal_value": "37541.5",
		"deal_currency": "BRL", "notes": "one\ntwo", "responsible_user_id": testUser,
	}
	for kind, fields := range known {
		for seen, reported := range fields {
			client, _ := sandboxClient(t, sandbox.Options{Seen: seen, Opportunities: []sandbox.Opportunity{stored}})
			o := readBy(t, client, kind)
			var got []string
			for _, name := range crm.Fields {
				if _, there := o.Value(name); there {
					got = append(got, name)
				}
				field := Field{Name: name, Text: want[name], Number: name == "deal_value"}
				other := Field{Name: name, Text: "1" + want[name], Number: field.Number}
				if _, there := o.Value(name); o.Holds(field) != there || o.Holds(other) {
					t.Errorf("%s, seen %t: %s: holds %t, another %t", kind, seen, name, o.Holds(field), o.Holds(other))
				}
			}
			if diff := cmp.Diff(reported, got); diff != "" || o.ID() != testID {
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
		answer, err = c.Update(t.Context(), testID, []Field{{Name: "notes", Text: "one\ntwo"}}, Dialect{})
	case "list":
		page, err := c.List(t.Context(), ListQuery{Page: 1}, Dialect{})
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
