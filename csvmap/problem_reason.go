package csvmap

import (
	"cmp"

	"razebulk/internal/reason"
)

// ReasonOf is the problem as a reason.
func ReasonOf(p Problem) reason.Reason {
	r := reason.Reason{Code: "cell", Params: reason.Params{"text": p.Reason}}
	if p.Field != "" {
		r.Params["column"] = cmp.Or(p.Column, p.Field)
		r.Params["value"] = p.Value
	}
	return r
}
