package getraze

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"razebulk/internal/crm"
)

// Field is one field of an opportunity, by its documented name, and the value to store.
type Field struct {
	Name string
	Text string
	// Number sends Text as a JSON number with just these digits; it must be one.
	Number bool
	// Clear empties the field, whatever Text says: a number becomes null, a text "".
	Clear bool
}

// Update stores fields in the opportunity: PUT /opportunities/:id, which leaves all other fields alone. The answer is
// filled as far as one came, also beside an error. The error is an [*APIError] when the service said what is wrong, an
// [*AnswerError] when what came back is not the API's, and otherwise what kept an answer from coming; the update may
// have been stored in either of the last two cases.
func (c *Client) Update(ctx context.Context, id string, fields []Field) (Answer, error) {
	body, err := bodyOf(fields)
	if err != nil {
		return Answer{}, fmt.Errorf("opportunity %q: %w", id, err)
	}
	return c.one(ctx, http.MethodPut, id, "", body)
}

// SetStage gives the opportunity a status: PATCH /opportunities/:id/stage. It is the only way to change it, as an
// update ignores it. Answer and errors are as those of [Client.Update].
func (c *Client) SetStage(ctx context.Context, id, status string) (Answer, error) {
	body, err := json.Marshal(map[string]string{crm.Status: status})
	if err != nil {
		return Answer{}, err
	}
	return c.one(ctx, http.MethodPatch, id, "/stage", body)
}

func bodyOf(fields []Field) ([]byte, error) {
	body := make(map[string]json.RawMessage, len(fields))
	for _, f := range fields {
		raw, err := f.json()
		if err != nil {
			return nil, err
		}
		body[f.Name] = raw
	}
	return json.Marshal(body)
}

// json is the value as it is sent.
func (f Field) json() (json.RawMessage, error) {
	switch {
	case f.Clear && f.Number:
		return json.RawMessage("null"), nil
	case f.Clear:
		return json.RawMessage(`""`), nil
	case !f.Number:
		return json.Marshal(f.Text)
	case f.Text == "":
		return nil, fmt.Errorf("%s: no number", f.Name) // encoding/json would write 0
	}
	return json.Marshal(json.Number(f.Text))
}
