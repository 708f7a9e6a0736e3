package directory

import (
	"cmp"

	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// PipelineOf returns the id of the pipeline of a watched opportunity; "" if it was not seen.
func (d *Directory) PipelineOf(id string) string { return d.watched[crm.IDKey(id)].place.Pipeline }

// IsIn reports whether a watched opportunity was seen in the stage with this id. It is safe for concurrent use as long
// as nothing is learned meanwhile.
func (d *Directory) IsIn(opportunity, stage string) bool {
	return crm.SameID(d.watched[crm.IDKey(opportunity)].stage, stage)
}

// stageOf returns the stage that a watched opportunity was seen in, if it has this name, whatever its pipeline.
func (d *Directory) stageOf(opportunity, name string) (in getraze.Stage, found bool) {
	s, found := d.stages[d.watched[crm.IDKey(opportunity)].stage]
	return s.Stage, found && s.name == crm.Fold(name)
}

// Fits returns an error, the [reason.Reason] pipeline_differs, if an opportunity of one pipeline is to move to a stage
// of another. Stage is the stage's id, given is the name or id of the pipeline that is given for it, and own is the id
// of the opportunity's pipeline. Each is "" if it is not known, and what is not known fits. Fits is safe for concurrent
// use as long as nothing is learned meanwhile.
func (d *Directory) Fits(stage, given, own string) error {
	of := d.stages[crm.CanonicalID(stage)].PipelineID
	switch {
	case d.differs(given, own):
		return d.pipelineDiffers(given, own)
	case of != "" && own != "" && !crm.SameID(of, own):
		return d.pipelineDiffers(of, own)
	}
	return nil
}

// differs reports whether given is certain to name another pipeline than the one with this id.
func (d *Directory) differs(given, id string) bool {
	if given == "" || id == "" || d.isCalled(id, given) {
		return false
	}
	return crm.IsUUID(crm.CanonicalID(given)) || d.called[id] != ""
}

// wasSeen reports whether an opportunity was seen in the pipeline with this name or id.
func (d *Directory) wasSeen(pipeline string) bool {
	for id := range d.called {
		if d.isCalled(id, pipeline) {
			return true
		}
	}
	return false
}

// isCalled reports whether the text is the id or the name of the pipeline with this id.
func (d *Directory) isCalled(id, text string) bool {
	return crm.SameID(id, text) || d.called[id] != "" && crm.Fold(d.called[id]) == crm.Fold(text)
}

// pipelineDiffers returns a reason that has the names of both pipelines, or their ids if these are the same.
func (d *Directory) pipelineDiffers(other, own string) error {
	names := [2]string{cmp.Or(d.called[crm.CanonicalID(other)], other), cmp.Or(d.called[own], own)}
	if names[0] == names[1] {
		names = [2]string{other, own}
	}
	return reason.New("pipeline_differs", "pipeline", names[0], "own", names[1])
}
