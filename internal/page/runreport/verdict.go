package runreport

import (
	"razebulk/batch"
	"razebulk/internal/notify"
	"razebulk/internal/page"
)

// verdict is the first thing that the page says.
type verdict struct {
	Mark           page.Kind
	Headline, Lead string
}

func (v view) verdict() verdict {
	switch v.Summary.State {
	case notify.Running:
		return verdict{page.Wait, v.say("page_running"), v.say("page_lead_running")}
	case notify.Refused:
		return verdict{page.Bad, v.say("page_refused"), v.say("page_lead_refused")}
	case notify.Stopped:
		if v.changedNothing() {
			return verdict{page.Bad, v.say("page_refused"), v.say("page_lead_refused")}
		}
		return v.stopped()
	}
	if v.dry() {
		return v.foundByDry()
	}
	return v.finished()
}

// changedNothing reports whether a run that was stopped has certainly stored nothing.
func (v view) changedNothing() bool {
	s := v.Summary
	return s.Requests.Earlier == 0 && (s.Requests.Sent == 0 || s.EndedBy == "key_rejected" && v.count(batch.Success) == 0)
}

func (v view) stopped() verdict {
	headline := v.say("page_stopped_all")
	if n := v.total(); n > 0 {
		headline = v.say("page_stopped", "done", n-v.remaining()-v.count(batch.NotAttempted), "n", n)
	}
	return verdict{page.Warn, headline, v.say("page_lead_stopped")}
}

func (v view) finished() verdict {
	stored, failed := v.count(batch.Success), v.failed()
	switch {
	case failed > 0:
		lead := v.say("page_lead_partly", "n", stored, "same", v.count(batch.Unchanged)+v.count(batch.Empty), "undo", v.Details.undoes)
		return verdict{page.Warn, v.say("page_done_partly", "failed", failed, "n", v.total()), lead}
	case stored == 0:
		return verdict{page.Good, v.say("page_done_nothing"), v.say("page_lead_nothing")}
	case v.Details.undoes:
		return verdict{page.Good, v.say("page_undone", "n", stored), v.say("page_lead_done")}
	case stored == v.total() && stored > 1:
		return verdict{page.Good, v.say("page_done_all", "n", stored), v.say("page_lead_done")}
	}
	return verdict{page.Good, v.say("page_done", "n", stored), v.say("page_lead_done")}
}

func (v view) foundByDry() verdict {
	send, failed := v.count(planned), v.failed()
	switch {
	case failed > 0:
		return verdict{page.Warn, v.say("page_would_partly", "failed", failed, "n", v.total()), v.say("page_lead_would_left", "n", send)}
	case send == 0:
		return verdict{page.Good, v.say("page_would_not"), v.say("page_lead_would")}
	case v.Details.undoes:
		return verdict{page.Good, v.say("page_would_undo", "n", send), v.say("page_lead_would")}
	}
	return verdict{page.Good, v.say("page_would", "n", send), v.say("page_lead_would")}
}

// todo returns what the reader has to do, in this order.
func (v view) todo() []string {
	var todo []string
	add := func(code string, params ...any) { todo = append(todo, v.say(code, params...)) }
	s := v.Summary
	switch s.State {
	case notify.Running:
		add("page_todo_wait")
	case notify.Refused:
		add("page_todo_message")
	case notify.Stopped:
		if s.Resumable {
			add("page_todo_resume")
		} else {
			add("page_todo_message")
		}
	}
	todo = append(todo, v.toCorrect()...)
	if n := v.Details.warningCount; n > 0 && s.State != notify.Running {
		add("page_todo_warnings", "n", n)
	}
	switch {
	case s.State == notify.Finished && v.dry() && v.count(planned) > 0:
		todo = append(todo, v.toSend()...)
	case len(todo) == 0:
		add("page_todo_nothing")
	}
	if s.Files.Undo != "" && !v.Details.undoes {
		add("page_todo_undo", "file", base(s.Files.Undo))
	}
	return todo
}

// toCorrect returns what to do about rows that need attention.
func (v view) toCorrect() []string {
	var todo []string
	conflicts := min(v.Details.conflictRows, v.failed())
	if wrong := v.failed() - conflicts; wrong > 0 && v.Summary.State != notify.Stopped {
		file := v.Summary.Files.Failed
		if file == "" || v.dry() {
			todo = append(todo, v.say("page_todo_failed_sheet", "n", wrong))
		} else {
			todo = append(todo, v.say("page_todo_failed", "n", wrong, "file", base(file), "groups", len(v.Details.groups) > 0))
		}
	}
	if conflicts > 0 {
		todo = append(todo, v.say("page_todo_conflicts", "n", conflicts))
	}
	return todo
}

func (v view) toSend() []string {
	send := v.say("page_todo_send")
	if v.Details.compared && !v.Applies && v.Summary.Files.Plan != "" {
		send = v.say("page_todo_apply", "file", base(v.Summary.Files.Plan))
	}
	return []string{v.say("page_todo_look"), send}
}

// when returns the time by which it has to be done.
func (v view) when() string {
	s := v.Summary
	switch {
	case s.State == notify.Stopped && s.EndedBy == "quota_spent" && s.Quota != nil:
		return v.say("page_when_resume", "at", v.soon(s.Quota.Resets))
	case s.State == notify.Stopped && !v.changedNothing():
		return v.say("page_when_soon")
	case s.State == notify.Finished && v.dry() && v.count(planned) > 0 && v.Details.planned != nil:
		done := v.soon(v.Details.planned.Cost.Outlook.Done)
		if v.Details.compared && !v.Applies && v.PlanAge > 0 {
			return v.say("page_when_plan", "at", v.moment(v.now().Add(v.PlanAge)), "done", done)
		}
		return v.say("page_when_sent", "at", done)
	case s.State == notify.Finished && v.failed() > 0:
		return v.say("page_when_failed")
	}
	return v.say("page_when_none")
}
