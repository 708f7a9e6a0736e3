package getraze

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAnOpportunityIsTheSameAfterPacking(t *testing.T) {
	var p Packer
	for n := range maxFirst - 100 {
		p.place(json.RawMessage(strconv.Itoa(1000 + n)))
	}
	rapid.Check(t, func(t *rapid.T) {
		o := Opportunity{}
		key := rapid.OneOf(rapid.SampledFrom(landmarks), rapid.String())
		for key, text := range rapid.MapOf(key, rapid.String()).Draw(t, "members") {
			raw, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			o[key] = raw
		}
		if diff := cmp.Diff(o, p.Unpack(p.Pack(o))); diff != "" {
			t.Error(diff)
		}
	})
}
