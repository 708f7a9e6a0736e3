// Package directory finds the stages, pipelines and users of a CRM by their names. There is no list of them to ask
// for: they are learned from the items of lists (docs/api.md), so that a stage that no opportunity is in, and a user
// who owns none, is not known.
package directory

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Directory has what was seen so far. It is for one goroutine.
type Directory struct {
	stages  map[string]stage        // by id
	users   map[string]getraze.User // by id
	watched map[string]place        // opportunities, by the keys of their ids
}

// place is where an opportunity is.
type place struct {
	seen     bool
	pipeline string // its id, or "" if none is reported
}

// stage is one with what its name and that of its pipeline are compared by, and the status that its name means, or "".
type stage struct {
	getraze.Stage
	name, pipeline, status string
}

// New returns an empty one.
func New() *Directory {
	return &Directory{map[string]stage{}, map[string]getraze.User{}, map[string]place{}}
}

// Watch remembers of an opportunity which pipeline it is in, when it is seen later.
func (d *Directory) Watch(id string) {
	if _, found := d.watched[crm.IDKey(id)]; !found {
		d.watched[strings.Clone(crm.IDKey(id))] = place{}
	}
}

// See learns from an opportunity, of a list or by itself.
func (d *Directory) See(o getraze.Opportunity) {
	in, owner := o.Stage(), o.Owner()
	if in.ID != "" && in.Name != "" && d.stages[in.ID].Stage != in {
		status, _ := crm.StatusOf(in.Name)
		d.stages[in.ID] = stage{in, crm.Fold(in.Name), crm.Fold(in.PipelineName), status}
	}
	if owner.ID != "" && owner.Name+owner.Email != "" {
		d.users[owner.ID] = owner
	}
	if _, found := d.watched[crm.IDKey(o.ID())]; found {
		d.watched[crm.IDKey(o.ID())] = place{true, in.PipelineID}
	}
}

// PipelineOf is the id of the pipeline that a watched opportunity is in; "" if that was not seen.
func (d *Directory) PipelineOf(id string) string { return d.watched[crm.IDKey(id)].pipeline }

// HasSeen reports whether a watched opportunity was seen, with its pipeline or without.
func (d *Directory) HasSeen(id string) bool { return d.watched[crm.IDKey(id)].seen }

// IsEmpty reports whether no stage and no user was seen.
func (d *Directory) IsEmpty() bool { return len(d.stages)+len(d.users) == 0 }

// HasUsers reports whether a user's name or e-mail address was seen.
func (d *Directory) HasUsers() bool { return len(d.users) > 0 }

// Stages are those of a name, or if none has it, those whose name means the same one of [crm.Statuses] in any of the
// three languages; sorted by pipeline. Pipeline is a pipeline's id or name; "" is any.
func (d *Directory) Stages(name, pipeline string) []getraze.Stage {
	wanted := crm.Fold(name)
	found := d.stagesThat(pipeline, func(s stage) bool { return s.name == wanted })
	status, isWord := crm.StatusOf(name)
	if len(found) > 0 || !isWord {
		return found
	}
	return d.stagesThat(pipeline, func(s stage) bool { return s.status == status })
}

