package directory

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Resolver decides what the text of a status or an owner means to a service: the word or id to send.
type Resolver struct {
	// Dialect is what is known of the service. While nothing is known, documented words are sent.
	Dialect getraze.Dialect
	// Names are the names that were seen.
	Names *Directory
	// StageMap gives the meaning of additional stage names, by [crm.Fold] of the name: a word that [crm.StatusOf] knows,
	// or an id.
	StageMap map[string]string
	// OwnerMap gives the ids that additional owner values mean, by [crm.Fold] of the value.
	OwnerMap map[string]string
	// OwnerIDs reports that the header of the owner column says that it holds ids.
	OwnerIDs bool
}

// HasStages reports whether the service has its own stages, which are sent by id.
func (r *Resolver) HasStages() bool { return r.Dialect.StageField() != crm.Status }

// Status returns what is sent for the stage of an opportunity: one of [crm.Statuses], or the id of a stage. The stage's
// name is looked up in the pipeline with this name or id; if it is "", in the opportunity's pipeline; if that is not
// known, in all. A stage of another pipeline than the opportunity's is an error, unless the opportunity is in it. The
// error is a [reason.Reason].
func (r *Resolver) Status(text, pipeline, opportunity string) (string, error) {
	own := r.Names.PipelineOf(opportunity)
	id, err := r.status(text, pipeline, own)
	if hasCode(err, "stage_unknown") {
		name, _ := meaning(r.StageMap, text)
		if in, found := r.Names.stageOf(opportunity, name); found {
			return in.ID, nil
		}
	}
	if err == nil && r.sendsIDs() && !r.Names.IsIn(opportunity, id) {
		err = r.Names.Fits(id, pipeline, own)
	}
	return id, err
}

// sendsIDs reports whether the service has its own stages, as far as known.
func (r *Resolver) sendsIDs() bool { return r.HasStages() || !r.Dialect.Known() }

// status is [Resolver.Status] for an opportunity whose pipeline has the id own, or "" if it is not known.
func (r *Resolver) status(text, pipeline, own string) (string, error) {
	text, _ = meaning(r.StageMap, text)
	status, isWord := crm.StatusOf(text)
	switch id := crm.CanonicalID(text); {
	case crm.IsUUID(id) && r.sendsIDs():
		return id, r.Names.Fits("", pipeline, own)
	case !r.HasStages() && isWord:
		return status, nil
	case !r.HasStages():
		return "", reason.New("status_unknown", "statuses", crm.Statuses)
	}
	if own != "" && (pipeline == "" || r.Names.isCalled(own, pipeline)) {
		pipeline = own
	}
	stage, err := r.Names.Stage(text, pipeline)
	if hasCode(err, "pipeline_unknown") {
		return "", err
	}
	if differs := r.Names.Fits("", pipeline, own); differs != nil {
		return "", differs
	}
	return stage.ID, err
}

// Owner returns the id of the user that the text names. The error is a [reason.Reason].
func (r *Resolver) Owner(text string) (string, error) {
	text, isMapped := meaning(r.OwnerMap, text)
	if id := crm.CanonicalID(text); crm.IsUUID(id) {
		return r.Dialect.ID(text), nil
	}
	switch mayBeID := isID(text, r.OwnerIDs || isMapped); {
	case mayBeID && (!r.isObserved() || !r.Names.HasUsers()):
		return text, nil
	case !r.isObserved(): // its lists show no names
		return "", reason.New("owner_is_name")
	}
	user, err := r.Names.User(text)
	return user.ID, err
}

// IsMapped reports whether the owner map has the text.
func (r *Resolver) IsMapped(owner string) bool {
	_, found := meaning(r.OwnerMap, owner)
	return found
}

// meaning returns what text means according to a map, or text itself.
func meaning(by map[string]string, text string) (meant string, found bool) {
	if len(by) == 0 { // as in nearly every run: folding takes longer than all other work on a row's names
		return text, false
	}
	if meant, found = by[crm.Fold(text)]; !found {
		return text, false
	}
	return meant, true
}

func (r *Resolver) isObserved() bool { return r.Dialect.Name() == "observed" }

// isID reports whether the text may be the id of a user. Sheets use "Owner" as the header of both ids and names: in
// such a column an id contains a digit.
func isID(text string, surely bool) bool {
	if strings.ContainsFunc(text, unicode.IsSpace) || strings.IndexByte(text, '@') >= 0 {
		return false
	}
	return surely || strings.ContainsAny(text, "0123456789")
}

// Need is what must be seen before a row can be resolved.
type Need struct {
	// Stage is the name of a stage; "" means none. Pipeline is the name or id of its pipeline; "" means Own, the id of the
	// opportunity's pipeline, or any if that is not known either.
	Stage, Pipeline, Own string
	// Owner is a user's name or e-mail address; "" means none.
	Owner string
}

func (r *Resolver) needsStage(text string) bool {
	return text != "" && r.HasStages() && !r.IsStageID(text)
}

func (r *Resolver) needsUser(text string) bool {
	text, _ = meaning(r.OwnerMap, text)
	return text != "" && r.isObserved() && !crm.IsUUID(crm.CanonicalID(text))
}

// IsStageID reports whether the text is, or means, the id of a stage.
func (r *Resolver) IsStageID(text string) bool {
	text, _ = meaning(r.StageMap, text)
	return crm.IsUUID(crm.CanonicalID(text))
}

// Meets reports whether what a need names can be sent, given what is known now.
func (r *Resolver) Meets(n Need) bool {
	var err error
	if n.Owner != "" {
		_, err = r.Owner(n.Owner)
	}
	if n.Stage != "" && err == nil {
		_, err = r.status(n.Stage, n.Pipeline, n.Own)
	}
	return err == nil
}

// Lack is what is missing for a need.
type Lack int

// The kinds of lack.
const (
	// Nothing: reading more won't help.
	Nothing Lack = iota
	// ThePipeline: only the pipeline is not known.
	ThePipeline
	// AName: a name was not seen.
	AName
)

// Lacks returns what is missing for a need.
func (r *Resolver) Lacks(n Need) Lack {
	if r.needsUser(n.Owner) {
		if _, err := r.Names.User(n.Owner); isUnknown(err) {
			return AName
		}
	}
	if !r.needsStage(n.Stage) {
		return Nothing
	}
	if _, err := r.status(n.Stage, n.Pipeline, n.Own); isUnknown(err) {
		return AName
	}
	if n.Pipeline+n.Own == "" {
		return ThePipeline
	}
	return Nothing
}

// isUnknown reports whether a name was not found; an ambiguous one will stay ambiguous.
func isUnknown(err error) bool {
	return hasCode(err, "stage_unknown", "pipeline_unknown", "owner_unknown")
}

func hasCode(err error, codes ...string) bool {
	var why reason.Reason
	return errors.As(err, &why) && slices.Contains(codes, why.Code)
}
