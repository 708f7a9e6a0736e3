package cli

import (
	"errors"
	"strings"

	"razebulk/internal/reason"
)

// errorText is an error as users see it: each reason in it is replaced by its words, and by the words of its cause.
func errorText(err error) string {
	if why, ok := err.(reason.Reason); ok {
		return reasonText(why)
	}
	text := err.Error()
	for _, part := range wrapped(err) {
		text = strings.Replace(text, part.Error(), errorText(part), 1)
	}
	return text
}

func reasonText(why reason.Reason) string {
	text := inWords(why)
	if why.Cause != nil {
		text += ": " + errorText(why.Cause)
	}
	return text
}

func wrapped(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	if one := errors.Unwrap(err); one != nil {
		return []error{one}
	}
	return nil
}
