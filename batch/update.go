package batch

import (
	"context"
	"time"

	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// prepare compares a row that hasn't been prepared with what is known, and does what must be done before its first
// request. Rows of one id come here one after the other.
func (r *run) prepare(t *task) error {
	if t.prepared {
		return nil
	}
	t.prepared = true
	r.job.Known.compare(&t.Plan, nil)
	t.result = t.Plan.result()
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

// ask makes the row's next request.
func (r *run) ask(ctx context.Context, t *task) attempted {
	sent := t.sends[t.state.request]
	var answer getraze.Answer
	var err error
	if isStage(sent) {
		answer, err = r.job.Client.SetStage(ctx, t.Row.ID, sent[0])
	} else {
		answer, err = r.job.Client.Update(ctx, t.Row.ID, sent, getraze.Dialect{})
	}
	t.learn(sent, answer, err)
	t.conclude(answer, err, ctx.Err() != nil)
	t.result.Reasons = append(t.result.Reasons, r.pacer.NeverAnswered(answer, err, ctx.Err() != nil)...)
	got := attempted{answer: answer, outcome: outcomeOf(answer, err), status: t.result.Status, reasons: t.result.Reasons}
	if err == nil && !t.isLastRequest() {
		got.outcome = storedInPart
	}
	return got
}

func (t *task) isLastRequest() bool { return t.state.request == len(t.sends)-1 }

// conclude makes the row's result from what the latest attempt shows, as if it were the last one.
func (t *task) conclude(answer getraze.Answer, err error, interrupted bool) {
	t.result = Result{
		Row: t.Row.Number, Line: t.Row.Line, ID: t.Row.ID, HTTPStatus: answer.HTTPStatus, Planned: len(t.sends), Attempts: t.made, FinishedAt: time.Now().UTC(),
		Sent:       t.fieldsThat(refused, doubtful, notApplied, unverified, verified),
		NotApplied: t.fieldsThat(notApplied), Unverified: t.fieldsThat(unverified),
	}
	switch {
	case err != nil:
		t.concludeFailed(failureOf(err, answer.HTTPStatus, interrupted, true))
	case !t.isLastRequest():
		t.end(NotAttempted, reason.New("fields_stored"), reason.New("status_not_sent"))
	case len(t.result.NotApplied) > 0:
		t.end(NotApplied, reason.New("not_applied", "fields", t.result.NotApplied))
	case len(t.Conflicts()) > 0:
		t.end(Conflict, t.Reasons...)
	default:
		t.end(Success, reasonsOf(t.Row.Warnings)...)
	}
}

func (t *task) end(status Status, reasons ...reason.Reason) {
	t.result.Status, t.result.Reasons = status, reasons
}

// conclude names the part of the row that was stored, or not sent, beside the failure.
func (t *task) concludeFailed(f Failure) {
	switch {
	case t.state.request > 0:
		f.Reasons = append(t.storedBefore(), f.Reasons...)
	case !t.isLastRequest():
		f.because(reason.New("status_not_sent"))
	}
	t.end(f.Status, f.Reasons...)
}

// storedBefore says that the row's first request had success, if it had one.
func (t *task) storedBefore() []reason.Reason {
	if t.state.request == 0 {
		return nil
	}
	return []reason.Reason{reason.New("fields_stored_status_not")}
}

// cutShort is for a row that would have been tried again. A refusal such as 429 proves that the attempt was not
// stored, and must not look as if the row were finished.
func (t *task) cutShort() {
	if t.result.HTTPStatus/100 != 4 {
		return
	}
	stopped := reason.New("stopped_before_retry", "http", t.result.HTTPStatus, "status", string(t.result.Status))
	t.end(NotAttempted, append(t.storedBefore(), stopped)...)
}

// failOf makes a fault of this program the row's failure. The rows that were recorded stay recorded.
func (t *task) failOf(fault *PanicError) {
	t.result = t.Plan.result()
	t.result.Attempts = t.made
	t.end(NetworkError, fault.Reason(), reason.New("maybe_stored"))
}
