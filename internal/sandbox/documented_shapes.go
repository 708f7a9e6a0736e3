package sandbox

import (
	"encoding/json"
	"time"
)

// echoOf returns the data of an answer to PUT and PATCH.
func echoOf(o Opportunity) any {
	return documentedEcho{
		ID: o.ID, Name: o.Name, Email: orNull(o.Email), Company: orNull(o.Company), Status: o.Status,
		DealValue: orNull(o.DealValue), DealCurrency: orNull(o.DealCurrency), Notes: orNull(o.Notes),
		UpdatedAt: timestamp(o.UpdatedAt),
	}
}

// oneOf returns the data of an answer to GET of one opportunity.
func oneOf(o Opportunity) any {
	one := documentedOne{documentedCommon: commonOf(o), Notes: orNull(o.Notes)}
	if o.ResponsibleUserID != "" {
		one.ResponsibleUser = &user{o.ResponsibleUserID, seedUsers[o.ResponsibleUserID].Name}
	}
	return one
}

// itemOf returns one opportunity in the data of an answer to GET of a list.
func itemOf(o Opportunity) any {
	return documentedItem{commonOf(o), orNull(o.ResponsibleUserID)}
}

type documentedEcho struct {
	ID           string       `json:"id"`
	Name         string       `json:"name"`
	Email        *string      `json:"email"`
	Company      *string      `json:"company"`
	Status       string       `json:"status"`
	DealValue    *json.Number `json:"deal_value"`
	DealCurrency *string      `json:"deal_currency"`
	Notes        *string      `json:"notes"`
	UpdatedAt    *string      `json:"updated_at"`
}

type documentedCommon struct {
	ID           string       `json:"id"`
	Name         string       `json:"name"`
	Email        *string      `json:"email"`
	Phone        *string      `json:"phone"`
	Company      *string      `json:"company"`
	Position     *string      `json:"position"`
	Status       string       `json:"status"`
	DealValue    *json.Number `json:"deal_value"`
	DealCurrency *string      `json:"deal_currency"`
	Source       *string      `json:"source"`
	CampaignID   *string      `json:"campaign_id"`
	CreatedAt    *string      `json:"created_at"`
	UpdatedAt    *string      `json:"updated_at"`
}

type documentedOne struct {
	documentedCommon
	Notes           *string `json:"notes"`
	ResponsibleUser *user   `json:"responsible_user"`
}

type documentedItem struct {
	documentedCommon
	ResponsibleUserID *string `json:"responsible_user_id"`
}

type user struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func commonOf(o Opportunity) documentedCommon {
	return documentedCommon{
		ID: o.ID, Name: o.Name, Email: orNull(o.Email), Phone: orNull(o.Phone), Company: orNull(o.Company),
		Position: orNull(o.Position), Status: o.Status, DealValue: orNull(o.DealValue),
		DealCurrency: orNull(o.DealCurrency), Source: orNull(o.Source), CampaignID: orNull(o.CampaignID),
		CreatedAt: timestamp(o.CreatedAt), UpdatedAt: timestamp(o.UpdatedAt),
	}
}

func timestamp(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return orNull(t.UTC().Format("2006-01-02T15:04:05.000Z"))
}