func (d *Directory) stagesThat(pipeline string, wanted func(stage) bool) []getraze.Stage {
	name := crm.Fold(pipeline)
	var found []getraze.Stage
	for _, s := range d.stages {
		if (pipeline == "" || s.pipeline == name || crm.SameID(s.PipelineID, pipeline)) && wanted(s) {
			found = append(found, s.Stage)
		}
	}
	slices.SortFunc(found, func(a, b getraze.Stage) int {
		return cmp.Or(cmp.Compare(a.PipelineName, b.PipelineName), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// Stage is the stage of this name, see [Directory.Stages]. Its error is a [reason.Reason] that names the stages and
// pipelines seen.
func (d *Directory) Stage(name, pipeline string) (getraze.Stage, error) {
	found := d.Stages(name, pipeline)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return getraze.Stage{}, reason.New("stage_ambiguous", "stages", idsOf(found))
	}
	seen := d.stagesThat(pipeline, func(stage) bool { return true })
	if pipeline != "" && len(seen) == 0 && len(d.stages) > 0 {
		return getraze.Stage{}, reason.New("pipeline_unknown", "pipeline", pipeline, "pipelines", d.pipelines())
	}
	return getraze.Stage{}, reason.New("stage_unknown", "stages", namesOf(seen))
}

func idsOf(stages []getraze.Stage) []string {
	var texts []string
	for _, s := range stages {
		texts = append(texts, s.Name+" ("+cmp.Or(s.PipelineName, s.PipelineID)+"): "+s.ID)
	}
	return texts
}

// namesOf are the names of stages, with their pipelines if there are several.
func namesOf(stages []getraze.Stage) []string {
	labels := labelsOf(stages)
	var names []string
	for _, s := range stages {
		names = append(names, labels[s.ID])
	}
	return names
}

// labelsOf are the names of stages by their ids, with their pipelines if there are several.
func labelsOf(stages []getraze.Stage) map[string]string {
	pipelines, labels := map[string]bool{}, map[string]string{}
	for _, s := range stages {
		pipelines[s.PipelineID] = true
	}
	for _, s := range stages {
		labels[s.ID] = s.Name
		if len(pipelines) > 1 {
			labels[s.ID] += " (" + cmp.Or(s.PipelineName, s.PipelineID) + ")"
		}
	}
	return labels
}

func (d *Directory) pipelines() []string {
	names := map[string]bool{}
	for _, s := range d.stages {
		names[cmp.Or(s.PipelineName, s.PipelineID)] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// User is the user of this name or e-mail address, whatever its case. Its error is a [reason.Reason] that names the
// users seen.
func (d *Directory) User(name string) (getraze.User, error) {
	name = crm.Trim(name)
	if only, found := d.onlyUser(name); found {
		return only, nil
	}
	users := slices.SortedFunc(maps.Values(d.users), func(a, b getraze.User) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Email, b.Email), cmp.Compare(a.ID, b.ID))
	})
	var texts []string
	for _, u := range users {
		if isCalled(u, name) {
			texts = append(texts, labelOf(u)+": "+u.ID)
		}
	}
	if len(texts) > 0 {
		return getraze.User{}, reason.New("owner_ambiguous", "users", texts)
	}
	for _, u := range users {
		texts = append(texts, labelOf(u))
	}
	return getraze.User{}, reason.New("owner_unknown", "users", texts)
}

// onlyUser is the one user of this name or e-mail address; false if there is none, or if there are several.
func (d *Directory) onlyUser(name string) (only getraze.User, found bool) {
	for _, u := range d.users {
		switch {
		case !isCalled(u, name):
		case found:
			return getraze.User{}, false
		default:
			only, found = u, true
		}
	}
	return only, found
}

func isCalled(u getraze.User, name string) bool {
	return strings.EqualFold(crm.Trim(u.Name), name) || strings.EqualFold(crm.Trim(u.Email), name)
}

func labelOf(u getraze.User) string {
	if u.Name == "" || u.Email == "" {
		return u.Name + u.Email
	}
	return u.Name + " <" + u.Email + ">"
}

// Label is what people call the stage or the user of this id, with the pipeline or the e-mail address if several have
// the name; "" if that was not seen. The field is [crm.Status] or [crm.Owner].
func (d *Directory) Label(field, id string) string {
	switch field {
	case crm.Status:
		called, found := d.stages[crm.CanonicalID(id)]
		if !found {
			return ""
		}
		return labelsOf(d.stagesThat("", func(s stage) bool { return s.Name == called.Name }))[called.ID]
	case crm.Owner:
		user, found := d.users[crm.CanonicalID(id)]
		if !found {
			return ""
		}
		if _, err := d.User(user.Name); user.Name != "" && err == nil {
			return user.Name
		}
		return labelOf(user)
	}
	return ""
}
