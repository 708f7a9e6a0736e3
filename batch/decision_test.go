package batch

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"razebulk/csvmap"
	"razebulk/internal/getraze"
)

func text(name, value string) getraze.Field { return getraze.Field{Name: name, Text: value} }

// TestDiff checks decisions about the field name, which the row sets to "x".
func TestDiff(t *testing.T) {
	holds := func(value string) getraze.Opportunity {
		return getraze.Opportunity{"name": json.RawMessage(`"` + value + `"`)}
	}
	remembers := func(value string) func(getraze.Field) bool {
		return func(f getraze.Field) bool { return f.Text == value }
	}
	undoing := csvmap.Row{Undoes: []csvmap.Cell{{Field: "name", Text: "stored"}}}
	seen := func(value string) getraze.Value { return getraze.Value{Text: value, Empty: value == ""} }
	x := text("name", "x")
	tests := []struct {
		name  string
		row   csvmap.Row
		known baseline
		want  Decision
	}{
		{"nothing is known", csvmap.Row{}, baseline{}, Decision{Field: x, Choice: Send}},
		{"an earlier run has stored it", csvmap.Row{}, baseline{remembered: remembers("x")}, Decision{Field: x, Choice: Skip}},
		{"an earlier run has stored another value", csvmap.Row{}, baseline{remembered: remembers("y")}, Decision{Field: x, Choice: Send}},
		{"what the ledger remembers counts before what was read", csvmap.Row{}, baseline{remembered: remembers("x"), compared: true, held: holds("y")},
			Decision{Field: x, Choice: Skip}},
		{"the service holds it", csvmap.Row{}, baseline{compared: true, held: holds("x")}, Decision{Field: x, Choice: Skip, Seen: true, Before: seen("x")}},
		{"the service holds another value", csvmap.Row{}, baseline{compared: true, held: holds("y")}, Decision{Field: x, Choice: Send, Seen: true, Before: seen("y")}},
		{"the service holds nothing", csvmap.Row{}, baseline{compared: true, held: holds("")}, Decision{Field: x, Choice: Send, Seen: true, Before: seen("")}},
		{"the service does not report it", csvmap.Row{}, baseline{compared: true, held: getraze.Opportunity{}}, Decision{Field: x, Choice: Unknown}},
		{"it was held, but may have been changed by a request without an answer", csvmap.Row{},
			baseline{compared: true, held: holds("x"), doubtful: func(string) bool { return true }}, Decision{Field: x, Choice: Send, Seen: true, Before: seen("x")}},
		{"an earlier row will have stored it", csvmap.Row{}, baseline{planned: map[string]getraze.Field{"name": x}, compared: true, held: holds("y")},
			Decision{Field: x, Choice: Skip}},
		{"an earlier row will have stored another value", csvmap.Row{}, baseline{planned: map[string]getraze.Field{"name": text("name", "z")}, compared: true, held: holds("x")},
			Decision{Field: x, Choice: Send, Seen: true, Before: seen("z"), Now: new(seen("x"))}},
		{"an earlier row will have emptied it", csvmap.Row{}, baseline{planned: map[string]getraze.Field{"name": {Name: "name", Clear: true}}},
			Decision{Field: x, Choice: Send, Seen: true, Before: seen("")}},
		{"an undo, and it holds what the run has stored", undoing, baseline{compared: true, held: holds("stored")},
			Decision{Field: x, Choice: Send, Seen: true, Before: seen("stored")}},
		{"an undo, and somebody has changed it", undoing, baseline{compared: true, held: holds("somebody's")},
			Decision{Field: x, Choice: Leave, Seen: true, Before: seen("somebody's")}},
		{"an undo by force", undoing, baseline{compared: true, held: holds("somebody's"), force: true},
			Decision{Field: x, Choice: Send, Seen: true, Before: seen("somebody's")}},
		{"an undo does not trust the ledger", undoing, baseline{remembered: remembers("x")}, Decision{Field: x, Choice: Send}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.known.remembered == nil {
				tt.known.remembered = func(getraze.Field) bool { return false }
			}
			if tt.known.doubtful == nil {
				tt.known.doubtful = func(string) bool { return false }
			}
			if diff := cmp.Diff([]Decision{tt.want}, diff(tt.row, []getraze.Field{x}, tt.known)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEverythingIsDerivedFromTheDecisions covers one decision of each kind.
func TestEverythingIsDerivedFromTheDecisions(t *testing.T) {
	held := getraze.Value{Text: "held"}
	plan := Plan{Decisions: []Decision{
		{Field: text("a", "1"), Choice: Send},
		{Field: text("b", "2"), Choice: Send, Seen: true, Before: held},
		{Field: text("c", "3"), Choice: Unknown},
		{Field: text("d", "4"), Choice: Skip},
		{Field: text("e", "5"), Choice: Skip, Seen: true, Before: held},
		{Field: text("f", "6"), Choice: Leave, Seen: true, Before: held},
		{Field: text("status", "won"), Choice: Send},
	}}
	fields := []getraze.Field{text("a", "1"), text("b", "2"), text("c", "3"), text("status", "won")}
	if diff := cmp.Diff(fields, plan.Fields()); diff != "" {
		t.Errorf("what is sent: %s", diff)
	}
	if diff := cmp.Diff([][]getraze.Field{fields[:3], fields[3:]}, plan.requests()); diff != "" {
		t.Errorf("the requests: %s", diff)
	}
	changes := []Change{{Field: "b", Before: "held", After: "2"}, {Field: "c", Unknown: true, After: "3"}}
	if diff := cmp.Diff(changes, plan.Changes()); diff != "" {
		t.Errorf("the undo file and the preview: %s", diff)
	}
	if diff := cmp.Diff([]Change{{Field: "f", Before: "held", After: "6"}}, plan.Conflicts()); diff != "" {
		t.Errorf("the conflicts: %s", diff)
	}
	for _, d := range plan.Decisions {
		if d.isProved() != (d.Field.Name == "e") {
			t.Errorf("%s is proved: %t", d.Field.Name, d.isProved())
		}
	}
}
