package sandbox

import (
	"net/http"
	"time"

	"razebulk/internal/sandbox/internal/postgres"
)

// patchStage answers PATCH /opportunities/{id}/stage. The pipeline does not change.
func (d *observed) patchStage(c call) answer {
	wanted := looseObject(c.body)["stage_id"]
	if wanted == nil || wanted == "" {
		return invalid("stage_id is required")
	}
	id, isID := uuidColumn(wanted)
	return d.withOpportunity(c, stageFailed, func(o *Stored) answer {
		if !isID {
			return internalError(stageFailed)
		}
		to, known := d.stages[id]
		if !known {
			return invalid("Invalid stage_id")
		}
		return d.moveTo(o, to)
	})
}

func (d *observed) moveTo(o *Stored, to Stage) answer {
	type end struct {
		ID   string `json:"id"`
		Name Text   `json:"name"`
	}
	from := end{o.StageID, postgres.NonEmpty(d.stages[o.StageID].Name)}
	o.StageID, o.UpdatedAt = to.ID, d.timestamp()
	if reached := o.reachedAt(to.Name); reached != nil {
		*reached = o.UpdatedAt
	}
	data := struct {
		storedColumns
		StageName string `json:"stage_name"`
	}{d.columnsOf(o), to.Name}
	change := struct {
		From end `json:"from"`
		To   end `json:"to"`
	}{from, end{to.ID, postgres.TextOf(to.Name)}}
	return jsonAnswer(http.StatusOK, envelope{Success: true, Data: data, StageChange: change})
}

// reachedAt returns the time that a stage with this name sets, or nil: most names set none, including Ganho and
// Perdido.
func (o *Stored) reachedAt(stage string) *time.Time {
	switch stage {
	case "invite_sent":
		return &o.SentAt
	case "accepted":
		return &o.AcceptedAt
	case "qualifying":
		return &o.QualifyingStartedAt
	case "qualified":
		return &o.QualifiedAt
	case "scheduled":
		return &o.ScheduledAt
	case "won":
		return &o.WonAt
	case "lost":
		return &o.LostAt
	}
	return nil
}
