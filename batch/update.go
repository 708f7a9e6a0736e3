package batch

import (
	"context"
	"net/http"
	"slices"
	"time"

	"razebulk/batch/dialect"
	"razebulk/batch/internal/attempt"
	"razebulk/batch/internal/late"
	"razebulk/batch/internal/outcome"
	"razebulk/batch/internal/result"
	"razebulk/batch/internal/stage"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// ask makes the row's next request.
func (r *run) ask(ctx context.Context, t *task) attempt.Attempted {
	if t.looks {
		return r.look(ctx, t)
	}
	then := r.job.Known.Dialect.Now()
	if t.sendsAgain() {
		then = t.again.with
	}
	sent := t.sends[t.State.Request]
	var answer getraze.Answer
	var err error
	if stage.Is(sent) {
		answer, err = r.job.Client.SetStage(ctx, then.ID(t.Row.ID), stage.Sent(sent[0], then))
		stage.Show(answer.Opportunity, then)
	} else {
		answer, err = r.job.Client.Update(ctx, then.ID(t.Row.ID), sent, then)
	}
	if late.MayCome(answer, err) {
		r.late.Left(r.job.Known.keyList(t))
	}
	t.fields.Learn(sent, answer, err)
	t.other, _ = getraze.AboutOther(err)
	r.undoOther(t, answer)
	if err == nil {
		r.place(t, answer.Opportunity)
	}
	outcome := r.adapt(t, then, sent, answer, err)
	t.conclude(r.job.Known, answer, err, ctx.Err() != nil)
	t.result.Reasons = append(t.result.Reasons, r.Pacer.NeverAnswered(answer, err, ctx.Err() != nil)...)
	return attempt.Attempted{Answer: answer, Outcome: outcome, Status: string(t.result.Status), Reasons: t.result.Reasons}
}

// prepare compares a row that hasn't been prepared with what is known, and does what must be done before its first
// request. Rows of one id come here one after another.
func (r *run) prepare(t *task) error {
	if t.prepared {
		return nil
	}
	t.prepared = true
	r.job.Known.compare(&t.Plan, nil)
	if t.Status != "" {
		return nil
	}
	t.sends = t.requests()
	if err := r.job.Known.begin(t); err != nil {
		return err
	}
	if r.job.Undo == nil {
		return nil
	}
	return r.job.Undo(t.Row.ID, t.Changes())
}

// undoOther records values that the service holds instead of those that were sent, so that an undo of the run does not
// mistake them for changes by somebody else.
func (r *run) undoOther(t *task, answer getraze.Answer) {
	if r.job.Undo == nil {
		return
	}
	var others []Change
	for _, c := range t.Changes() {
		now, reported := answer.Opportunity.Value(c.Field)
		recordable := reported && (!c.Number || now.Empty || crm.IsJSONNumber(now.Text))
		if recordable && now.Text != c.Before && slices.Contains(t.fields.That(outcome.NotApplied), c.Field) {
			c.After, c.Clear = now.Text, now.Empty
			others = append(others, c)
		}
	}
	if others == nil {
		return
	}
	if err := r.job.Undo(t.Row.ID, others); err != nil {
		r.Stop(err)
	}
}

// isHopeless reports whether a row that was put off contains something that the service can't store, if this was not
// known when the row was sent.
func (r *run) isHopeless(t *task) bool {
	reasons := dialect.Unfit(r.job.Known.Dialect.Now(), t.sends[t.State.Request])
	if t.Made == 0 || len(reasons) == 0 {
		return false
	}
	t.result.Reasons = slices.Concat(t.result.Reasons, reasons)
	return true
}

func (t *task) isLastRequest() bool { return t.State.Request == len(t.sends)-1 }

// awaitsStage reports whether the row's stage is still to be sent.
func (t *task) awaitsStage() bool { return !t.isLastRequest() && stage.Is(t.sends[len(t.sends)-1]) }

// conclude derives the row's result from what the latest attempt shows, as if it were the last one.
func (t *task) conclude(known *Known, answer getraze.Answer, err error, interrupted bool) {
	if err == nil {
		t.recognize(answer.Opportunity)
	}
	unstored := t.unstored(known.Dialect.Now())
	others := slices.DeleteFunc(t.fields.That(outcome.NotApplied), func(field string) bool { return slices.Contains(unstored, field) })
	t.result = Result{
		Row: t.Row.Number, Line: t.Row.Line, ID: t.Row.ID, HTTPStatus: answer.HTTPStatus, Planned: max(len(t.sends), t.Requests()), Attempts: t.Made, FinishedAt: time.Now().UTC(),
		Sent:       t.fields.That(outcome.Refused, outcome.Doubtful, outcome.NotApplied, outcome.Unverified, outcome.Verified),
		NotApplied: others, Unverified: t.fields.That(outcome.Unverified),
	}
	if !known.IgnoreUnstored {
		t.result.NotApplied, t.result.NotStored = slices.Concat(others, unstored), unstored
	}
	isUnknown := err != nil && t.isUnknown(err) // the service knows none of their names
	switch {
	case isUnknown && !t.sendsAgain() && len(unstored) > 0 && len(others) == 0:
		t.concludeStored(others, unstored, known.IgnoreUnstored)
	case err != nil && !(isUnknown && t.sendsAgain()):
		t.concludeFailed(result.FailureOf(err, answer.HTTPStatus, interrupted, true))
	case !t.isLastRequest() && !t.awaitsStage():
		t.end(NotAttempted, reason.New("fields_stored"), reason.New("other_names_not_sent"))
	case !t.isLastRequest():
		t.end(NotAttempted, reason.New("fields_stored"), reason.New("status_not_sent"))
	default:
		t.concludeStored(others, unstored, known.IgnoreUnstored)
	}
}

// recognize marks as skipped the values that were omitted from the request because the service does not store them, but
// that it holds anyway.
func (t *task) recognize(o getraze.Opportunity) {
	for i := range t.Decisions {
		if d := &t.Decisions[i]; d.Choice == Unstored && o.Holds(d.Field) {
			before, _ := o.Value(d.Field.Name)
			*d = Decision{Field: d.Field, Choice: Skip, Seen: true, Before: before}
		}
	}
}

// concludeStored is called when no request remains. Others are the fields that were not applied, and unstored those
// that the service does not store in any row.
func (t *task) concludeStored(others, unstored []string, omit bool) {
	var failed []reason.Reason
	if differing := slices.DeleteFunc(slices.Clone(others), t.isMisplaced); len(differing) > 0 {
		failed = append(failed, reason.New("not_applied", "fields", differing))
	}
	if len(unstored) > 0 && !omit {
		failed = append(failed, reason.New("field_not_stored", "fields", unstored))
	}
	if t.lostTitle.Code != "" {
		failed = append(failed, t.lostTitle)
	}
	failed = append(failed, t.misplaced...)
	if len(failed) > 0 && len(unstored) > 0 && omit {
		failed = append(failed, reason.New("unstored_left_out", "fields", unstored))
	}
	doubts := reasonsOf(t.Row.Warnings)
	if len(unstored) > 0 {
		doubts = append(doubts, reason.New("unstored_left_out", "fields", unstored))
	}
	switch {
	case len(failed) > 0:
		t.end(NotApplied, append(failed, t.Reasons...)...)
	case len(t.Reasons) > 0: // a part of the row was left alone
		t.end(Conflict, t.Reasons...)
	case len(unstored) > 0 && len(t.fields.That(outcome.Verified, outcome.Unverified)) == 0:
		t.end(Empty, doubts...)
	default:
		t.end(Success, doubts...)
	}
}

func (t *task) end(status Status, reasons ...reason.Reason) {
	t.result.Status, t.result.Reasons = status, reasons
}

// concludeFailed names the part of the row that was stored, or not sent, along with the failure.
func (t *task) concludeFailed(f Failure) {
	if f.HTTPStatus == http.StatusInternalServerError && !stage.Is(t.sends[t.State.Request]) {
		f.Because(reason.New("half_stored"))
	}
	f.Reasons = append(t.storedBefore(), f.Reasons...)
	if t.awaitsStage() {
		f.Because(reason.New("status_not_sent"))
	}
	t.end(f.Status, f.Reasons...)
}

// storedBefore returns a reason if the fields were stored and the current request is for the stage:
// fields_stored_status_not if the service has refused that, otherwise fields_stored.
func (t *task) storedBefore() []reason.Reason {
	if t.State.Request == 0 || !stage.Is(t.sends[t.State.Request]) {
		return nil
	}
	if !slices.Contains(t.fields.That(outcome.Refused), crm.Status) {
		return []reason.Reason{reason.New("fields_stored")}
	}
	return []reason.Reason{reason.New("fields_stored_status_not")}
}

// cutShort is called for a row that would have been retried. A refusal such as 429 proves that the attempt was not
// stored, but must not make the row look finished.
func (t *task) cutShort() {
	if t.result.HTTPStatus/100 != 4 {
		return
	}
	stopped := reason.New("stopped_before_retry", "http", t.result.HTTPStatus, "status", string(t.result.Status))
	t.end(NotAttempted, append(t.storedBefore(), stopped)...)
}

// failOf reports a bug in this program as the row's failure. Rows that were already recorded stay recorded.
func (t *task) failOf(fault *PanicError) {
	t.result = t.Plan.result()
	t.result.Attempts = t.Made
	t.end(NetworkError, fault.Reason(), reason.New("maybe_stored"))
}
