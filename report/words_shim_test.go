package report

import (
	"slices"
	"strings"

	"razebulk/batch"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// Tests write texts for codes.
func init() {
	plain := words.For(nil)
	batch.Words = func(why reason.Reason) string {
		if slices.Contains(words.Codes(), why.Code) {
			return plain.Text(why.Code, why.Params)
		}
		return strings.Replace(plain.Text("id_is_dots", why.Params), "not an id", why.Code, 1)
	}
}
