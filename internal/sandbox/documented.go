package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// documented is the dialect of part 1 of docs/api.md.
type documented struct {
	now     func() time.Time
	ignored map[string]bool

	mu            sync.Mutex              // guards the fields below
	order         []string                // ids, in the order given
	opportunities map[string]*Opportunity // the values pointed to never change
}

func newDocumented(o Options, now func() time.Time) *documented {
	d := &documented{now: now, ignored: setOf(o.Ignored), opportunities: make(map[string]*Opportunity, len(o.Opportunities))}
	for _, opportunity := range o.Opportunities {
		if _, again := d.opportunities[opportunity.ID]; !again {
			d.order = append(d.order, opportunity.ID)
		}
		d.opportunities[opportunity.ID] = &opportunity
	}
	return d
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

func (d *documented) badBody(call) (answer, bool) { return answer{}, false }

var authMessages = map[string]string{
	"MISSING_API_KEY": "API key is required",
	"INVALID_API_KEY": "API key is invalid",
	"EXPIRED_API_KEY": "API key has expired",
}

func (d *documented) unauthorized(c call, code string) answer {
	if c.kind == unknownCall {
		return d.noRoute(c)
	}
	return failure(http.StatusUnauthorized, code, authMessages[code])
}

func (d *documented) forbidden(call, Key) answer {
	return failure(http.StatusForbidden, "INSUFFICIENT_PERMISSIONS", "API key lacks the permission for this call")
}

// overQuota adds the Retry-After header, which is rounded up.
func (d *documented) overQuota(_ call, q quota) answer {
	a := q.refusal("Rate limit exceeded")
	up := (q.left + time.Second - 1) / time.Second
	a.header.Set("Retry-After", strconv.FormatInt(int64(up), 10))
	return a
}

func (d *documented) noRoute(c call) answer {
	return failure(http.StatusNotFound, "ROUTE_NOT_FOUND", "Route "+c.method+" "+c.path+" not found")
}

func (d *documented) tooLarge() answer {
	return failure(http.StatusRequestEntityTooLarge, "PAYLOAD_TOO_LARGE", "Request body is too large")
}

func (d *documented) act(c call) answer {
	switch c.kind {
	case listCall:
		return d.list(c)
	case getCall:
		return d.change(c.id, func(*Opportunity) {}, oneOf)
	case putCall:
		return d.put(c)
	case stageCall:
		return d.patchStage(c)
	}
	return d.noRoute(c)
}

func (d *documented) opportunity(id string) (Opportunity, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.opportunities[id]
	if !ok {
		return Opportunity{}, false
	}
	return *o, true
}

func (d *documented) ids() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.order)
}

// change lets edit change the opportunity, and answers with what shape returns for it.
func (d *documented) change(id string, edit func(*Opportunity), shape func(Opportunity) any) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.opportunities[id]
	if !ok {
		return notFound()
	}
	changed := *o
	edit(&changed)
	d.opportunities[id] = &changed
	return success(shape(changed))
}

// put answers PUT /opportunities/{id}.
func (d *documented) put(c call) answer {
	body, ok := objectOf(c.body)
	if !ok {
		return notAnObject()
	}
	edits, reasons := map[string]string{}, map[string]string{}
	for name, value := range body {
		if new(Opportunity).field(name) == nil {
			continue // unknown: silently dropped
		}
		if reason := complaint(name, value); reason != "" {
			reasons[name] = reason
		}
		edits[name] = textOf(value)
	}
	switch {
	case len(reasons) > 0:
		e := apiError{Code: "VALIDATION_ERROR", Message: "Validation failed", Details: &details{reasons}}
		return e.answer(http.StatusBadRequest)
	case len(edits) == 0:
		return invalid("No fields to update")
	}
	return d.change(c.id, func(o *Opportunity) { d.apply(edits, o) }, echoOf)
}

// apply stores the edits, except those to be ignored.
func (d *documented) apply(edits map[string]string, o *Opportunity) {
	for name, text := range edits {
		if d.ignored[name] {
			continue
		}
		*o.field(name) = text
		o.UpdatedAt = d.now()
	}
}

// patchStage answers PATCH /opportunities/{id}/stage.
func (d *documented) patchStage(c call) answer {
	body, ok := objectOf(c.body)
	if !ok {
		return notAnObject()
	}
	status, ok := body["status"]
	if !ok {
		return failure(http.StatusBadRequest, "MISSING_REQUIRED_FIELD", "status is required")
	}
	stage, _ := status.(string)
	if !slices.Contains(statuses, stage) {
		return failure(http.StatusBadRequest, "INVALID_STATUS", "status must be one of: "+strings.Join(statuses, ", "))
	}
	return d.change(c.id, func(o *Opportunity) { o.Status, o.UpdatedAt = stage, d.now() }, echoOf)
}

func objectOf(body []byte) (map[string]any, bool) {
	value, _ := decode(body)
	object, ok := value.(map[string]any)
	return object, ok
}

func notAnObject() answer { return invalid("Request body must be a JSON object") }

// textOf returns a checked value, which is a string, a number or null, as text.
func textOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}
