package batch

import (
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

func init() {
	plain := words.For(nil)
	Words = func(why reason.Reason) string { return plain.Text(why.Code, why.Params) }
}
