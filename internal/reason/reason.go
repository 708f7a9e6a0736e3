// Package reason is the data of a refusal: a stable code and what it is about. Packages that refuse a cell, a row, a
// sheet or a run return a [Reason]; package words puts a text to its code, and only who talks to a user does that.
package reason

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Params are what the text of a code names: strings, numbers, lists of strings, or times.
type Params map[string]any

// Reason says why something was refused, failed or is in doubt. It is an error, so that it can be returned and wrapped
// as one.
type Reason struct {
	// Code is stable between versions: lower case, words joined by underscores. docs/results.md lists those of rows.
	Code string
	// Params are those that the text of the code names.
	Params Params
	// Cause is the error behind it, such as one of the file system; nil for none.
	Cause error
}

// Reasons are several, in the order in which they are said. They may stand among the parameters of another reason.
type Reasons []Reason

// Worded is the text of all of them, given the text of one; package words words parameters with it.
func (rs Reasons) Worded(text func(code string, params map[string]any) string) string {
	texts := make([]string, len(rs))
	for i, r := range rs {
		texts[i] = text(r.Code, r.Params)
	}
	return strings.Join(texts, "; ")
}

// Has reports whether one of them has one of the codes.
func (rs Reasons) Has(codes ...string) bool {
	return slices.ContainsFunc(rs, func(r Reason) bool { return slices.Contains(codes, r.Code) })
}

// New is a reason of this code; params alternate between names and values, as those of [log/slog] do.
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

// Because is the reason with the error behind it.
func (r Reason) Because(cause error) Reason {
	r.Cause = cause
	return r
}

// Error is for developers: the code and its parameters, not a text for users.
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

// Unwrap returns the error behind the reason.
func (r Reason) Unwrap() error { return r.Cause }

// Is tells whether target is a reason of the same code.
func (r Reason) Is(target error) bool {
	other, ok := target.(Reason)
	return ok && other.Code == r.Code
}
