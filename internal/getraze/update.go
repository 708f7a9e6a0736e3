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

// Field is one field of an opportunity, under its documented name, and the value to store.
type Field struct {
	Name string
	Text string
	// Number sends Text as a JSON number with exactly these digits; Text must be a number.
	Number bool
	// Clear empties the field, whatever Text is: a number becomes null, a string becomes "".
	Clear bool
	// Null clears a string with null in the observed dialect. The caller must know that the service accepts it, see
	// [Opportunity.Nullable]. An owner is always cleared this way.
	Null bool
}

// Update stores fields in the opportunity, under the names of a dialect: PUT /opportunities/:id, which leaves all
// other fields alone. The answer is filled as far as one came, even if there is an error; its opportunity has the
// fields that were sent, ids, stage and owner. The error is an [*APIError] if the service said what is wrong, an
// [*AnswerError] if the answer is not the API's, a [*NotSentError] if the service can't have seen the request, and
// otherwise what kept an answer from coming: a [reason.Reason], or the network's error. With an answer that is not
// the API's, or without one, the update may have been stored. If the service answered with a status of 500 or more,
// it may have been stored in part. See also [AboutOther].
func (c *Client) Update(ctx context.Context, id string, fields []Field, d Dialect) (Answer, error) {
	body, err := bodyOf(fields, d)
	if err != nil {
		return Answer{}, fmt.Errorf("opportunity %q: %w", id, err)
	}
	return c.one(ctx, http.MethodPut, id, "", body, fieldKeys(fields))
}

// SetStage moves the opportunity to another stage: PATCH /opportunities/:id/stage. The field is the one that
// [Dialect.StageField] names. Answer and errors are as for [Client.Update].
func (c *Client) SetStage(ctx context.Context, id string, stage Field) (Answer, error) {
	body, err := json.Marshal(map[string]string{stage.Name: stage.Text})
	if err != nil {
		return Answer{}, err
	}
	return c.one(ctx, http.MethodPatch, id, "/stage", body, fieldKeys([]Field{stage}))
}

// fieldKeys returns a function that reports whether to keep a key, other than a landmark, of the answer to an update
// of the fields.
func fieldKeys(fields []Field) func(key string) bool {
	return func(key string) bool {
		return slices.ContainsFunc(fields, func(f Field) bool { return slices.Contains(keysOf(f.Name), key) })
	}
}

// bodyOf returns a JSON object of the fields, ordered by the names under which they are sent. Of two with the same
// name it has the last.
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

// appendText appends a string as encoding/json writes it.
func appendText(to []byte, s string) []byte {
	if isVerbatim(s) {
		return append(append(append(to, '"'), s...), '"')
	}
	quoted, _ := json.Marshal(s) // can't fail for a string
	return append(to, quoted...)
}

// isVerbatim reports whether encoding/json writes a string unchanged.
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

// json returns the value as it is sent.
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

// clearsWithNull reports whether the field is cleared with null: the observed dialect's owner is a UUID, which "" is
// not.
func (f Field) clearsWithNull(d Dialect) bool {
	if d.SentName(f.Name) == "owner_user_id" {
		return true
	}
	return f.Null && d.form == observed && f.Name != crm.Name
}
