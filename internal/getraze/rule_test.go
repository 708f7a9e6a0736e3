package getraze

import (
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"razebulk/internal/getraze/internal/reduce"
)

// reduced returns what the rule keeps of an answer if no keys but landmarks are wanted.
func reduced(in io.Reader) (string, error) {
	r := reduce.New(in, math.MaxInt64, knownKeys, func(string) bool { return false })
	defer r.Release()
	err := r.Object(envelopeRule)
	return string(r.Text()), err
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
			got, err := reduced(reader)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", in, err, diff)
			}
		}
	}
}
