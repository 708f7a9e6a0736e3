package getraze

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

func everything(*reducer, key) (bool, rule) { return true, everything }

// reduce is what is kept of what is read.
func reduce(in io.Reader, members rule, wanted func(key string) bool) ([]byte, error) {
	r := newReducer(in, math.MaxInt64, wanted)
	defer r.release()
	err := r.read(members)
	return r.text(), err
}

func TestAnswersAreReducedToWhatIsWanted(t *testing.T) {
	for in, want := range map[string]string{
		`{"success":true,"trace":[{"id":1}],"data":{"id":"x","notes":"n"}}`:                  `{"success":true,"data":{"id":"x"}}`,
		`{"data":[{"notes":"n","id":"x"},{"id":"y","a":{"id":1}}],"success":true}`:           `{"data":[{"id":"x"},{"id":"y"}],"success":true}`,
		`{"data":{"opportunities":[{"id":"x","notes":"n"}],"pagination":{"page":1,"of":2}}}`: `{"data":{"opportunities":[{"id":"x"}],"pagination":{"page":1,"of":2}}}`,
		`{"data":[],"pagination":{"a":[1,{"b":null}]}}`:                                      `{"data":[],"pagination":{"a":[1,{"b":null}]}}`,
		`{"error":{"code":"C","details":{"fields":{"notes":"n"}}},"message":"m"}`:            `{"error":{"code":"C","details":{"fields":{"notes":"n"}}},"message":"m"}`,
		"{\n \"data\" : {\t\"\\u0069d\" : [ 1 , {\"notes\" : \"]}\\\"\"} ] }\r\n} \n":        `{"data":{"id":[ 1 , {"notes" : "]}\""} ]}}`,
		`{"data":{"opportunities":[{"opportunities":[{"id":"y"}],"id":"x"}]}}`:               `{"data":{"opportunities":[{"id":"x"}]}}`,
		`{"data":[[{"id":"x","notes":"n"}]]}`:                                                `{"data":[ [{"id":"x","notes":"n"}]]}`,
		`{"data":"text","success":false}`:                                                    `{"data":"text","success":false}`,
		`{"` + strings.Repeat("k", 1000) + `":1,"success":true}`:                             `{"success":true}`,
		`{}`: `{}`,
	} {
		for _, reader := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in))} {
			got, err := reduce(reader, envelopeRule, func(string) bool { return false })
			if diff := cmp.Diff(want, string(got)); err != nil || diff != "" {
				t.Errorf("%s: %v %s", in, err, diff)
			}
		}
	}
}

func TestWhatIsNoJSONIsNotReduced(t *testing.T) {
	for _, in := range []string{
		"", " ", "null", "[]", "<html>", `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{,}`, `{"a" 1}`, `{"a":1 "b":2}`, `{a:1}`,
		`{"a":}`, `{"a":]}`, `{"a":,}`, `{"a"::1}`, `{"a":"x`, `{"a":"x\`, "{\"a\":\"\n\"}", `{}{}`, `{} x`, `{"a":[}`, `{"a":[1`, `{"x\q":1}`,
	} {
		if got, err := reduce(strings.NewReader(in), everything, nil); !errors.Is(err, errSyntax) && json.Valid(got) {
			t.Errorf("%s: got %s, %v", in, got, err)
		}
	}
}

func TestReduceReturnsTheErrorOfItsReader(t *testing.T) {
	const body = `{"data":[{"id":"x","a":[1,"\"",true]},{}],"success":true} `
	broken := errors.New("broken")
	for n := range len(body) {
		in := io.MultiReader(strings.NewReader(body[:n]), iotest.ErrReader(broken))
		if _, err := reduce(in, everything, nil); !errors.Is(err, broken) {
			t.Errorf("after %s: got %v", body[:n], err)
		}
	}
}

// FuzzReduce wants an object of which everything is kept to stay what it is, and anything else to be no object.
func FuzzReduce(f *testing.F) {
	f.Add(`{"data":[{"id":"x","a":[1,"\"\\",true]},{}],"success":null}`)
	f.Add(`{"data":[1 2,-1e5],"a":{"b":{}}} `)
	f.Add(`{"a":[[[]]],"a":"\ud800"}`)
	f.Fuzz(func(t *testing.T, in string) {
		var before, after map[string]any
		valid := json.Unmarshal([]byte(in), &before) == nil && before != nil
		got, err := reduce(strings.NewReader(in), everything, nil)
		isValid := err == nil && json.Unmarshal(got, &after) == nil
		if valid != isValid {
			t.Fatalf("%q became %q, %v", in, got, err)
		}
		if diff := cmp.Diff(before, after); valid && len(in) < maxKey && diff != "" {
			t.Error(diff)
		}
		if _, err := reduce(strings.NewReader(in), envelopeRule, nil); valid && err != nil {
			t.Errorf("%q: %v", in, err)
		}
	})
}
