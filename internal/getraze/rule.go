package getraze

import "razebulk/internal/getraze/internal/reduce"

// envelopeRule keeps the parts of an answer that this program reads, and the wanted keys of opportunities, so that
// the memory that an answer takes doesn't depend on fields that nobody asked for.
func envelopeRule(_ *reduce.Reader, k reduce.Key) (keep bool, inside reduce.Rule) {
	switch k.Text {
	case "data":
		return true, dataRule
	case "success", "error", "message", "pagination":
		return true, nil
	}
	return false, nil
}

func dataRule(r *reduce.Reader, k reduce.Key) (keep bool, inside reduce.Rule) {
	switch k.Text {
	case "opportunities":
		return true, itemRule
	case "pagination":
		return true, nil
	}
	return itemRule(r, k)
}

//nolint:unparam // it is a rule, and so has a result for what is inside
func itemRule(r *reduce.Reader, k reduce.Key) (keep bool, inside reduce.Rule) {
	return k.Text != "" && (r.Wanted == nil || k.Landmark || r.Wanted(k.Text)), nil
}
