// Package directory finds the stages, pipelines and users of a CRM by their names. The service has no list of them:
// they are learned from the items of lists (docs/api.md), so stages without opportunities and users who own none are
// not known.
package directory

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// Directory holds what was seen so far. It is not safe for concurrent use.
type Directory struct {
	stages  map[string]stage        // by id
	users   map[string]getraze.User // by id
	watched map[string]watched      // opportunities, by the keys of their ids
	places  map[Place]int           // the places of these, with their counts
	texts   map[string]string       // one copy of each repeated string
}

// watched is an opportunity that is to move to stages with these names.
type watched struct {
	place  Place
	stages []string
}

// Place is where an opportunity is, with the name of the stage that it is to move to.
type Place struct {
	Stage string
	// Seen reports that the opportunity was seen. Pipeline is then the id of its pipeline, or "" if none is reported.
	Seen     bool
	Pipeline string
}

// stage is a stage with the folded names of itself and its pipeline for comparisons, and the status that its name
// means, or "".
type stage struct {
	getraze.Stage
	name, pipeline, status string
}

// New returns an empty directory.
func New() *Directory {
	d := &Directory{stages: map[string]stage{}, users: map[string]getraze.User{}}
	d.WatchNone()
	return d
}

// Watch marks an opportunity that is to move to the stage with this name. When it is seen later, its pipeline is
// remembered.
func (d *Directory) Watch(id, stage string) {
	id = crm.IDKey(id)
	w, found := d.watched[id]
	if slices.Contains(w.stages, stage) {
		return
	}
	if !found { // the strings are parts of the whole row
		id = strings.Clone(id)
	}
	w.stages = append(w.stages, d.only(stage))
	d.watched[id] = w
	d.places[w.in(len(w.stages)-1)]++
}

// WatchNone forgets the watched opportunities.
func (d *Directory) WatchNone() {
	d.watched, d.places, d.texts = map[string]watched{}, map[Place]int{}, map[string]string{}
}

// only returns the single copy of text.
func (d *Directory) only(text string) string {
	if _, found := d.texts[text]; !found {
		text = strings.Clone(text)
		d.texts[text] = text
	}
	return d.texts[text]
}

// in returns the place of the opportunity for one of its stages.
func (w watched) in(i int) Place {
	place := w.place
	place.Stage = w.stages[i]
	return place
}

// move records where a watched opportunity was seen.
func (d *Directory) move(id, pipeline string) {
	w, found := d.watched[crm.IDKey(id)]
	if !found {
		return
	}
	for i := range w.stages {
		if d.places[w.in(i)]--; d.places[w.in(i)] == 0 {
			delete(d.places, w.in(i))
		}
	}
	w.place = Place{Seen: true, Pipeline: d.only(pipeline)}
	for i := range w.stages {
		d.places[w.in(i)]++
	}
	d.watched[crm.IDKey(id)] = w
}

// Places returns the places of all watched opportunities, each once: at most one per name and pipeline.
func (d *Directory) Places() iter.Seq[Place] { return maps.Keys(d.places) }

// Unseen returns the sorted ids of watched opportunities that were not seen and are to move to one of the wanted
// stages.
func (d *Directory) Unseen(wanted func(stage string) bool) []string {
	var ids []string
	for id, w := range d.watched {
		if !w.place.Seen && slices.ContainsFunc(w.stages, wanted) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// See learns from an opportunity, whether it came from a list or was read singly.
func (d *Directory) See(o getraze.Opportunity) {
	in, owner := o.Stage(), o.Owner()
	if in.ID != "" && in.Name != "" && d.stages[in.ID].Stage != in {
		status, _ := crm.StatusOf(in.Name)
		d.stages[in.ID] = stage{in, crm.Fold(in.Name), crm.Fold(in.PipelineName), status}
	}
	if owner.ID != "" && owner.Name+owner.Email != "" {
		d.users[owner.ID] = owner
	}
	d.move(o.ID(), in.PipelineID)
}

// PipelineOf returns the id of the pipeline of a watched opportunity; "" if it was not seen.
func (d *Directory) PipelineOf(id string) string { return d.watched[crm.IDKey(id)].place.Pipeline }

// IsEmpty reports whether no stage and no user was seen.
func (d *Directory) IsEmpty() bool { return len(d.stages)+len(d.users) == 0 }

// HasUsers reports whether a user's name or e-mail address was seen.
func (d *Directory) HasUsers() bool { return len(d.users) > 0 }

// Stages returns the stages with a name. If there are none, it returns those whose names mean the same one of
// [crm.Statuses] in any of the three languages. Stages are sorted by pipeline. Pipeline is a pipeline's id or name; ""
// means any.
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

// Stage returns the stage with this name, see [Directory.Stages]. Its error is a [reason.Reason] that names the stages
// and pipelines seen.
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

// namesOf returns the names of stages, with their pipelines if there are several.
func namesOf(stages []getraze.Stage) []string {
	labels := labelsOf(stages)
	var names []string
	for _, s := range stages {
		names = append(names, labels[s.ID])
	}
	return names
}

// labelsOf returns the names of stages by id, with their pipelines if there are several.
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

// User returns the user with this name or e-mail address, ignoring case. Its error is a [reason.Reason] that names the
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

// onlyUser returns the one user with this name or e-mail address; false if there is none or more than one.
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

// Label returns what people call the stage or the user with this id, with the pipeline or the e-mail address if several
// have the same name; "" if it was not seen. The field is [crm.Status] or [crm.Owner].
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
