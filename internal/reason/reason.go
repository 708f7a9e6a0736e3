// Package reason represents a refusal as data: a stable code and its parameters. Packages that refuse a cell, a row, a
// sheet or a run return a [Reason]; package words turns its code into text, which only code that talks to a user does.
package reason

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Params are the values that the text of a code names: strings, numbers, lists of strings, or times.
type Params map[string]any

// Reason says why something was refused, failed or is in doubt. It is an error, so that it can be returned and wrapped
// as one.
type Reason struct {
	// Code is stable between versions: lower case, words joined by underscores. docs/results.md lists the codes of rows.
	Code string
	// Params are the parameters that the text of the code names.
	Params Params
	// Cause is the underlying error, such as one of the file system; nil if none.
	Cause error
}

// Reasons is a list of reasons, in the order in which they are given. It may be a parameter of another reason.
type Reasons []Reason

// Worded returns the text of all reasons, given a function for the text of one; package words uses it for parameters.
func (rs Reasons) Worded(text func(code string, params map[string]any) string) string {
	texts := make([]string, len(rs))
	for i, r := range rs {
		texts[i] = text(r.Code, r.Params)
	}
	return strings.Join(texts, "; ")
}

// Has reports whether any of the reasons has one of the codes.
func (rs Reasons) Has(codes ...string) bool {
	return slices.ContainsFunc(rs, func(r Reason) bool { return slices.Contains(codes, r.Code) })
}

// New returns a reason with this code; params alternate between names and values, as in [log/slog].
func New(code string, params ...any) Reason {
	r := Reason{Code: code}
	for i := 0; i+1 < len(params); i += 2 {
		if r.Params == nil {
			r.Params = Params{}
		}
		r.Params[params[i].(string)] = params[i+1]
	}
	return r
}

// Because returns the reason with the underlying error.
func (r Reason) Because(cause error) Reason {
	r.Cause = cause
	return r
}

// Error returns the code and its parameters; it is a message for developers, not for users.
func (r Reason) Error() string {
	var text strings.Builder
	text.WriteString(r.Code)
	for _, name := range slices.Sorted(maps.Keys(r.Params)) {
		fmt.Fprintf(&text, " %s=%v", name, r.Params[name])
	}
	if r.Cause != nil {
		fmt.Fprintf(&text, ": %v", r.Cause)
	}
	return text.String()
}

// Unwrap returns the underlying error.
func (r Reason) Unwrap() error { return r.Cause }

// Is reports whether target is a reason with the same code.
func (r Reason) Is(target error) bool {
	other, ok := target.(Reason)
	return ok && other.Code == r.Code
}
