package batch_test

import (
	"fmt"
	"strings"
	"testing"

	"razebulk/batch/internal/ids"
)

func TestEachIDHasOnePlaceUnderItsFirstSpelling(t *testing.T) {
	var x ids.Index
	row := "3DE06B1A-0000-4000-8000-00000000000A,ana"
	for i, c := range []struct {
		id   string
		want int
	}{
		{row[:36], 0}, {"b", 1}, {"3de06b1a-0000-4000-8000-00000000000a", 0}, {"{3de06b1a-0000-4000-8000-00000000000a}", 0}, {"B", 2}, {"", 3}, {"b", 1},
	} {
		if got := x.Add(c.id); got != c.want {
			t.Errorf("%d: place %d, want %d", i, got, c.want)
		}
		if got, found := x.Place(c.id); got != c.want || !found {
			t.Errorf("%d: place %d, %t, want %d", i, got, found, c.want)
		}
	}
	if _, found := x.Place("c"); found || fmt.Sprint(x.Spelled()) != "["+row[:36]+" b B ]" {
		t.Errorf("got %q, %t", x.Spelled(), found)
	}
}

func TestIDsStayAsTheyWereWhenOthersCome(t *testing.T) {
	var x ids.Index
	const blockSize = 32 << 10 // of the ids that share one allocation
	id := func(n int) string { return fmt.Sprintf("%d %s", n, strings.Repeat("x", n*n%(blockSize/64))) }
	const count = 5000
	for n := range count {
		x.Add(id(n))
	}
	x.Add(strings.Repeat("y", 2*blockSize))
	x.Add("z")
	for n := range count {
		if place, found := x.Place(id(n)); place != n || !found || x.Spelled()[n] != id(n) {
			t.Fatalf("%d: place %d, %t, spelled %q", n, place, found, x.Spelled()[n])
		}
	}
	if last := x.Spelled()[count:]; len(last) != 2 || len(last[0]) != 2*blockSize || last[1] != "z" {
		t.Errorf("got %d", len(last))
	}
}
