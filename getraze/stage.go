package getraze

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// Statuses are those that a stage call takes, in the order of a sale (api.md, part 1).
var Statuses = [...]string{"new", "contacted", "qualified", "proposal", "negotiation", "won", "lost"}

// SetStage gives the opportunity a status: PATCH /opportunities/:id/stage. It is the only way to change it, as an update
// ignores it. Answer and errors are as those of [Client.Update].
func (c *Client) SetStage(ctx context.Context, id, status string) (Answer, error) {
	body, err := json.Marshal(map[string]string{"status": status})
	if err != nil {
		return Answer{}, err
	}
	return c.one(ctx, http.MethodPatch, id, "/stage", body)
}

// VerifyStage is [Answer.Verify] for the status that was sent, whose name in the results is "status".
func (a *Answer) VerifyStage(sent string) (notApplied, unverified []string) {
	raw, there := a.Opportunity["status"]
	switch {
	case !there:
		return nil, []string{"status"}
	case !strings.EqualFold(text(raw), sent):
		return []string{"status"}, nil
	}
	return nil, nil
}
