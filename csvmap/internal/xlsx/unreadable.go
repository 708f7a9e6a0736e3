package xlsx

import (
	"errors"
	"maps"

	"razebulk/internal/reason"
)

// maxDetail is how many characters of a text from the file, or from a library, are shown: a name or a value may have
// any length.
const maxDetail = 200

// damaged returns the error for a workbook that can't be read. why is a part of its text.
func damaged(why reason.Reason) error {
	for name, param := range why.Params {
		if text, ok := param.(string); ok {
			why.Params[name] = cutTo(maxDetail, text)
		}
	}
	return reason.New("workbook_unreadable", "why", reason.Reasons{why})
}

// unreadable returns the error for a file that isn't what it should be, or the error of reading it, or err itself if
// that is already a reason. It doesn't wrap err: an io.EOF in it is not the end of the rows.
func (p *parts) unreadable(err error) error {
	if failed := p.source.failed.Load(); failed != nil {
		return *failed
	}
	var known reason.Reason
	if errors.As(err, &known) {
		return known
	}
	return damaged(reason.New("workbook_error", "message", err.Error()))
}

// within is [parts.unreadable] for an error at a place, whose text begins with it.
func (p *parts) within(place reason.Reason, err error) error {
	err = p.unreadable(err)
	var known reason.Reason
	if !errors.As(err, &known) || known.Code != "workbook_unreadable" {
		return err
	}
	params := reason.Params{"why": known.Params["why"]}
	maps.Copy(params, place.Params)
	return damaged(reason.Reason{Code: place.Code, Params: params})
}
