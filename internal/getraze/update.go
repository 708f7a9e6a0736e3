package getraze

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

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
	// Null clears a text with null where the observed dialect is spoken. The caller knows that the service takes it,
	// see [Opportunity.Nullable]. An owner is always cleared so.
	Null bool
}

// Update stores fields in the opportunity, under the names of a dialect: PUT /opportunities/:id, which leaves all
// other fields alone. The answer is filled as far as one came, also beside an error; its opportunity has the fields
// that were sent, ids, stage and owner. The error is an [*APIError] when the service said what is wrong, an
// [*AnswerError] when what came back is not the API's, a [*NotSentError] when the service can have seen nothing of it,
// and otherwise what kept an answer from coming: a [reason.Reason], or the network's error. The update may have been
// stored with an answer that is not the API's, and without one; it may have been stored in half if the service answered
// with a status of 500 or more.
func (c *Client) Update(ctx context.Context, id string, fields []Field, d Dialect) (Answer, error) {
	body, err := bodyOf(fields, d)
	if err != nil {
		return Answer{}, fmt.Errorf("opportunity %q: %w", id, err)
	}
	return c.one(ctx, http.MethodPut, id, "", body, fieldKeys(fields))
}

// SetStage gives the opportunity another stage: PATCH /opportunities/:id/stage. The field is that of
// [Dialect.StageField]. Answer and errors are as those of [Client.Update].
func (c *Client) SetStage(ctx context.Context, id string, stage Field) (Answer, error) {
	body, err := json.Marshal(map[string]string{stage.Name: stage.Text})
	if err != nil {
		return Answer{}, err
	}
	return c.one(ctx, http.MethodPatch, id, "/stage", body, fieldKeys([]Field{stage}))
}

// fieldKeys reports whether a key that is no landmark is to be kept of the answer to an update of the fields.
func fieldKeys(fields []Field) func(key string) bool {
	return func(key string) bool {
		return slices.ContainsFunc(fields, func(f Field) bool { return slices.Contains(keysOf(f.Name), key) })
	}
}

// bodyOf is a JSON object of the fields in the order of the names under which they are sent. Of two with one name it
// has the last.
func bodyOf(fields []Field, d Dialect) ([]byte, error) {
	type member struct {
		name  string
		field *Field
	}
	sorted := make([]member, 0, 16)
	length := 2
	for i := range fields {
		name := d.SentName(fields[i].Name)
		sorted = append(sorted, member{name, &fields[i]})
		length += len(`"":"",`) + len(name) + len(fields[i].Text)
	}
	slices.SortStableFunc(sorted, func(a, b member) int { return strings.Compare(a.name, b.name) })
	body := append(make([]byte, 0, length), '{')
	for i, m := range sorted {
		if i+1 < len(sorted) && sorted[i+1].name == m.name {
			continue
		}
		if len(body) > 1 {
			body = append(body, ',')
		}
		body = append(appendText(body, m.name), ':')
		var err error
		if body, err = m.field.appendJSON(body, d); err != nil {
			return nil, err
		}
	}
	return append(body, '}'), nil
}

// appendText writes a text as encoding/json does.
func appendText(to []byte, s string) []byte {
	if isVerbatim(s) {
		return append(append(append(to, '"'), s...), '"')
	}
	quoted, _ := json.Marshal(s) // a string always can be
	return append(to, quoted...)
}

// isVerbatim reports whether encoding/json writes a text as it is.
func isVerbatim(s string) bool {
	isASCII := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&':
			return false
		case c == 0xE2: // the line separators U+2028 and U+2029 begin with it
			return false
		case c >= utf8.RuneSelf:
			isASCII = false
		}
	}
	return isASCII || utf8.ValidString(s)
}

// json is the value as it is sent.
func (f Field) json(d Dialect) (json.RawMessage, error) { return f.appendJSON(nil, d) }

func (f *Field) appendJSON(to []byte, d Dialect) ([]byte, error) {
	switch {
	case f.Clear && (f.Number || f.clearsWithNull(d)):
		return append(to, "null"...), nil
	case f.Clear:
		return append(to, `""`...), nil
	case !f.Number:
		return appendText(to, f.Text), nil
	case f.Text == "":
		return nil, fmt.Errorf("%s: no number", f.Name) // encoding/json would write 0
	}
	if crm.IsJSONNumber(f.Text) {
		return append(to, f.Text...), nil
	}
	_, err := json.Marshal(json.Number(f.Text))
	return nil, err
}

// clearsWithNull: the observed dialect's owner is a UUID, for which "" is none.
func (f Field) clearsWithNull(d Dialect) bool {
	if d.SentName(f.Name) == "owner_user_id" {
		return true
	}
	return f.Null && d.form == observed && f.Name != crm.Name
}
