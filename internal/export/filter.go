package export

import (
	"slices"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Filter selects the opportunities to export. An empty string limits nothing.
type Filter struct {
	// Status is a word that [crm.StatusOf] knows, or the name or id of a stage.
	Status string
	// Owner is the id of a user. If lists show them, it may also be a name or an e-mail address.
	Owner string
	// Pipeline is a name or an id.
	Pipeline string
	// Company is a part of the company's name. Campaign is an id. Search is matched by the service's own rules.
	Company, Source, Campaign, Search string
}

// query returns the query that the service gets in a dialect. Filters that the service doesn't have are applied here,
// see [Filter.checks].
func (f Filter) query(d getraze.Dialect) getraze.ListQuery {
	q := getraze.ListQuery{
		ResponsibleUserID: crm.CanonicalID(f.Owner), Source: f.Source, CampaignID: crm.CanonicalID(f.Campaign), Company: f.Company, Search: f.Search,
	}
	if f.namesOwner(d) {
		q.ResponsibleUserID = ""
	}
	if !isUUID(f.Campaign) && d.Name() != "documented" { // the observed dialect would fail as in an outage
		q.CampaignID = ""
	}
	if isUUID(f.Pipeline) {
		q.PipelineID = crm.CanonicalID(f.Pipeline)
	}
	if status, isWord := crm.StatusOf(f.Status); isWord && d.StageField() == crm.Status {
		q.Status = status
	} else if isUUID(f.Status) {
		q.StageID = crm.CanonicalID(f.Status)
	}
	return q
}

// namesOwner reports whether the owner is a name or an e-mail address. If the service's ids are not UUIDs, other
// strings may be ids.
func (f Filter) namesOwner(d getraze.Dialect) bool {
	isName := strings.ContainsAny(f.Owner, " @") || d.Name() == "observed"
	return f.Owner != "" && !isUUID(f.Owner) && isName
}

func isUUID(text string) bool { return crm.IsUUID(crm.CanonicalID(text)) }

// isAskedAlike reports whether the query is the same in both dialects.
func (f Filter) isAskedAlike(a, b getraze.Dialect) bool {
	sameOwner := f.Owner == "" || a.SentName(crm.Owner) == b.SentName(crm.Owner)
	return sameOwner && f.query(a).CampaignID == f.query(b).CampaignID
}

// check is a filter that is applied here.
type check struct {
	name   string // the filter's
	wanted string
	sent   bool // the service applies the filter too
	// holds reports whether the filter holds for an opportunity; reported is false if the opportunity doesn't show that.
	holds func(o getraze.Opportunity, wanted string) (holds, reported bool)
}

// checks returns the filters that can be applied here, since the service may ignore them. It omits the company if the
// service has that filter, since it compares companies by its own rules, and always omits the search.
func (f Filter) checks(d getraze.Dialect) []check {
	q := f.query(d)
	ignored := q.Ignored(d)
	sent := func(value, name string) bool { return value != "" && !slices.Contains(ignored, name) }
	all := []check{
		{crm.Status, f.Status, sent(q.Status, crm.Status) || sent(q.StageID, getraze.StageID), isInStage},
		{"owner", f.Owner, sent(q.ResponsibleUserID, crm.Owner), isOwnedBy},
		{"pipeline", f.Pipeline, sent(q.PipelineID, getraze.PipelineID), isInPipeline},
		{"source", f.Source, sent(q.Source, "source"), hasValue("source", strings.EqualFold)},
		{"campaign", crm.CanonicalID(f.Campaign), sent(q.CampaignID, "campaign_id"), hasValue("campaign_id", crm.SameID)},
		{crm.Company, f.Company, sent(q.Company, crm.Company), isOfCompany},
	}
	return slices.DeleteFunc(all, func(c check) bool { return c.wanted == "" || c.name == crm.Company && c.sent })
}

// refuse returns an error for filters that neither the service nor this program can apply, as the first page shows; nil
// if there are none.
func (f Filter) refuse(d getraze.Dialect, first []getraze.Opportunity) error {
	var names []string
	for _, c := range f.checks(d) {
		shows := func(o getraze.Opportunity) bool { _, reported := c.holds(o, c.wanted); return reported }
		if !c.sent && len(first) > 0 && !slices.ContainsFunc(first, shows) {
			names = append(names, c.name)
		}
	}
	_, isWord := crm.StatusOf(f.Status)
	switch {
	case names != nil:
		return reason.New("filter_unsupported", "filters", names, "dialect", d.Name())
	case f.namesOwner(d) && d.Name() == "documented":
		return reason.New("owner_filter_is_name", "owner", f.Owner)
	case f.Campaign != "" && !isUUID(f.Campaign) && d.Name() == "observed":
		return reason.New("campaign_filter_no_id", "campaign", f.Campaign)
	case f.Status != "" && !isWord && d.Known() && d.StageField() == crm.Status:
		return reason.New("status_filter_unknown", "status", f.Status, "statuses", crm.Statuses)
	}
	return nil
}

// end returns an error if several of the users seen have the owner's name; nil otherwise.
func (f Filter) end(owners map[string]getraze.User) error {
	var named []string
	for id, user := range owners {
		if crm.Fold(user.Name) == crm.Fold(f.Owner) {
			named = append(named, user.Name+" <"+user.Email+">: "+id)
		}
	}
	if f.Owner == "" || len(named) < 2 {
		return nil
	}
	slices.Sort(named)
	return reason.New("owner_filter_ambiguous", "owner", f.Owner, "users", named)
}

// holds reports whether all filters hold, as far as the opportunity shows that.
func holds(checks []check, o getraze.Opportunity) bool {
	return !slices.ContainsFunc(checks, func(c check) bool {
		holds, reported := c.holds(o, c.wanted)
		return reported && !holds
	})
}

func hasValue(field string, same func(held, wanted string) bool) func(getraze.Opportunity, string) (bool, bool) {
	return func(o getraze.Opportunity, wanted string) (bool, bool) {
		held, reported := o.Value(field)
		return same(held.Text, wanted), reported
	}
}

func isOfCompany(o getraze.Opportunity, wanted string) (bool, bool) {
	held, reported := o.Value(crm.Company)
	return strings.Contains(strings.ToLower(held.Text), strings.ToLower(wanted)), reported
}

// isOwnedBy compares ids. If the service's ids are UUIDs, anything else is a name or an e-mail address.
func isOwnedBy(o getraze.Opportunity, wanted string) (bool, bool) {
	id, reported := o.Value(crm.Owner)
	user := o.Owner()
	same := reported && crm.SameID(id.Text, wanted)
	named := crm.Fold(user.Name) == crm.Fold(wanted) || strings.EqualFold(user.Email, wanted)
	return same || named, reported
}

func isInPipeline(o getraze.Opportunity, wanted string) (bool, bool) {
	stage := o.Stage()
	reported := stage.PipelineName != "" || stage.PipelineID != "" && isUUID(wanted)
	return crm.SameID(stage.PipelineID, wanted) || crm.Fold(stage.PipelineName) == crm.Fold(wanted), reported
}

// isInStage compares the status, or the name and the id of the stage. A word means all stages whose names mean the
// same; won and lost also include what the service itself marks as such.
func isInStage(o getraze.Opportunity, wanted string) (bool, bool) {
	status, isWord := crm.StatusOf(wanted)
	if held, reported := o.Value(crm.Status); reported {
		return isWord && strings.EqualFold(held.Text, status) || strings.EqualFold(held.Text, wanted), true
	}
	stage := o.Stage()
	meant, isNamedSo := crm.StatusOf(stage.Name)
	since, isTimed := o.Value(status + "_at")
	switch {
	case isUUID(wanted):
		return crm.SameID(stage.ID, wanted), stage.ID != ""
	case crm.Fold(stage.Name) == crm.Fold(wanted), isWord && isNamedSo && meant == status:
		return true, stage.Name != ""
	case crm.IsClosed(status) && isTimed && !since.Empty:
		return true, true
	}
	return false, stage.Name != ""
}
