package sandbox

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"razebulk/internal/sandbox/internal/postgres"

	"github.com/google/go-cmp/cmp"
)

const (
	one    = "dddddddd-0000-4000-8000-000000000001" // of Crowd
	ana    = "11111111-0000-4000-8000-000000000001"
	sharer = "dddddddd-0000-4000-8000-000000000041" // of Crowd(60, 0): has the contact of one
)

func observedServer(o Options) *Server {
	o.Dialect = Observed
	if o.Opportunities == nil {
		o.Opportunities = Crowd(60, 0)
	}
	return New(o)
}

// text is a Text that is not null.
func text(s string) Text { return postgres.TextOf(s) }

// both is what a request can change: an opportunity and its contact.
type both struct {
	Stored  Stored
	Contact Contact
}

func bothOf(t *testing.T, s *Server, id string) both {
	t.Helper()
	stored, ok := s.Stored(id)
	contact, there := s.Contact(stored.ContactID)
	if !ok || !there {
		t.Fatalf("%s is not there", id)
	}
	return both{stored, contact}
}

// TestObservedPut has a PUT's body, its status, and what it changes; updated_at moves as stated.
func TestObservedPut(t *testing.T) {
	x := func(n int) string { return strings.Repeat("é", n) }
	user := User{ID: "11111111-0000-4000-8000-000000000099", Name: "Nova"}
	stage := Stage{ID: "44444444-0000-4000-8000-000000000077", Name: "lost", Pipeline: "Outro"}
	for _, c := range []struct {
		name, body string
		status     int
		moved      bool
		change     func(*both)
	}{
		{"name", `{"name":" \ufeff Estrela \n"}`, 200, true, func(b *both) { b.Contact.Name, b.Stored.Title = text("Estrela"), "Estrela" }},
		{"blank name", `{"name":"  "}`, 200, true, func(b *both) { b.Contact.Name, b.Stored.Title = text(""), "" }},
		{"null name", `{"name":null,"email":"a"}`, 500, false, nil},
		{"number for a name", `{"name":5,"notes":"a"}`, 500, false, nil},
		{"job title", `{"title":"CEO"}`, 200, false, func(b *both) { b.Contact.Title = text("CEO") }},
		{"contact", `{"email":" x ","phone":"1","company":""}`, 200, false, func(b *both) {
			b.Contact.Email, b.Contact.Phone, b.Contact.Company = text(" x "), text("1"), text("")
		}},
		{"null contact", `{"email":null,"company":null,"title":null}`, 200, false, func(b *both) {
			b.Contact.Email, b.Contact.Company, b.Contact.Title = Text{}, Text{}, Text{}
		}},
		{"no e-mail and no phone", `{"email":null,"phone":null,"notes":"a"}`, 500, false, nil},
		{"empty e-mail and no phone", `{"email":"","phone":null}`, 200, false, func(b *both) { b.Contact.Email, b.Contact.Phone = text(""), Text{} }},
		{"number for a text", `{"phone":5.50,"notes":true}`, 200, true, func(b *both) { b.Contact.Phone, b.Stored.Notes = text("5.50"), text("true") }},
		{"notes", `{"notes":" l1\nl2 <&> "}`, 200, true, func(b *both) { b.Stored.Notes = text(" l1\nl2 <&> ") }},
		{"null notes", `{"notes":null}`, 200, true, func(b *both) { b.Stored.Notes = Text{} }},
		{"owner", `{"owner_user_id":"{11111111-0000-4000-8000-000000000099}"}`, 200, true, func(b *both) { b.Stored.OwnerUserID = text(user.ID) }},
		{"no owner", `{"owner_user_id":null}`, 200, true, func(b *both) { b.Stored.OwnerUserID = Text{} }},
		{"unknown owner", `{"owner_user_id":"` + absent + `","company":"half"}`, 500, false, func(b *both) { b.Contact.Company = text("half") }},
		{"owner by name", `{"owner_user_id":"Nova","notes":"a"}`, 500, false, nil},
		{"stage", `{"stage_id":"` + stage.ID + `"}`, 200, true, func(b *both) { b.Stored.StageID = stage.ID }},
		{"stage of another account", `{"stage_id":"` + absent + `"}`, 200, true, func(b *both) { b.Stored.StageID = absent }},
		{"stage by name", `{"stage_id":"Ganho","email":"half"}`, 500, false, func(b *both) { b.Contact.Email = text("half") }},
		{"no pipeline", `{"pipeline_id":null}`, 500, false, nil},
		{"score", `{"score":7}`, 200, true, func(b *both) { b.Stored.Score = 7 }},
		{"score in words", `{"score":"high"}`, 500, false, nil},
		{"others of the contact", `{"location":"Rio","headline":"h","profile_url":"u","profile_picture":"p"}`, 200, false, func(b *both) {
			b.Contact.Location, b.Contact.Headline, b.Contact.URL, b.Contact.Picture = text("Rio"), text("h"), text("u"), text("p")
		}},
		{"documented names beside notes", `{"position":"p","responsible_user_id":"u","deal_value":1,"deal_currency":"USD","notes":"a"}`, 200, true,
			func(b *both) { b.Stored.Notes = text("a") }},
		{"documented names alone", `{"position":"p","responsible_user_id":"u","deal_value":1,"deal_currency":"USD"}`, 400, false, nil},
		{"names of answers", `{"value":"1","currency":"USD","contact_name":"x","stage_name":"Ganho","status":"won"}`, 400, false, nil},
		{"no object", `["notes"]`, 400, false, nil},
		{"no body", ``, 400, false, nil},
		{"longest name", `{"name":"` + x(255) + `"}`, 200, true, func(b *both) { b.Contact.Name, b.Stored.Title = text(x(255)), x(255) }},
		{"long name", `{"name":"` + x(256) + `","notes":"a"}`, 500, false, func(b *both) { b.Contact.Name = text(x(256)) }},
		{"longer name", `{"name":"` + x(501) + `","email":"a"}`, 500, false, nil},
		{"long job title", `{"title":"` + x(256) + `","email":"a"}`, 500, false, nil},
		{"long e-mail", `{"email":"` + x(256) + `","notes":"a"}`, 500, false, nil},
		{"longest phone", `{"phone":"` + x(50) + `"}`, 200, false, func(b *both) { b.Contact.Phone = text(x(50)) }},
		{"long phone", `{"phone":"` + x(51) + `","notes":"a"}`, 500, false, nil},
		{"long company", `{"company":"` + x(501) + `","notes":"a"}`, 500, false, nil},
		{"zero byte", `{"notes":"a\u0000b","email":"half"}`, 500, false, func(b *both) { b.Contact.Email = text("half") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := observedServer(Options{Users: []User{user}, Stages: []Stage{stage}})
			want := bothOf(t, s, one)
			if c.change != nil {
				c.change(&want)
			}
			r := send(t, s, "PUT", "/opportunities/"+one, c.body)
			code := map[int]string{200: "", 400: "VALIDATION_ERROR", 500: "INTERNAL_ERROR"}[c.status]
			if got := codeOf(t, r); r.StatusCode != c.status || got != code {
				t.Errorf("got %d %s, want %d %s", r.StatusCode, got, c.status, code)
			}
			got := bothOf(t, s, one)
			if moved := got.Stored.UpdatedAt.After(want.Stored.UpdatedAt); moved != c.moved {
				t.Errorf("updated_at moved: %t, want %t", moved, c.moved)
			}
			got.Stored.UpdatedAt = want.Stored.UpdatedAt
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestObservedBadBodies(t *testing.T) {
	for _, body := range []string{`{"name":`, `{nope`, `{"name":"x"}{}`, `"won"`, `5`, `null`, ` `} {
		s := observedServer(Options{})
		r := send(t, s, "PUT", "/opportunities/"+one, body)
		answer := jsonOf(t, r)
		message, _ := answer["message"].(string)
		if r.StatusCode != 400 || answer["success"] != false || message == "" || answer["error"] != nil {
			t.Errorf("%s: got %d %v", body, r.StatusCode, answer)
		}
		if got := r.Header.Get("X-RateLimit-Remaining"); got != "" {
			t.Errorf("%s: was counted", body)
		}
	}
}

func TestSharedContact(t *testing.T) {
	s := observedServer(Options{})
	before, _ := s.Stored(one)
	send(t, s, "PUT", "/opportunities/"+sharer, `{"name":"Nova","email":"nova@example.com"}`)
	after, _ := s.Stored(one)
	if before != after || before.Title == "Nova" {
		t.Errorf("the other opportunity itself changed: %s", cmp.Diff(before, after))
	}
	for _, id := range []string{one, sharer} {
		o, _ := s.Opportunity(id)
		if o.Name != "Nova" || o.Email != "nova@example.com" || o.ContactID != before.ContactID {
			t.Errorf("%s: %+v", id, o)
		}
	}
}

func TestAContactWithoutEmailAndPhone(t *testing.T) {
	s := observedServer(Options{Opportunities: []Opportunity{{ID: one, Name: "x"}}})
	for _, body := range []string{`{"email":"a"}`, `{"email":null}`} {
		if r := send(t, s, "PUT", "/opportunities/"+one, body); r.StatusCode != 200 {
			t.Errorf("%s: got %d", body, r.StatusCode)
		}
	}
	if o, _ := s.Stored(one); o.Title != "x" || o.Notes.Valid {
		t.Errorf("%+v", o)
	}
}

// TestAlsoStores covers hosts that mix the dialects.
func TestAlsoStores(t *testing.T) {
	all := []string{"position", "responsible_user_id", "deal_value", "deal_currency"}
	for _, c := range []struct {
		body   string
		status int
		change func(*both)
	}{
		{`{"position":"CTO"}`, 200, func(b *both) { b.Contact.Title = text("CTO") }},
		{`{"position":"CTO","title":"CEO"}`, 200, func(b *both) { b.Contact.Title = text("CEO") }},
		{`{"responsible_user_id":"` + ana + `"}`, 200, func(b *both) { b.Stored.OwnerUserID = text(ana) }},
		{`{"responsible_user_id":"` + absent + `"}`, 500, func(*both) {}},
		{`{"deal_value":1234.5}`, 200, func(b *both) { b.Stored.Value = text("1234.50") }},
		{`{"deal_value":"7","deal_currency":"USD"}`, 200, func(b *both) { b.Stored.Value, b.Stored.Currency = text("7.00"), text("USD") }},
		{`{"deal_value":null}`, 200, func(b *both) { b.Stored.Value = Text{} }},
		{`{"deal_value":"much","position":"half"}`, 500, func(b *both) { b.Contact.Title = text("half") }},
	} {
		s := observedServer(Options{AlsoStores: all})
		want := bothOf(t, s, one)
		c.change(&want)
		r := send(t, s, "PUT", "/opportunities/"+one, c.body)
		got := bothOf(t, s, one)
		got.Stored.UpdatedAt = want.Stored.UpdatedAt
		if diff := cmp.Diff(want, got); r.StatusCode != c.status || diff != "" {
			t.Errorf("%s: %d\n%s", c.body, r.StatusCode, diff)
		}
	}
	s := observedServer(Options{AlsoStores: []string{"position"}})
	if r := send(t, s, "PUT", "/opportunities/"+one, `{"deal_value":1}`); r.StatusCode != 400 {
		t.Errorf("deal_value, where position alone is stored: %d", r.StatusCode)
	}
}

func TestObservedIgnoredFields(t *testing.T) {
	s := observedServer(Options{Ignored: []string{"deal_value", "phone"}})
	before := bothOf(t, s, one)
	r := send(t, s, "PUT", "/opportunities/"+one, `{"deal_value":1,"phone":"x"}`)
	if after := bothOf(t, s, one); r.StatusCode != 200 || after != before {
		t.Errorf("%d, %s", r.StatusCode, cmp.Diff(before, after))
	}
}

func TestObservedIDs(t *testing.T) {
	bare := strings.ReplaceAll(one, "-", "")
	for path, status := range map[string]int{
		one: 200, strings.ToUpper(one): 200, "%7B" + one + "%7D": 200, bare: 200, "%7B" + bare + "%7D": 200,
		"dddd-dddd-0000-4000-8000-0000-0000-0001": 200, absent: 404,
		"opp_1": 500, "%7B" + one: 500, one + "%7D": 500, one + "0": 500, bare[1:]: 500, "-" + one: 500, one + "-": 500,
		strings.Replace(one, "-", "--", 1): 500, "ddddd" + one[4:]: 500, "g" + one[1:]: 500, "%20" + one: 500, "..": 500,
	} {
		s := observedServer(Options{Record: true})
		for range 2 {
			for _, method := range []string{"GET", "PUT"} {
				r := send(t, s, method, "/opportunities/"+path, `{"notes":"n"}`)
				data, _ := jsonOf(t, r)["data"].(map[string]any)
				if r.StatusCode != status || status == 200 && data["id"] != one {
					t.Errorf("%s %s: got %d about %v, want %d", method, path, r.StatusCode, data["id"], status)
				}
			}
		}
	}
}

func TestPostgresTimes(t *testing.T) {
	for _, c := range []struct {
		zone  *time.Location
		nanos int
		want  string
	}{
		{nil, 0, "2026-10-05 08:00:02+00"}, {nil, 500e6, "2026-10-05 08:00:02.5+00"}, {nil, 123456789, "2026-10-05 08:00:02.123456+00"},
		{nil, 10, "2026-10-05 08:00:02+00"}, {time.FixedZone("", -3*3600), 1000, "2026-10-05 05:00:02.000001-03"},
		{time.FixedZone("", 5*3600+1800), 0, "2026-10-05 13:30:02+05:30"},
	} {
		made := time.Date(2026, 10, 5, 8, 0, 2, c.nanos, time.UTC)
		s := observedServer(Options{Zone: c.zone, Opportunities: []Opportunity{{ID: one, CreatedAt: made, DealValue: json.Number("6200.5")}}})
		data := jsonOf(t, send(t, s, "GET", "/opportunities/"+one, ""))["data"].(map[string]any)
		if data["created_at"] != c.want || data["updated_at"] != c.want || data["won_at"] != nil || data["value"] != "6200.50" {
			t.Errorf("got %v, want %s", data, c.want)
		}
	}
}
