package sandbox

import (
	"time"

	"razebulk/internal/sandbox/internal/postgres"
)

// commonColumns are in every answer about an opportunity.
type commonColumns struct {
	ID                string `json:"id"`
	Title             string `json:"title"`
	Value             Text   `json:"value"`
	Currency          Text   `json:"currency"`
	Probability       int    `json:"probability"`
	ExpectedCloseDate Text   `json:"expected_close_date"`
	PipelineID        string `json:"pipeline_id"`
	StageID           string `json:"stage_id"`
	CampaignID        Text   `json:"campaign_id"`
	OwnerUserID       Text   `json:"owner_user_id"`
	Source            Text   `json:"source"`
	Notes             Text   `json:"notes"`
	SentAt            Text   `json:"sent_at"`
	AcceptedAt        Text   `json:"accepted_at"`
	QualifyingStarted Text   `json:"qualifying_started_at"`
	QualifiedAt       Text   `json:"qualified_at"`
	ScheduledAt       Text   `json:"scheduled_at"`
	WonAt             Text   `json:"won_at"`
	LostAt            Text   `json:"lost_at"`
	CreatedAt         Text   `json:"created_at"`
	UpdatedAt         Text   `json:"updated_at"`
	ContactID         string `json:"contact_id"`
	ContactName       Text   `json:"contact_name"`
	ContactEmail      Text   `json:"contact_email"`
	ContactPhone      Text   `json:"contact_phone"`
	ContactCompany    Text   `json:"contact_company"`
	ContactTitle      Text   `json:"contact_title"`
	CampaignName      Text   `json:"campaign_name"`
	OwnerUserName     Text   `json:"owner_user_name"`
	OwnerUserEmail    Text   `json:"owner_user_email"`
}

// listColumns are the columns of a list item.
type listColumns struct {
	commonColumns
	ContactLocation Text `json:"contact_location"`
	ContactURL      Text `json:"contact_profile_url"`
	ContactPicture  Text `json:"contact_profile_picture"`
	StageName       Text `json:"stage_name"`
	PipelineName    Text `json:"pipeline_name"`
}

// storedColumns are the columns of the answer to PUT, and most of those to GET and PATCH.
type storedColumns struct {
	commonColumns
	AccountID         string   `json:"account_id"`
	LossReasonID      Text     `json:"loss_reason_id"`
	LossNotes         Text     `json:"loss_notes"`
	SourceLeadID      Text     `json:"source_lead_id"`
	CustomFields      struct{} `json:"custom_fields"`
	DisplayOrder      int      `json:"display_order"`
	CreatedBy         Text     `json:"created_by"`
	InviteQueuedAt    Text     `json:"invite_queued_at"`
	InviteExpiresAt   Text     `json:"invite_expires_at"`
	InviteExpiredAt   Text     `json:"invite_expired_at"`
	CompanySize       Text     `json:"company_size"`
	Budget            Text     `json:"budget"`
	Timeline          Text     `json:"timeline"`
	DiscardReasonID   Text     `json:"discard_reason_id"`
	DiscardNotes      Text     `json:"discard_notes"`
	DiscardedAt       Text     `json:"discarded_at"`
	PreviousStatus    Text     `json:"previous_status"`
	PreviousStageID   Text     `json:"previous_stage_id"`
	Score             int      `json:"score"`
	ClosureNotes      Text     `json:"closure_notes"`
	LinkedinProfileID Text     `json:"linkedin_profile_id"`
	ProviderID        Text     `json:"provider_id"`
	SectorID          Text     `json:"sector_id"`
	LeadSourceID      Text     `json:"lead_source_id"`
}

// accountID is the account that all opportunities belong to.
const accountID = "aaaaaaaa-0000-4000-8000-000000000001"

func (d *observed) commonOf(o *Stored) commonColumns {
	contact, owner := d.contacts[o.ContactID], d.users[o.OwnerUserID.String]
	return commonColumns{
		ID: o.ID, Title: o.Title, Value: o.Value, Currency: o.Currency,
		PipelineID: o.PipelineID, StageID: o.StageID, CampaignID: o.CampaignID, OwnerUserID: o.OwnerUserID,
		Source: o.Source, Notes: o.Notes,
		SentAt: d.text(o.SentAt), AcceptedAt: d.text(o.AcceptedAt),
		QualifyingStarted: d.text(o.QualifyingStartedAt), QualifiedAt: d.text(o.QualifiedAt),
		ScheduledAt: d.text(o.ScheduledAt), WonAt: d.text(o.WonAt), LostAt: d.text(o.LostAt),
		CreatedAt: d.text(o.CreatedAt), UpdatedAt: d.text(o.UpdatedAt),
		ContactID: o.ContactID, ContactName: contact.Name, ContactEmail: contact.Email, ContactPhone: contact.Phone,
		ContactCompany: contact.Company, ContactTitle: contact.Title,
		CampaignName:  postgres.NonEmpty(d.campaigns[o.CampaignID.String]),
		OwnerUserName: postgres.NonEmpty(owner.Name), OwnerUserEmail: postgres.NonEmpty(owner.Email),
	}
}

func (d *observed) text(t time.Time) Text { return postgres.Timestamp(t, d.zone) }

func (d *observed) itemOf(o *Stored) listColumns {
	contact := d.contacts[o.ContactID]
	return listColumns{
		commonColumns: d.commonOf(o), ContactLocation: contact.Location, ContactURL: contact.URL, ContactPicture: contact.Picture,
		StageName: postgres.NonEmpty(d.stages[o.StageID].Name), PipelineName: postgres.NonEmpty(d.pipelines[o.PipelineID]),
	}
}

func (d *observed) columnsOf(o *Stored) storedColumns {
	return storedColumns{commonColumns: d.commonOf(o), AccountID: accountID, Score: o.Score}
}
