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
	seen    map[[2]string]int       // how many opportunities were seen in a stage of a pipeline, by both ids
	called  map[string]string       // the names of pipelines, by id; "" if only the id was seen
	users   map[string]getraze.User // by id
	watched map[string]watched      // opportunities, by the keys of their ids
	places  map[Place]int           // the places of these, with their counts
	texts   map[string]string       // one copy of each repeated string
}

// watched is an opportunity that is to move to stages with these names.
type watched struct {
	place   Place
	stage   string // the id of the stage that it was seen in
	targets []target
}

// target is the name of a stage, and the name or id of its pipeline; "" means that of the opportunity.
type target struct{ stage, pipeline string }

// Place is where an opportunity is, with the name of the stage that it is to move to.
type Place struct {
	Stage string
	// Given is the name or id of the pipeline that is given for the stage; "" if none is.
	Given string
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
	d := &Directory{
		stages: map[string]stage{}, seen: map[[2]string]int{}, called: map[string]string{}, users: map[string]getraze.User{},
	}
	d.WatchNone()
	return d
}

// Watch marks an opportunity that is to move to the stage with this name in the pipeline with this name or id, or in
// its own pipeline if that is "". When the opportunity is seen later, its pipeline and stage are remembered.
func (d *Directory) Watch(id, stage, pipeline string) {
	wanted := target{stage, pipeline}
	w := d.watch(id)
	if slices.Contains(w.targets, wanted) {
		return
	}
	w.targets = append(w.targets, target{d.only(stage), d.only(pipeline)})
	d.watched[crm.IDKey(id)] = w
	d.places[w.in(len(w.targets)-1)]++
}

// WatchID marks an opportunity that is to move to a stage that is given by its id: no name is looked up for it.
func (d *Directory) WatchID(id string) { d.watch(id) }

func (d *Directory) watch(id string) watched {
	id = crm.IDKey(id)
	w, found := d.watched[id]
	if !found { // the strings are parts of the whole row
		d.watched[strings.Clone(id)] = w
	}
	return w
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

// in returns the place of the opportunity for one of its targets.
func (w watched) in(i int) Place {
	place := w.place
	place.Stage, place.Given = w.targets[i].stage, w.targets[i].pipeline
	return place
}

// move records where a watched opportunity was seen.
func (d *Directory) move(id string, in getraze.Stage) {
	w, found := d.watched[crm.IDKey(id)]
	if !found {
		return
	}
	for i := range w.targets {
		if d.places[w.in(i)]--; d.places[w.in(i)] == 0 {
			delete(d.places, w.in(i))
		}
	}
	w.place, w.stage = Place{Seen: true, Pipeline: d.only(in.PipelineID)}, d.only(in.ID)
	for i := range w.targets {
		d.places[w.in(i)]++
	}
	d.watched[crm.IDKey(id)] = w
}

// Places returns the places of all watched opportunities, each once: at most one per name and pipelines.
func (d *Directory) Places() iter.Seq[Place] { return maps.Keys(d.places) }

// Unseen returns the sorted ids of watched opportunities that were not seen and are to move to one of the wanted
// stages of their own pipelines.
func (d *Directory) Unseen(wanted func(stage string) bool) []string {
	var ids []string
	for id, w := range d.watched {
		isWanted := func(t target) bool { return t.pipeline == "" && wanted(t.stage) }
		if !w.place.Seen && slices.ContainsFunc(w.targets, isWanted) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// See learns from an opportunity, whether it came from a list or was read singly.
func (d *Directory) See(o getraze.Opportunity) {
	in, owner := o.Stage(), o.Owner()
	if in.PipelineID != "" {
		d.called[in.PipelineID] = cmp.Or(in.PipelineName, d.called[in.PipelineID])
	}
	if in.ID != "" && in.Name != "" {
		d.seeStage(in)
	}
	if owner.ID != "" && owner.Name+owner.Email != "" {
		d.users[owner.ID] = owner
	}
	d.move(o.ID(), in)
}

// seeStage learns the stage of an opportunity, with the opportunity's pipeline. The service lets an opportunity be in a
// stage of another pipeline, so a stage belongs to the pipeline of most opportunities that are in it.
func (d *Directory) seeStage(in getraze.Stage) {
	known, here := d.stages[in.ID], [2]string{in.ID, in.PipelineID}
	d.seen[here]++
	if known.Stage == in || known.PipelineID != in.PipelineID && d.seen[here] <= d.seen[[2]string{in.ID, known.PipelineID}] {
		return
	}
	status, _ := crm.StatusOf(in.Name)
	d.stages[in.ID] = stage{in, crm.Fold(in.Name), crm.Fold(in.PipelineName), status}
}

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
// and pipelines seen, or the pipeline if none of its stages was seen.
func (d *Directory) Stage(name, pipeline string) (getraze.Stage, error) {
	found := d.Stages(name, pipeline)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return getraze.Stage{}, reason.New("stage_ambiguous", "stages", idsOf(found))
	}
	seen := d.stagesThat(pipeline, func(stage) bool { return true })
	if pipeline != "" && len(seen) == 0 && len(d.stages) > 0 && !d.wasSeen(pipeline) {
		return getraze.Stage{}, reason.New("pipeline_unknown", "pipeline", pipeline, "pipelines", d.pipelines())
	}
	if len(seen) == 0 && pipeline != "" {
		called := cmp.Or(d.called[crm.CanonicalID(pipeline)], pipeline)
		return getraze.Stage{}, reason.New("stage_unknown", "stages", namesOf(seen), "pipeline", called)
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
