package reduce

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

var keys = Keys{"data": {Text: "data", Known: true}, "id": {Text: "id", Known: true, Landmark: true}}

func everything(*Reader, Key) (bool, Rule) { return true, everything }

// landmarks keeps the object's landmarks, with everything in them.
func landmarks(_ *Reader, k Key) (bool, Rule) { return k.Landmark, nil }

// reduce returns what is kept of what is read.
func reduce(in io.Reader, members Rule) ([]byte, error) {
	r := New(in, math.MaxInt64, keys, nil)
	defer r.Release()
	err := r.Object(members)
	return r.Text(), err
}

func TestWhatIsNoJSONIsNotReduced(t *testing.T) {
	for _, in := range []string{
		"", " ", "null", "[]", "<html>", `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{,}`, `{"a" 1}`, `{"a":1 "b":2}`, `{a:1}`,
		`{"a":}`, `{"a":]}`, `{"a":,}`, `{"a"::1}`, `{"a":"x`, `{"a":"x\`, "{\"a\":\"\n\"}", `{}{}`, `{} x`, "{\"a\":\"long\x00\"}", `{"a":[}`, `{"a":[1`, `{"x\q":1}`,
	} {
		if got, err := reduce(strings.NewReader(in), everything); !errors.Is(err, ErrSyntax) {
			t.Errorf("%s: got %s, %v", in, got, err)
		}
	}
}

func TestPlacesAreThoseOfTheFirstTwoObjects(t *testing.T) {
	const body = ` {"data" : {"id":"x\"", "deep":{"id":1}}, "list":[{"id":2}], "n":-1.5}`
	r := New(strings.NewReader(body), math.MaxInt64, keys, nil)
	defer r.Release()
	if err := r.Object(everything); err != nil {
		t.Fatal(err)
	}
	var got []string
	text := r.Text()
	for _, p := range r.Places {
		got = append(got, strings.Repeat(">", p.Depth)+p.Key+" "+string(text[p.Start:p.End]))
	}
	want := []string{
		`>>id "x\""`, `>>deep {"id":1}`, `>data {"id":"x\"","deep":{"id":1}}`, `>list [{"id":2}]`, `>n -1.5`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNoMoreIsReadThanTheLimit(t *testing.T) {
	const body = `{"a":"text"}`
	for limit := range len(body) {
		r := New(strings.NewReader(body), int64(limit), keys, nil)
		if err := r.Object(everything); !errors.Is(err, ErrSyntax) || r.Left != 0 || string(r.Head) != body[:limit] {
			t.Errorf("%d bytes: got %v, %d are left, and %q was read", limit, err, r.Left, r.Head)
		}
		r.Release()
	}
}

func TestReduceReturnsTheErrorOfItsReader(t *testing.T) {
	const body = `{"data":[{"id":"x","a":[1,"\"",true]},{}],"success":true} `
	broken := errors.New("broken")
	for n := range len(body) {
		in := io.MultiReader(strings.NewReader(body[:n]), iotest.ErrReader(broken))
		if _, err := reduce(in, everything); !errors.Is(err, broken) {
			t.Errorf("after %s: got %v", body[:n], err)
		}
	}
}

// FuzzReduce wants an object that is kept whole to keep its meaning, and anything else to be rejected.
func FuzzReduce(f *testing.F) {
	f.Add(`{"data":[{"id":"x","a":[1,"\"\\",true]},{}],"success":null}`)
	f.Add(`{"data":[1 2,-1e5],"a":{"b":{}}} `)
	f.Add(`{"a":[[[]]],"a":"\ud800"}`)
	f.Fuzz(func(t *testing.T, in string) {
		var before, after map[string]any
		valid := json.Unmarshal([]byte(in), &before) == nil && before != nil
		got, err := reduce(strings.NewReader(in), everything)
		isValid := err == nil && json.Unmarshal(got, &after) == nil
		if valid != isValid {
			t.Fatalf("%q became %q, %v", in, got, err)
		}
		if diff := cmp.Diff(before, after); valid && len(in) < maxKey && diff != "" {
			t.Error(diff)
		}
		if _, err := reduce(strings.NewReader(in), landmarks); valid && err != nil {
			t.Errorf("%q: %v", in, err)
		}
	})
}
