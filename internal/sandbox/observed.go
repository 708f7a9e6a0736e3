package sandbox

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"razebulk/internal/sandbox/internal/postgres"
)

// observed is the dialect of part 2 of docs/api.md: a database of opportunities that refer to contacts.
type observed struct {
	now     func() time.Time
	zone    *time.Location
	ignored map[string]bool
	also    map[string]bool

	mu            sync.Mutex // guards the fields below
	order         []string   // ids of opportunities, in the order given
	opportunities map[string]*Stored
	contacts      map[string]*Contact
	stages        map[string]Stage
	pipelines     map[string]string // id to name
	users         map[string]User
	campaigns     map[string]string // id to name
	draws         *rand.Rand        // orders rows with equal sort keys
}

func (d *observed) ids() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.order)
}

// find accepts an id in any spelling. One that is not a UUID finds nothing.
func (d *observed) find(id string) (*Stored, bool) {
	canonical, ok := postgres.UUID(id)
	if !ok {
		return nil, false
	}
	o, ok := d.opportunities[canonical]
	return o, ok
}

func (d *observed) opportunity(id string) (Opportunity, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.find(id)
	if !ok {
		return Opportunity{}, false
	}
	contact, stage, owner := d.contacts[o.ContactID], d.stages[o.StageID], d.users[o.OwnerUserID.String]
	return Opportunity{
		ID: o.ID, Name: contact.Name.String, Email: contact.Email.String, Phone: contact.Phone.String,
		Company: contact.Company.String, Position: contact.Title.String, DealValue: json.Number(o.Value.String),
		DealCurrency: o.Currency.String, Notes: o.Notes.String, ResponsibleUserID: o.OwnerUserID.String,
		Source: o.Source.String, CampaignID: o.CampaignID.String, CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt,
		Title: o.Title, ContactID: o.ContactID, Location: contact.Location.String,
		PipelineID: o.PipelineID, Pipeline: d.pipelines[o.PipelineID], StageID: o.StageID, Stage: stage.Name,
		OwnerName: owner.Name, OwnerEmail: owner.Email, Campaign: d.campaigns[o.CampaignID.String],
	}, true
}

func (d *observed) act(c call) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch c.kind {
	case infoCall:
		return info(c)
	case listCall:
		return d.list(c)
	case getCall:
		return d.withOpportunity(c, getFailed, d.get)
	case putCall:
		return d.put(c)
	case stageCall:
		return d.patchStage(c)
	}
	return d.noRoute(c)
}

// The messages of a 500.
const (
	listFailed  = "An error occurred while fetching opportunities"
	getFailed   = "An error occurred while fetching the opportunity"
	putFailed   = "An error occurred while updating the opportunity"
	stageFailed = "An error occurred while updating the opportunity stage"
)

// withOpportunity answers 500 for an id that is not a UUID, and 404 for one that does not exist.
func (d *observed) withOpportunity(c call, failed string, do func(*Stored) answer) answer {
	id, ok := postgres.UUID(c.id)
	if !ok {
		return internalError(failed)
	}
	o, ok := d.opportunities[id]
	if !ok {
		return notFound()
	}
	return do(o)
}

func (d *observed) get(o *Stored) answer {
	return success(struct {
		storedColumns
		Comments []string `json:"comments"`
	}{d.columnsOf(o), []string{}})
}

// badBody comes before the key and the quota, as the body is read first.
func (d *observed) badBody(c call) (answer, bool) {
	switch {
	case c.method == http.MethodGet:
		return answer{}, false
	case c.tooLarge:
		return d.tooLarge(), true
	case len(c.body) == 0:
		return answer{}, false
	}
	value, err := decode(c.body)
	if err != nil {
		return plain(http.StatusBadRequest, err.Error()), true
	}
	switch value.(type) {
	case map[string]any, []any:
		return answer{}, false
	}
	return plain(http.StatusBadRequest, "The body is neither a JSON object nor an array"), true
}

// plain returns an answer without an error code.
func plain(status int, message string) answer {
	return jsonAnswer(status, envelope{Message: message})
}

func (d *observed) noRoute(c call) answer {
	return plain(http.StatusNotFound, "Route not found: "+c.method+" "+c.mounted())
}

// tooLarge is, apart from badBody, only needed for a GET.
func (d *observed) tooLarge() answer {
	return plain(http.StatusRequestEntityTooLarge, "request entity too large")
}

// unauthorized does not distinguish an expired or revoked key from an unknown one.
func (d *observed) unauthorized(_ call, code string) answer {
	if code == "MISSING_API_KEY" {
		return failure(http.StatusUnauthorized, code, "API key is required. "+
			"Provide it via X-API-Key header, Authorization header, or api_key query parameter.")
	}
	return failure(http.StatusUnauthorized, "INVALID_API_KEY", "Invalid or expired API key.")
}

func (d *observed) forbidden(c call, key Key) answer {
	needed := c.permission()
	return apiError{
		Code:               "INSUFFICIENT_PERMISSIONS",
		Message:            "This API key does not have the required permission: " + needed,
		RequiredPermission: needed,
		CurrentPermissions: key.permissions(),
	}.answer(http.StatusForbidden)
}

// maxLoggedURL is the longest URL that the service can log when it refuses a request.
const maxLoggedURL = 255

func (d *observed) overQuota(c call, q quota) answer {
	if c.urlLength() > maxLoggedURL {
		return failure(http.StatusInternalServerError, "AUTHENTICATION_ERROR", "An error occurred during authentication")
	}
	return q.refusal("Rate limit of " + strconv.Itoa(q.limit) + " requests per hour exceeded. Try again later.")
}

// info answers a request for the base URL itself.
func info(c call) answer {
	one := prefix + "/opportunities/:id"
	return jsonAnswer(http.StatusOK, map[string]any{
		"success": true, "message": "GetRaze External API v1", "version": "1.0.0", "documentation": "https://docs.getraze.co/api",
		"endpoints": map[string]any{"opportunities": map[string]string{
			"list": "GET " + prefix + "/opportunities", "get": "GET " + one, "update": "PUT " + one, "updateStage": "PATCH " + one + "/stage",
		}},
		"rate_limit": map[string]any{"limit": c.keyLimit, "window": "1 hour"},
	})
}
