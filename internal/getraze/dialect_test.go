package getraze

import (
	"encoding/json"
	"testing"

	"razebulk/internal/crm"
)

const (
	observedItem = `{"id":"265e24ec-3bc8-4820-b65f-89a69d7babe4","title":"Deal","contact_id":"c","contact_name":"Ana","contact_email":null,
		"contact_phone":"51","contact_title":"CEO","owner_user_id":"u1","value":"10.00","currency":"BRL","stage_id":"s1"}`
	documentedItem = `{"id":"opp_1","name":"Ana","email":"a@b.c","status":"new","deal_value":10,"responsible_user_id":"u1"}`
)

func learned(t *testing.T, data string) Dialect {
	t.Helper()
	return Dialect{}.Learn(answerOf(t, data).Opportunity)
}

func TestADialectIsLearnedFromAnyOpportunity(t *testing.T) {
	for _, c := range []struct{ data, name, position, owner, stage, text string }{
		{observedItem, "observed", "title", "owner_user_id", "stage_id", "the observed dialect"},
		{documentedItem, "documented", "position", "responsible_user_id", "status", "the documented dialect"},
		{`{"id":"x"}`, "", "position", "responsible_user_id", "status", "a dialect that is not known yet"},
		{`{"id":"x","title":"Deal"}`, "", "position", "responsible_user_id", "status", "a dialect that is not known yet"},
		{`{"contact_id":"c"}`, "observed", "title", "owner_user_id", "status", "the observed dialect"},
		{`{"responsible_user":{"id":"u"}}`, "documented", "position", "responsible_user_id", "status", "the documented dialect"},
		{`{"contact_name":"Ana","position":"CEO","owner_user_id":"u","status":"won"}`, "observed", "position", "owner_user_id", "status",
			"the observed dialect with position sent as position"},
		{`{"contact_name":"Ana","responsible_user":null,"contact_title":"CEO","stage_id":"s"}`, "observed", "title", "responsible_user_id", "stage_id",
			"the observed dialect with responsible_user_id sent as responsible_user_id"},
		{`{"name":"Ana","contact_title":"CEO"}`, "observed", "title", "owner_user_id", "status", "the observed dialect"},
	} {
		d := learned(t, c.data)
		got := []string{d.Name(), d.SentName("position"), d.SentName("responsible_user_id"), d.StageField(), d.String()}
		for i, want := range []string{c.name, c.position, c.owner, c.stage, c.text} {
			if got[i] != want {
				t.Errorf("%s: got %q, want %q", c.data, got[i], want)
			}
		}
		if d.Known() != (c.name != "") || d != d.Learn(answerOf(t, c.data).Opportunity) {
			t.Errorf("%s: known %t, or learned twice", c.data, d.Known())
		}
	}
}

func TestFieldsOfOneNameAreSentUnderIt(t *testing.T) {
	for _, data := range []string{observedItem, documentedItem, `{}`} {
		d := learned(t, data)
		for _, field := range []string{"name", "email", "phone", "company", "deal_value", "deal_currency", "notes", "score", "title", "status"} {
			if got := d.SentName(field); got != field {
				t.Errorf("%s is sent as %s", field, got)
			}
		}
	}
}

func TestADialectKeepsWhatItLearnedFirst(t *testing.T) {
	d := learned(t, observedItem).Learn(answerOf(t, documentedItem).Opportunity)
	if d.Name() != "observed" || d.SentName(crm.Owner) != "owner_user_id" || d.StageField() != "stage_id" {
		t.Errorf("got %s", d)
	}
}

func TestADialectThatTheUserSaysIsNotLearned(t *testing.T) {
	for _, name := range []string{"documented", "observed"} {
		d, ok := NewDialect(name, true)
		sent := []Field{{Name: crm.Position, Text: "CTO"}}
		after := d.Learn(answerOf(t, observedItem).Opportunity).Learn(answerOf(t, documentedItem).Opportunity).
			LearnUpdate(d, sent, answerOf(t, observedItem).Opportunity).LearnRefusal(d, sent)
		if !ok || after.Name() != name || after.SentName(crm.Position) != d.SentName(crm.Position) || after.StageField() != d.StageField() {
			t.Errorf("%s became %s", name, after)
		}
		if !d.Stores(crm.Position) || after.Stores(crm.Position) {
			t.Errorf("%s: it was refused, and is stored", name)
		}
	}
	for _, name := range []string{"", "Observed", "seen"} {
		if _, ok := NewDialect(name, true); ok {
			t.Errorf("%q is a dialect", name)
		}
	}
}

func TestADialectOfAnEarlierRunIsStillLearned(t *testing.T) {
	d, _ := NewDialect("observed", false)
	d = d.Learn(answerOf(t, `{"contact_name":"Ana","position":"CEO"}`).Opportunity)
	if d.SentName(crm.Position) != "position" || d.SentName(crm.Owner) != "owner_user_id" {
		t.Errorf("got %s", d)
	}
}

