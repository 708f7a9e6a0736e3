package update_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"razebulk/internal/directory"
)

// TestPlacesAreAsManyAsNamesAndPipelines holds however many opportunities are watched.
func TestPlacesAreAsManyAsNamesAndPipelines(t *testing.T) {
	d := directory.New()
	for i := range 1000 {
		d.Watch(idOf(i), []string{"Novo", "Ganho"}[i%2], "")
		d.Watch(idOf(i), "Demo", "")
		d.Watch(idOf(i), "Demo", "")
	}
	want := []directory.Place{{Stage: "Demo"}, {Stage: "Ganho"}, {Stage: "Novo"}}
	byName := func(a, b directory.Place) int {
		return cmp.Or(strings.Compare(a.Stage, b.Stage), strings.Compare(a.Pipeline, b.Pipeline))
	}
	if got := slices.SortedFunc(d.Places(), byName); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	for range 2 { // a second look changes nothing
		for i := range 999 {
			d.See(staged(i, idOf(11), "Ganho", idOf(8+i%2), "Vendas"))
		}
	}
	in := func(stage string, pipeline int) directory.Place {
		return directory.Place{Stage: stage, Seen: true, Pipeline: idOf(pipeline)}
	}
	want = []directory.Place{{Stage: "Demo"}, in("Demo", 8), in("Demo", 9), {Stage: "Ganho"}, in("Ganho", 9), in("Novo", 8)}
	if got := slices.SortedFunc(d.Places(), byName); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if got := d.Unseen(func(stage string) bool { return stage == "Ganho" }); !slices.Equal(got, []string{idOf(999)}) || d.PipelineOf(idOf(3)) != idOf(9) {
		t.Errorf("unseen are %v", got)
	}
	if got := d.Unseen(func(stage string) bool { return stage == "Novo" }); got != nil {
		t.Errorf("unseen are %v", got)
	}
}

// TestPlacesTellGivenPipelines holds for one stage name in one opportunity.
func TestPlacesTellGivenPipelines(t *testing.T) {
	d := directory.New()
	for _, pipeline := range []string{"Vendas", "", "Vendas", "Parcerias"} {
		d.Watch(idOf(1), "Ganho", pipeline)
	}
	d.See(staged(1, idOf(11), "Ganho", idOf(8), "Vendas"))
	got := map[directory.Place]bool{}
	for place := range d.Places() {
		got[place] = true
	}
	for _, pipeline := range []string{"Vendas", "", "Parcerias"} {
		if !got[directory.Place{Stage: "Ganho", Given: pipeline, Seen: true, Pipeline: idOf(8)}] || len(got) != 3 {
			t.Errorf("%q is not among %v", pipeline, got)
		}
	}
}
