package getraze

import (
	"encoding/json"
	"testing"
)

func TestClearing(t *testing.T) {
	observedDialect, documentedDialect := learned(t, observedItem), learned(t, documentedItem)
	for _, c := range []struct {
		field                Field
		documented, observed string
	}{
		{Field{Name: "email", Clear: true}, `""`, `""`},
		{Field{Name: "email", Clear: true, Null: true}, `""`, `null`},
		{Field{Name: "notes", Clear: true, Null: true}, `""`, `null`},
		{Field{Name: "name", Clear: true, Null: true}, `""`, `""`},
		{Field{Name: "position", Clear: true, Null: true}, `""`, `null`},
		{Field{Name: "responsible_user_id", Clear: true}, `""`, `null`},
		{Field{Name: "owner_user_id", Clear: true}, `null`, `null`},
		{Field{Name: "deal_value", Clear: true, Number: true}, `null`, `null`},
		{Field{Name: "email", Text: "x", Null: true}, `"x"`, `"x"`},
	} {
		for d, want := range map[Dialect]string{documentedDialect: c.documented, {}: c.documented, observedDialect: c.observed} {
			if got, err := c.field.json(d); err != nil || string(got) != want {
				t.Errorf("%+v in %s: got %s, %v", c.field, d, got, err)
			}
		}
	}
}

func TestNullable(t *testing.T) {
	o := answerOf(t, observedItem).Opportunity
	fill, clear := Field{Name: "email", Text: "a@b.c"}, Field{Name: "phone", Clear: true}
	for _, c := range []struct {
		field string
		sent  []Field
		want  bool
	}{
		{"email", nil, true}, {"phone", nil, false}, {"phone", []Field{fill}, true}, {"email", []Field{clear}, false},
		{"notes", nil, true}, {"name", nil, false}, {"position", nil, true},
	} {
		if got := o.Nullable(c.field, c.sent); got != c.want {
			t.Errorf("%s with %v: got %t", c.field, c.sent, got)
		}
	}
	if answerOf(t, `{"contact_id":"c"}`).Opportunity.Nullable("email", nil) {
		t.Error("the phone is not known")
	}
}

func TestAnOpportunityAfterAnUpdate(t *testing.T) {
	for _, c := range []struct {
		before string
		fields []Field
		want   string
	}{
		{`{"title":"Deal","contact_name":"Ana"}`, []Field{{Name: "name", Text: "Bia"}}, `{"contact_name":"Bia","title":"Bia"}`},
		{`{"title":"Deal","contact_title":"CEO"}`, []Field{{Name: "position", Text: "CTO"}}, `{"contact_title":"CTO","title":"Deal"}`},
		{`{"name":"Ana","title":"CEO"}`, []Field{{Name: "name", Text: "Bia"}}, `{"name":"Bia","title":"CEO"}`},
		{`{"name":"Ana","contact_name":"Ana"}`, []Field{{Name: "name", Text: "Bia"}}, `{"name":"Bia"}`},
		{`{}`, []Field{{Name: "email", Text: "x"}}, `{"email":"x"}`},
		{`{"responsible_user":{"id":"u1"}}`, []Field{{Name: "responsible_user_id", Text: "u2"}}, `{"responsible_user_id":"u2"}`},
		{`{"owner_user_id":"u1","owner_user_name":"Ana","owner_user_email":"a"}`, []Field{{Name: "responsible_user_id", Clear: true}}, `{"owner_user_id":null}`},
		{`{"stage_id":"s1","stage_name":"Novo"}`, []Field{{Name: "stage_id", Text: "s2"}}, `{"stage_id":"s2"}`},
		{`{"contact_email":"x"}`, []Field{{Name: "email", Clear: true, Null: true}}, `{"contact_email":null}`},
		{`{"value":"1"}`, []Field{{Name: "deal_value", Text: "2.50", Number: true}}, `{"value":2.50}`},
		{`{"value":"1"}`, []Field{{Name: "deal_value", Number: true}}, `{"value":"1"}`},
	} {
		o := answerOf(t, c.before).Opportunity
		after, _ := json.Marshal(o.With(c.fields))
		before, _ := json.Marshal(o)
		if string(after) != c.want || string(before) == c.want && c.before != c.want {
			t.Errorf("%s with %+v: got %s, want %s", c.before, c.fields, after, c.want)
		}
	}
}

func TestOnlyKeepsWhatTheFieldsNeed(t *testing.T) {
	o := answerOf(t, `{"id":"x","updated_at":"t","contact_id":"c","title":"Deal","contact_name":"Ana","contact_title":"CEO","contact_email":"e",
		"contact_phone":"p","owner_user_id":"u","owner_user_name":"U","stage_id":"s","stage_name":"S","pipeline_id":"pi","pipeline_name":"P","notes":"n"}`).Opportunity
	for field, want := range map[string]string{
		"notes":               `{"contact_id":"c","id":"x","notes":"n","updated_at":"t"}`,
		"name":                `{"contact_id":"c","contact_name":"Ana","id":"x","title":"Deal","updated_at":"t"}`,
		"position":            `{"contact_id":"c","contact_title":"CEO","id":"x","title":"Deal","updated_at":"t"}`,
		"email":               `{"contact_email":"e","contact_id":"c","contact_phone":"p","id":"x","updated_at":"t"}`,
		"responsible_user_id": `{"contact_id":"c","id":"x","owner_user_id":"u","updated_at":"t"}`,
		"status":              `{"contact_id":"c","id":"x","pipeline_id":"pi","pipeline_name":"P","stage_id":"s","stage_name":"S","updated_at":"t"}`,
	} {
		if got, _ := json.Marshal(o.Only([]string{field})); string(got) != want {
			t.Errorf("%s: got %s", field, got)
		}
	}
}