// after returns a dialect after updates of a field, each with its answer.
func after(t *testing.T, d Dialect, field Field, answers ...string) Dialect {
	t.Helper()
	for _, data := range answers {
		if data == "refused" {
			d = d.LearnRefusal(d, []Field{field})
			continue
		}
		d = d.LearnUpdate(d, []Field{field}, answerOf(t, data).Opportunity)
	}
	return d
}

func TestAFieldIsSentUnderTheNameThatIsStored(t *testing.T) {
	const (
		yes = `{"contact_name":"Ana","contact_title":"CTO"}`
		no  = `{"contact_name":"Ana","contact_title":"CEO"}`
	)
	for name, c := range map[string]struct {
		start   string // what answers showed before
		answers []string
		want    string
		stores  bool
	}{
		"observed":                                  {observedItem, nil, "title", true},
		"observed, stored":                          {observedItem, []string{yes}, "title", true},
		"observed, one stale answer":                {observedItem, []string{no, yes}, "title", true},
		"one stale answer, and nothing else":        {observedItem, []string{no}, "title", true},
		"observed names, but position is stored":    {observedItem, []string{no, no, yes}, "position", true},
		"unknown, ignored":                          {`{}`, []string{no}, "title", true},
		"unknown, refused":                          {`{}`, []string{"refused"}, "title", true},
		"unknown, refused, stored":                  {`{}`, []string{"refused", yes, yes}, "title", true},
		"it held the value, by chance":              {`{}`, []string{yes, no, no, yes}, "title", true},
		"documented, once changed by the service":   {documentedItem, []string{yes, no}, "position", true},
		"twice changed, and refused elsewhere":      {documentedItem, []string{yes, no, no, "refused"}, "position", true},
		"twice changed, and stored again":           {documentedItem, []string{yes, no, no, "refused", yes}, "position", true},
		"ignored under both: what is likely":        {observedItem, []string{no, no, no, no}, "title", true},
		"stored once is more than never":            {observedItem, []string{no, no, yes, no, no, no}, "position", true},
		"refused under both":                        {documentedItem, []string{"refused", "refused"}, "position", false},
		"a refusal is final, whatever it held":      {documentedItem, []string{"refused", "refused", yes}, "title", false},
		"not in the answer":                         {documentedItem, []string{documentedItem}, "position", true},
		"documented, ignored and refused elsewhere": {documentedItem, []string{no, no, "refused"}, "position", true},
	} {
		d := after(t, learned(t, c.start), Field{Name: crm.Position, Text: "CTO"}, c.answers...)
		if got := d.SentName(crm.Position); got != c.want || d.Stores(crm.Position) != c.stores {
			t.Errorf("%s: sent as %s, stored %t", name, got, d.Stores(crm.Position))
		}
		if d.SentName(crm.Owner) != learned(t, c.start).SentName(crm.Owner) && d.Name() == learned(t, c.start).Name() {
			t.Errorf("%s: the owner is sent as %s", name, d.SentName(crm.Owner))
		}
	}
}

func TestAnAnswerCountsForTheNameThatWasSent(t *testing.T) {
	then := Dialect{}
	now := learned(t, observedItem) // meanwhile, another answer came
	sent := []Field{{Name: crm.Position, Text: "CTO"}}
	d := now.LearnUpdate(then, sent, answerOf(t, observedItem).Opportunity)
	if d.SentName(crm.Position) != "title" || then.SentName(crm.Position) == d.SentName(crm.Position) {
		t.Errorf("got %s", d)
	}
	if d := now.LearnRefusal(then, sent); d.SentName(crm.Position) != "title" || d.LearnRefusal(d, sent).Stores(crm.Position) {
		t.Errorf("got %s", d)
	}
	if d = d.LearnUpdate(d, sent, answerOf(t, observedItem).Opportunity); d.SentName(crm.Position) != "title" {
		t.Errorf("got %s: it was ignored under both names", d)
	}
}

func TestAmountsThatAreNotStored(t *testing.T) {
	amount := Field{Name: crm.Amount, Text: "99", Number: true}
	held := Field{Name: crm.Amount, Text: "10", Number: true}
	email := Field{Name: "email", Text: "x@y.z"}
	if d := learned(t, observedItem); !d.Stores(crm.Amount) || !d.Stores(crm.Currency) {
		t.Error("concluded from the dialect's name")
	}
	for name, c := range map[string]struct {
		field Field
		data  string
		want  bool
	}{
		"ignored in the observed dialect":   {amount, observedItem, false},
		"stored in the observed dialect":    {held, observedItem, true},
		"ignored in the documented dialect": {amount, documentedItem, true},
		"refused":                           {amount, "refused", false},
		"rounded":                           {Field{Name: crm.Amount, Text: "10.004", Number: true}, observedItem, true},
		"currency":                          {Field{Name: crm.Currency, Text: "USD"}, observedItem, false},
		"another field":                     {email, observedItem, true},
		"another field, refused":            {email, "refused", false},
		"a field that is not documented":    {Field{Name: "score", Text: "x"}, "refused", true},
	} {
		if d := after(t, Dialect{}, c.field, c.data); d.Stores(c.field.Name) != c.want {
			t.Errorf("%s: stored %t", name, !c.want)
		}
	}
	before := after(t, after(t, Dialect{}, held, observedItem), amount, observedItem)
	if before.Stores(crm.Amount) || after(t, before, held, observedItem).Stores(crm.Amount) {
		t.Error("a value that was there already hides that none is stored")
	}
}

