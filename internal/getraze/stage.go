package getraze

import (
	"context"
	"encoding/json"
	"net/http"
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
