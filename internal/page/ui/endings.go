package ui

import (
	"errors"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// ended returns why a run or its check has ended, if the page has its own text for that; otherwise "".
func (s *speech) ended(err error) string {
	var late *pace.OutOfTime
	switch {
	case batch.LacksPermission(err) && errors.As(err, new(*update.ReadingError)):
		return s.words.Say("ui_may_not_read")
	case batch.LacksPermission(err):
		return s.words.Say("ui_may_not_update")
	case errors.As(err, &late):
		why, _ := s.outOfTime(late)
		return why
	}
	return ""
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

func isStopped(err error) bool { return errors.Is(err, work.ErrStopped) }

// isRejected reports whether the service rejected the API key.
func isRejected(err error) bool { return errors.Is(err, batch.ErrKeyRejected) }

// isAllRejected reports whether the service rejected the API key at each row, so that nothing has changed in the CRM.
func isAllRejected(r *work.Result) bool {
	var why reason.Reason
	if !isRejected(r.Err) || !errors.As(r.Err, &why) {
		return false
	}
	status, _ := why.Params["status"].(string)
	return r.Counts.Sent == r.Counts.ByStatus[batch.Status(status)]
}
