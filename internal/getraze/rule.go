package getraze

// rule says which members of an object are kept, and by which rule the objects in a kept one are reduced; nil keeps
// all.
type rule func(key string) (keep bool, inside rule)

// answerRule keeps of an answer what this program reads, and of opportunities the keys that are wanted; nil wants
// all. So the memory that an answer takes doesn't depend on fields that nobody asked for.
func answerRule(wanted func(key string) bool) rule {
	//nolint:unparam // it is a rule, and so has a result for what is inside
	item := func(key string) (bool, rule) { return key != "" && (wanted == nil || wanted(key)), nil }
	data := func(key string) (bool, rule) {
		switch key {
		case "opportunities":
			return true, item
		case "pagination":
			return true, nil
		}
		return item(key)
	}
	return func(key string) (bool, rule) {
		switch key {
		case "data":
			return true, data
		case "success", "error", "message", "pagination":
			return true, nil
		}
		return false, nil
	}
}
