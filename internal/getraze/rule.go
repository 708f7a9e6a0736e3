package getraze

// rule says which members of an object are kept, and by which rule the objects in a kept one are reduced; nil keeps
// all.
type rule func(r *reducer, k key) (keep bool, inside rule)

// envelopeRule keeps of an answer what this program reads, and of opportunities the keys that are wanted. So the memory
// that an answer takes doesn't depend on fields that nobody asked for.
func envelopeRule(_ *reducer, k key) (keep bool, inside rule) {
	switch k.text {
	case "data":
		return true, dataRule
	case "success", "error", "message", "pagination":
		return true, nil
	}
	return false, nil
}

func dataRule(r *reducer, k key) (keep bool, inside rule) {
	switch k.text {
	case "opportunities":
		return true, itemRule
	case "pagination":
		return true, nil
	}
	return itemRule(r, k)
}

//nolint:unparam // it is a rule, and so has a result for what is inside
func itemRule(r *reducer, k key) (keep bool, inside rule) {
	return k.text != "" && (r.wanted == nil || k.isLandmark || r.wanted(k.text)), nil
}
