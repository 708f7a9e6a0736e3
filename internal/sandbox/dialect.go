package sandbox

// Dialect is one of the two ways in which the service has been described.
type Dialect string

// The dialects. Parts 1 and 2 of docs/api.md say how they differ.
const (
	Documented Dialect = "documented"
	Observed   Dialect = "observed"
)

// Dialects lists all dialects.
var Dialects = []Dialect{Documented, Observed}

// dialect is what differs between the two. Keys, quota and faults belong to the server.
type dialect interface {
	// badBody returns the answer to a body that is refused before the key is checked, and whether it is refused.
	badBody(call) (answer, bool)
	unauthorized(c call, code string) answer
	forbidden(c call, key Key) answer
	overQuota(call, quota) answer
	noRoute(call) answer
	tooLarge() answer
	// act answers a call that is allowed.
	act(call) answer
	// opportunity returns what is stored under an id, in the fields of Opportunity.
	opportunity(id string) (Opportunity, bool)
	// ids returns the ids of all opportunities, in the order in which they were given.
	ids() []string
}
