package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

func init() { batch.Words = inWords }

func inWords(why reason.Reason) string { return words.For(nil).Text(why.Code, why.Params) }

// worded is an error whose text is that of its reasons.
func worded(err error) error {
	if err == nil {
		return nil
	}
	return wordedError{err}
}

type wordedError struct{ error }

func (e wordedError) Unwrap() error { return e.error }

func (e wordedError) Error() string {
	if joined, ok := e.error.(interface{ Unwrap() []error }); ok {
		var texts []string
		for _, err := range joined.Unwrap() {
			texts = append(texts, wordedError{err}.Error())
		}
		return strings.Join(texts, "\n")
	}
	var why reason.Reason
	if errors.As(e.error, &why) {
		return inWords(why)
	}
	return e.error.Error()
}

// shownAs is what the preview shows of a value.
func shownAs(c csvmap.ColumnPreview, v csvmap.ValuePreview) string {
	switch {
	case v.Problem != nil:
		return "refused: " + inWords(reason.Reason{Code: v.Problem.Code, Params: v.Problem.Params})
	case v.Cell == nil && strings.HasPrefix(c.Field, "("):
		return ""
	case v.Cell == nil:
		return "-"
	case v.Cell.Clear && v.Cell.Number:
		return "null"
	case v.Cell.Number:
		return v.Cell.Text
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v.Cell.Text); err != nil {
		return fmt.Sprint(err)
	}
	return strings.TrimSuffix(text.String(), "\n")
}
