package ui

import (
	"errors"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/words"
)

// ended returns why a run or its check has ended, if the page has its own text for that; otherwise "".
func (s *speech) ended(err error) string {
	var late *pace.OutOfTime
	if !errors.As(err, &late) {
		return ""
	}
	why, _ := s.outOfTime(late)
	return why
}

// again returns the text with this code, which says when to do again what ran out of time; "" if something else has
// ended it.
func (s *speech) again(code string, err error) string {
	var late *pace.OutOfTime
	if !errors.As(err, &late) {
		return ""
	}
	_, when := s.outOfTime(late)
	return s.words.Say(code, "when", words.Ready(when))
}

// outOfTime returns why a run ends before its rows are done, and when the rest can be sent.
func (s *speech) outOfTime(late *pace.OutOfTime) (why, when string) {
	switch late.Why {
	case pace.ForOutage:
		return s.err(late.Reason()), s.words.Say("ui_when_back")
	case pace.ForQuota:
		why = s.words.Say("ui_out_of_quota")
	case pace.ForService:
		why = s.words.Say("ui_out_of_service")
	default:
		return s.words.Say("ui_out_of_time"), s.words.Say("ui_when_now")
	}
	if time.Now().After(late.Next) {
		return why, s.words.Say("ui_when_now")
	}
	return why, s.words.Say("once_time", "next", late.Next)
}
