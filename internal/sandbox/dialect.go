package sandbox

// Dialect is one of the two ways in which the service was described.
type Dialect string

// The dialects. What they differ in is in docs/api.md, parts 1 and 2.
const (
	Documented Dialect = "documented"
	Observed   Dialect = "observed"
)

// Dialects are all there are.
var Dialects = []Dialect{Documented, Observed}

// dialect is what the two differ in. Keys, quota and faults are the server's own.
type dialect interface {
	// badBody is the answer to a body that is refused before the key is looked at, and whether it is.
	badBody(call) (answer, bool)
	unauthorized(c call, code string) answer
	forbidden(c call, key Key) answer
	overQuota(call, quota) answer
	noRoute(call) answer
	tooLarge() answer
	// act answers a call that may be made.
	act(call) answer
	// opportunity is what is stored under an id, in the fields of Opportunity.
	opportunity(id string) (Opportunity, bool)
	// ids are those of all opportunities, in the order in which they were given.
	ids() []string
}