func TestIDsAreCanonicalWhereTheServicesOwnAreUUIDs(t *testing.T) {
	const braced = "{265E24EC-3BC8-4820-B65F-89A69D7BABE4}"
	for _, c := range []struct {
		d    Dialect
		want string
	}{
		{Dialect{}, braced}, {learned(t, documentedItem), braced}, {learned(t, observedItem), testID},
		{learned(t, observedItem).Learn(answerOf(t, documentedItem).Opportunity), braced},
		{learned(t, documentedItem).Learn(answerOf(t, observedItem).Opportunity), braced},
		{learned(t, observedItem).Learn(Opportunity{}), testID},
	} {
		if got := c.d.ID(braced); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestMaxLengthsAreThoseOfTheObservedDialect(t *testing.T) {
	for field, want := range map[string]int{"name": 255, "position": 255, "title": 255, "email": 255, "phone": 50, "company": 500, "notes": 0} {
		if got := learned(t, observedItem).MaxLength(field); got != want || learned(t, documentedItem).MaxLength(field) != 0 {
			t.Errorf("%s: got %d", field, got)
		}
	}
}

func TestEveryFieldHasItsNames(t *testing.T) {
	if len(crm.Fields) != len(fieldNames) {
		t.Error("a field is missing")
	}
	for i, field := range crm.Fields {
		if n := namesOf(field); n.index != i || n.sent[0] != field || n.shown[0] != field {
			t.Errorf("%s: %+v", field, n)
		}
	}
}

// TestWhatWasTriedShowsNothingNew holds whatever other answers have shown since the request went out. Otherwise,
// whether it is learned would depend on the order in which the answers arrive.
func TestWhatWasTriedShowsNothingNew(t *testing.T) {
	sent := []Field{{Name: crm.Amount, Text: "10", Number: true}}
	answer := Opportunity{crm.Amount: json.RawMessage("10")}
	for _, before := range []trial{{}, {ignored: 1}, {ignored: enough}, {stored: true}, {stored: true, ignored: 1}, {stored: true, ignored: enough}, {refused: true}} {
		then := Dialect{form: documented}
		then.use[namesOf(crm.Amount).index].trials[0] = before
		now := then
		if learned := then.LearnUpdate(then, sent, answer); then.Tried(sent) != (learned == then.Learn(answer)) {
			t.Errorf("%+v: tried is %t, and it shows %v", before, then.Tried(sent), learned.use)
		}
		for seen := nothing; seen <= wasRefused && then.Tried(sent); seen++ {
			one := now.trial(namesOf(crm.Amount), then)
			if *one = before.after(seen); one.after(wasStored) != *one {
				t.Errorf("%+v and then %d: it is known, and that it is stored shows more", before, seen)
			}
		}
	}
}

// TestAnAnswerToAFieldThatIsSentAgainIsNoProof: the value may have been stored by the first request.
func TestAnAnswerToAFieldThatIsSentAgainIsNoProof(t *testing.T) {
	sent := []Field{{Name: crm.Position, Text: "CTO"}, {Name: "company", Text: "x"}}
	old, current := Opportunity{crm.Position: json.RawMessage(`"CEO"`)}, Opportunity{crm.Position: json.RawMessage(`"CTO"`)}
	d := learned(t, documentedItem)
	for row, want := range []string{"position", "title"} { // every first answer shows the old value
		then := d
		d = d.LearnUpdate(then, sent, old)
		again, with := d.Again(then, sent)
		if len(again) != 1 || again[0].Name != crm.Position || with.SentName(crm.Position) != "title" {
			t.Fatalf("row %d: sends %v as %s again", row, again, with.SentName(crm.Position))
		}
		if d = d.LearnUpdate(with, again, current); d.SentName(crm.Position) != want {
			t.Errorf("after row %d: sent as %s", row, d.SentName(crm.Position))
		}
		if proved := d.use[namesOf(crm.Position).index].trials[observed-1].stored; proved != (want == "title") {
			t.Errorf("after row %d: the other name was shown to be stored: %t", row, proved)
		}
	}
	fixed, _ := NewDialect("documented", true)
	if again, _ := fixed.Again(fixed, sent); again != nil {
		t.Errorf("sends %v again, against the user's word", again)
	}
	d = learned(t, documentedItem)
	_, with := d.Again(d, sent)
	if again, _ := d.LearnRefusal(with, sent[:1]).Again(d, sent); again != nil {
		t.Errorf("sends %v again under a name that is refused", again)
	}
}
