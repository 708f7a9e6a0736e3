package sandbox

import (
	"encoding/json"
	"math/big"
	"time"
)

// echo is the data of an answer to PUT and PATCH.
func (s *Server) echo(o Opportunity) any {
	if s.options.Seen {
		return seenOf(o)
	}
	return documentedEcho{
		ID: o.ID, Name: o.Name, Email: orNull(o.Email), Company: orNull(o.Company), Status: o.Status,
		DealValue: orNull(o.DealValue), DealCurrency: orNull(o.DealCurrency), Notes: orNull(o.Notes),
		UpdatedAt: timestamp(o.UpdatedAt),
	}
}

// one is the data of an answer to GET of one opportunity.
func (s *Server) one(o Opportunity) any {
	if s.options.Seen {
		return seenReadOf(o)
	}
	one := documentedOne{documentedCommon: commonOf(o), Notes: orNull(o.Notes)}
	if o.ResponsibleUserID != "" {
		one.ResponsibleUser = &user{o.ResponsibleUserID, userNames[o.ResponsibleUserID]}
	}
	return one
}

// item is one opportunity in the data of an answer to GET of a list.
func (s *Server) item(o Opportunity) any {
	if s.options.Seen {
		return seenReadOf(o)
	}
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

// seenEcho has the names that the deployment that was seen uses.
type seenEcho struct {
	ID             string  `json:"id"`
	Name           string  `json:"name"`
	Title          *string `json:"title"`
	Value          *string `json:"value"`
	Currency       *string `json:"currency"`
	Status         string  `json:"status"`
	Notes          *string `json:"notes"`
	OwnerUserID    *string `json:"owner_user_id"`
	ContactName    string  `json:"contact_name"`
	ContactEmail   *string `json:"contact_email"`
	ContactPhone   *string `json:"contact_phone"`
	ContactCompany *string `json:"contact_company"`
	ContactTitle   *string `json:"contact_title"`
	UpdatedAt      *string `json:"updated_at"`
}

type seenRead struct {
	seenEcho
	Source     *string `json:"source"`
	CampaignID *string `json:"campaign_id"`
	CreatedAt  *string `json:"created_at"`
}

func seenOf(o Opportunity) seenEcho {
	return seenEcho{
		ID: o.ID, Name: o.Name, Title: orNull(o.Position), Value: cents(o.DealValue), Currency: orNull(o.DealCurrency),
		Status: o.Status, Notes: orNull(o.Notes), OwnerUserID: orNull(o.ResponsibleUserID), ContactName: o.Name,
		ContactEmail: orNull(o.Email), ContactPhone: orNull(o.Phone), ContactCompany: orNull(o.Company),
		ContactTitle: orNull(o.Position), UpdatedAt: timestamp(o.UpdatedAt),
	}
}

func seenReadOf(o Opportunity) seenRead {
	return seenRead{seenOf(o), orNull(o.Source), orNull(o.CampaignID), timestamp(o.CreatedAt)}
}

// cents is a number with two decimals, as the database column behind the seen answers has them.
func cents(n json.Number) *string {
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		return nil
	}
	return orNull(r.FloatString(2))
}

func orNull[T ~string](text T) *T {
	if text == "" {
		return nil
	}
	return &text
}

func timestamp(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return orNull(t.UTC().Format("2006-01-02T15:04:05.000Z"))
}
