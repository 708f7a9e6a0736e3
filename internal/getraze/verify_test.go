package getraze

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestVerify(t *testing.T) {
	for _, c := range []struct {
		name, field, sent string
		data              string
		want              string // stored, another or unknown
	}{
		{"same text", "name", "Ana", `{"name":"Ana"}`, "stored"},
		{"trimmed by the service", "name", " Ana ", `{"name":"Ana"}`, "stored"},
		{"other text", "name", "Ana", `{"name":"Bia"}`, "another"},
		{"other case", "name", "Ana", `{"name":"ana"}`, "another"},
		{"missing", "name", "Ana", `{"email":"Ana"}`, "unknown"},
		{"null", "notes", "n", `{"notes":null}`, "another"},
		{"null for empty", "notes", "", `{"notes":null}`, "stored"},
		{"empty", "notes", "n", `{"notes":""}`, "another"},
		{"escaped", "notes", "é\n\"", `{"notes":"\u00e9\n\""}`, "stored"},
		{"digits as text", "phone", "0051", `{"phone":"0051"}`, "stored"},
		{"text of a number", "phone", "51", `{"phone":51}`, "stored"},
		{"text is no number", "phone", "51", `{"phone":"51.0"}`, "another"},
		{"an object", "name", "Ana", `{"name":{"first":"Ana"}}`, "another"},

		{"contact_name alone", "name", "Ana", `{"contact_name":"Ana"}`, "stored"},
		{"contact_name beside name", "name", "Ana", `{"name":"Bia","contact_name":"Ana"}`, "another"},
		{"contact_email", "email", "a@b.c", `{"contact_email":"a@b.c"}`, "stored"},
		{"contact_phone", "phone", "1", `{"contact_phone":"2"}`, "another"},
		{"contact_company", "company", "C", `{"contact_company":"C"}`, "stored"},
		{"contact_title", "position", "CTO", `{"title":"Deal","contact_title":"CTO"}`, "stored"},
		{"title", "position", "CTO", `{"title":"CTO","contact_title":null}`, "another"},
		{"title of a contact", "position", "CTO", `{"title":"CTO","contact_id":"c"}`, "unknown"},
		{"title alone", "position", "CTO", `{"title":"CTO"}`, "stored"},
		{"title as it is sent", "title", "CTO", `{"title":"Deal","contact_title":"CTO"}`, "stored"},
		{"title as it is sent, ignored", "title", "Deal", `{"title":"Deal","contact_title":"CTO"}`, "another"},
		{"neither title", "position", "CTO", `{"title":"Deal","contact_title":"CEO"}`, "another"},
		{"position first", "position", "CTO", `{"position":null,"title":"CTO"}`, "another"},
		{"value", "deal_value", "37540.020", `{"value":"37540.02"}`, "stored"},
		{"currency", "deal_currency", "BRL", `{"currency":"BRL"}`, "stored"},
		{"currency in another case", "deal_currency", "brl", `{"deal_currency":"BRL"}`, "stored"},
		{"another currency", "deal_currency", "BRL", `{"deal_currency":"USD","currency":"BRL"}`, "another"},
		{"no currency", "deal_currency", "BRL", `{"deal_currency":null}`, "another"},

		{"owner", "responsible_user_id", "u1", `{"owner_user_id":"u1"}`, "stored"},
		{"owner in another spelling", "responsible_user_id", " {265E24EC-3BC8-4820-B65F-89A69D7BABE4}", `{"owner_user_id":"265e24ec-3bc8-4820-b65f-89a69d7babe4"}`, "stored"},
		{"owner in another case", "responsible_user_id", "U1", `{"owner_user_id":"u1"}`, "another"},
		{"stage", "stage_id", "265E24EC-3BC8-4820-B65F-89A69D7BABE4", `{"stage_id":"265e24ec-3bc8-4820-b65f-89a69d7babe4"}`, "stored"},
		{"status in another case", "status", "Won", `{"status":"won"}`, "stored"},
		{"no owner", "responsible_user_id", "u1", `{"owner_user_id":null}`, "another"},
		{"user", "responsible_user_id", "u1", `{"responsible_user":{"id":"u1","name":"Ana"}}`, "stored"},
		{"user by number", "responsible_user_id", "7", `{"responsible_user":{"id":7}}`, "stored"},
		{"other user", "responsible_user_id", "u1", `{"responsible_user":{"id":"u2"}}`, "another"},
		{"no user", "responsible_user_id", "u1", `{"responsible_user":null}`, "another"},
		{"user of no id", "responsible_user_id", "u1", `{"responsible_user":{"id":null}}`, "another"},
		{"user without id", "responsible_user_id", "u1", `{"responsible_user":{"name":"Ana"}}`, "unknown"},
		{"user of another form", "responsible_user_id", "u1", `{"responsible_user":"Ana"}`, "unknown"},
		{"documented user first", "responsible_user_id", "u1", `{"responsible_user_id":"u2","responsible_user":{"id":"u1"}}`, "another"},
		{"field that is not described", "score", "a", `{"score":"a"}`, "stored"},
		{"field that is not described, and dropped", "score", "a", `{"name":"x"}`, "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			field := Field{Name: c.field, Text: c.sent, Number: c.field == "deal_value"}
			if got := verdict(t, c.data, field); got != c.want {
				t.Errorf("%s %q against %s: got %s, want %s", c.field, c.sent, c.data, got, c.want)
			}
		})
	}
}

