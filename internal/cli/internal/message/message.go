// Package message puts errors into words for users.
package message

import (
	"io/fs"
	"os"
	"strings"

	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// OfReason returns the text of a reason and of its cause.
func OfReason(w *words.Words, r reason.Reason) string {
	text := w.Text(r.Code, r.Params)
	if r.Cause != nil {
		text += ": " + Of(w, r.Cause)
	}
	return text
}

// Explained is an error with its text for the user.
type Explained struct {
	Err  error
	Text string
}

func (e Explained) Error() string { return e.Text }

// Unwrap returns the error.
func (e Explained) Unwrap() error { return e.Err }

// Of returns an error as users see it: each reason in it is replaced by its text.
func Of(w *words.Words, err error) string {
	switch e := err.(type) { //nolint:errorlint // wrapped errors are handled below
	case Explained:
		return e.Text
	case reason.Reason:
		return OfReason(w, e)
	case interface{ Reason() reason.Reason }:
		return OfReason(w, e.Reason())
	case *update.ReadingError:
		return Of(w, e.Cause)
	case *files.HeldError:
		return w.Say("file_in_use", "file", e.Path, "process", words.Ready(e.Process))
	case *fs.PathError:
		if e.Op == "open" || e.Op == "stat" {
			return e.Path + ": " + w.Term(e.Err.Error())
		}
		return w.Term(e.Op) + " " + e.Path + ": " + w.Term(e.Err.Error())
	case *os.LinkError:
		return w.Term(e.Op) + " " + e.Old + " " + e.New + ": " + w.Term(e.Err.Error())
	}
	parts, text := wrapped(err), err.Error()
	if len(parts) == 0 {
		return w.Term(text)
	}
	for _, part := range parts {
		text = strings.Replace(text, part.Error(), Of(w, part), 1)
	}
	return text
}

// wrapped returns the errors that another one wraps.
func wrapped(err error) []error {
	switch e := err.(type) { //nolint:errorlint // it asks for what is wrapped
	case interface{ Unwrap() []error }:
		return e.Unwrap()
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			return []error{inner}
		}
	}
	return nil
}
