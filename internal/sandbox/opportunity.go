package sandbox

import (
	"encoding/json"
	"time"
)

// Opportunity is an opportunity as it is given to a server, and as [Server.Opportunity] returns it. It does not
// distinguish an empty string from null: the documented dialect answers null for both, except for the name, and the
// observed one initially stores null.
type Opportunity struct {
	ID                string      `csv:"id"`
	Name              string      `csv:"name"` // the contact's, in the observed dialect
	Email             string      `csv:"email"`
	Phone             string      `csv:"phone"`
	Company           string      `csv:"company"`
	Position          string      `csv:"position"`   // the job title
	DealValue         json.Number `csv:"deal_value"` // a JSON number, digit for digit as sent; empty for none
	DealCurrency      string      `csv:"deal_currency"`
	Notes             string      `csv:"notes"`
	ResponsibleUserID string      `csv:"responsible_user_id"` // the owner
	Status            string      `csv:"status"`              // one of the seven documented words; see Stage
	Source            string      `csv:"source"`
	CampaignID        string      `csv:"campaign_id"`
	CreatedAt         time.Time   `csv:"-"`
	UpdatedAt         time.Time   `csv:"-"`

	// Only the observed dialect has the fields below. There, an id that is not a UUID, except the opportunity's own, is
	// replaced by a UUID derived from it. A zero CreatedAt becomes the time of New.

	Title      string `csv:"title"`      // the opportunity's own; empty means Name
	ContactID  string `csv:"contact_id"` // empty means a contact of its own; if several share one, the first describes it
	Location   string `csv:"contact_location"`
	PipelineID string `csv:"pipeline_id"`
	Pipeline   string `csv:"pipeline_name"` // empty means PipelineID's, or else Vendas
	StageID    string `csv:"stage_id"`
	Stage      string `csv:"stage_name"` // empty means StageID's, or else the default stage for Status
	OwnerName  string `csv:"owner_user_name"`
	OwnerEmail string `csv:"owner_user_email"`
	Campaign   string `csv:"campaign_name"`
}

// statuses are the words that PATCH accepts in the documented dialect.
var statuses = []string{"new", "contacted", "qualified", "proposal", "negotiation", "won", "lost"}