func TestVerifyComparesNumbersAsNumbers(t *testing.T) {
	huge := strings.Repeat("9", 100_000)
	for _, c := range []struct{ sent, raw, want string }{
		{"37540.02", `37540.02`, "stored"},
		{"37540.020", `"37540.02"`, "stored"},
		{"0.10", `0.1`, "stored"},
		{"100", `1e2`, "stored"},
		{"100", `"100.00"`, "stored"},
		{"5", `1e1000000`, "another"},
		{"5", `1e100000000`, "another"},
		{"1e100000000", `5`, "another"},
		{"1e-1000000", `5`, "another"},
		{"-0", `0`, "stored"},
		{"12345678901234567890", `12345678901234567890.00`, "stored"},
		{"12345678901234567890", `12345678901234567891`, "another"},
		{"0.30", `0.30000000000000004`, "another"},
		{"37540.02", `37540.03`, "another"},
		{"37540.02", `null`, "another"},
		{"0", `null`, "another"},
		{"0", `""`, "another"},
		{"1", `true`, "another"},
		{"1", `"R$ 1"`, "another"},
		{"1", `[1]`, "another"},
		{"5", `1e999999999`, "another"},
		{"5", `"1e999999999"`, "another"},
		{"5", `1e-999999999`, "another"},
		{"5", `1e99999999999999999999`, "another"},
		{"1e999999999", `5`, "another"},
		{"1e-999999999", `5`, "another"},
		{"1e999999999", `1e999999999`, "stored"},
		{huge, huge, "stored"},
	} {
		begun := time.Now()
		got := verdict(t, `{"deal_value":`+c.raw+`}`, Field{Name: "deal_value", Text: c.sent, Number: true})
		if took := time.Since(begun); took > 2*time.Second { // microseconds, unless an exponent is written out
			t.Errorf("%.40s against %.40s: took %s", c.sent, c.raw, took)
		}
		if got != c.want {
			t.Errorf("%.40s against %.40s: got %s, want %s", c.sent, c.raw, got, c.want)
		}
	}
}

// verdict returns what Verify says about one field, in one word.
func verdict(t *testing.T, data string, field Field) string {
	t.Helper()
	notApplied, unverified := answerOf(t, data).Verify([]Field{field})
	switch {
	case len(notApplied) > 0 && len(unverified) > 0:
		return "both"
	case len(notApplied) > 0:
		return "another"
	case len(unverified) > 0:
		return "unknown"
	}
	return "stored"
}

func answerOf(t *testing.T, data string) *Answer {
	t.Helper()
	var a Answer
	if err := json.Unmarshal([]byte(data), &a.Opportunity); err != nil {
		t.Fatal(err)
	}
	return &a
}

func TestVerifyKeepsTheOrderInWhichFieldsWereSent(t *testing.T) {
	var sent []Field
	for name := range strings.FieldsSeq("phone email notes company name position") {
		sent = append(sent, Field{Name: name, Text: "x"})
	}
	notApplied, unverified := answerOf(t, `{"phone":"y","notes":"y","name":"y","company":"x"}`).Verify(sent)
	if diff := cmp.Diff([]string{"phone", "notes", "name"}, notApplied); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"email", "position"}, unverified); diff != "" {
		t.Error(diff)
	}
}
