package sandbox

import (
	"cmp"
	"math/rand/v2"
	"time"

	"razebulk/internal/sandbox/internal/postgres"
)

func newObserved(o Options, now func() time.Time) *observed {
	d := &observed{
		now: now, zone: o.Zone, ignored: setOf(o.Ignored), also: setOf(o.AlsoStores),
		opportunities: make(map[string]*Stored, len(o.Opportunities)),
		contacts:      make(map[string]*Contact, len(o.Opportunities)),
		stages:        make(map[string]Stage), pipelines: make(map[string]string),
		users: make(map[string]User), campaigns: make(map[string]string),
		draws: rand.New(rand.NewPCG(o.OrderSeed, 1)),
	}
	if d.zone == nil {
		d.zone = time.UTC
	}
	for id, u := range seedUsers {
		d.users[id] = u
	}
	for _, u := range o.Users {
		u.ID = idOf("user", u.ID)
		d.users[u.ID] = u
	}
	for _, stage := range o.Stages {
		d.addStage(stage)
	}
	start := d.timestamp()
	for _, opportunity := range o.Opportunities {
		d.add(opportunity, start)
	}
	return d
}

// timestamp returns the current time, to the microsecond, as the database stores it.
func (d *observed) timestamp() time.Time { return d.now().Truncate(time.Microsecond) }

// add keeps an id that is not a UUID as it is; no request can name it then.
func (d *observed) add(o Opportunity, start time.Time) {
	id, ok := postgres.UUID(o.ID)
	if !ok {
		id = o.ID
	}
	contact := d.addContact(o, id)
	stage := d.stageFor(o)
	value, _ := postgres.Cents(string(o.DealValue))
	created := o.CreatedAt
	if created.IsZero() {
		created = start
	}
	updated := o.UpdatedAt
	if updated.IsZero() {
		updated = created
	}
	if _, again := d.opportunities[id]; !again {
		d.order = append(d.order, id)
	}
	d.opportunities[id] = &Stored{
		ID: id, ContactID: contact, Title: cmp.Or(o.Title, o.Name), Notes: postgres.NonEmpty(o.Notes), Value: value,
		Currency: postgres.NonEmpty(o.DealCurrency), Source: postgres.NonEmpty(o.Source), PipelineID: stage.PipelineID, StageID: stage.ID,
		OwnerUserID: d.addOwner(o), CampaignID: d.addCampaign(o),
		CreatedAt: created.Truncate(time.Microsecond), UpdatedAt: updated.Truncate(time.Microsecond),
	}
}

func (d *observed) addContact(o Opportunity, opportunityID string) (id string) {
	id = cmp.Or(idOf("contact", o.ContactID), postgres.DerivedUUID("contact", opportunityID))
	if _, again := d.contacts[id]; again && o.ContactID != "" {
		return id
	}
	d.contacts[id] = &Contact{
		ID: id, Name: postgres.TextOf(o.Name), Email: postgres.NonEmpty(o.Email), Phone: postgres.NonEmpty(o.Phone), Company: postgres.NonEmpty(o.Company),
		Title: postgres.NonEmpty(o.Position), Location: postgres.NonEmpty(o.Location), HasOtherID: o.Email == "" && o.Phone == "",
	}
	return id
}

// addOwner accepts an id, or a name or e-mail address, from which it derives an id.
func (d *observed) addOwner(o Opportunity) Text {
	id := cmp.Or(idOf("user", o.ResponsibleUserID), idOf("user", cmp.Or(o.OwnerEmail, o.OwnerName)))
	if id == "" {
		return Text{}
	}
	known := d.users[id]
	name := cmp.Or(o.OwnerName, known.Name, o.OwnerEmail, o.ResponsibleUserID)
	d.users[id] = User{ID: id, Name: name, Email: cmp.Or(o.OwnerEmail, known.Email)}
	return postgres.TextOf(id)
}

func (d *observed) addCampaign(o Opportunity) Text {
	id := idOf("campaign", cmp.Or(o.CampaignID, o.Campaign))
	if id == "" {
		return Text{}
	}
	d.campaigns[id] = cmp.Or(o.Campaign, d.campaigns[id], o.CampaignID)
	return postgres.TextOf(id)
}

// addStage fills in missing ids and names.
func (d *observed) addStage(s Stage) Stage {
	s.PipelineID = cmp.Or(idOf("pipeline", s.PipelineID), idOf("pipeline", s.Pipeline))
	s.Pipeline = cmp.Or(s.Pipeline, d.pipelines[s.PipelineID], s.PipelineID)
	s.ID = cmp.Or(idOf("stage", s.ID), postgres.DerivedUUID("stage", s.PipelineID+s.Name))
	s.Name = cmp.Or(s.Name, d.stages[s.ID].Name, s.ID)
	d.stages[s.ID], d.pipelines[s.PipelineID] = s, s.Pipeline
	return s
}

// stageFor returns the stage that o names by id or by its name in its pipeline; it adds the stage if there is none.
func (d *observed) stageFor(o Opportunity) Stage {
	if known, ok := d.stages[idOf("stage", o.StageID)]; ok {
		return known
	}
	wanted := Stage{
		ID: o.StageID, Name: o.Stage, PipelineID: idOf("pipeline", o.PipelineID), Pipeline: o.Pipeline,
	}
	if wanted.PipelineID == "" {
		wanted.Pipeline = cmp.Or(o.Pipeline, defaultPipeline)
	}
	if o.StageID == "" {
		wanted.Name = cmp.Or(o.Stage, stageWords[o.Status], stageWords["new"])
		if known, ok := d.stageNamed(wanted); ok {
			return known
		}
	}
	return d.addStage(wanted)
}

func (d *observed) stageNamed(wanted Stage) (Stage, bool) {
	var found Stage
	for _, s := range d.stages {
		samePipeline := s.PipelineID == wanted.PipelineID || wanted.PipelineID == "" && s.Pipeline == wanted.Pipeline
		if samePipeline && s.Name == wanted.Name && (found.ID == "" || s.ID < found.ID) {
			found = s
		}
	}
	return found, found.ID != ""
}

// idOf returns text's canonical form, or a derived UUID if text is not a UUID, or "" if it is empty.
func idOf(kind, text string) string {
	if text == "" {
		return ""
	}
	if id, ok := postgres.UUID(text); ok {
		return id
	}
	return postgres.DerivedUUID(kind, text)
}
