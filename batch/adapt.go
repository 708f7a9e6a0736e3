package batch

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"razebulk/batch/dialect"
	"razebulk/batch/internal/attempt"
	"razebulk/batch/internal/outcome"
	"razebulk/batch/internal/stage"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
)

// adapt learns from the answer to a request how the service accepts fields, decides whether the row therefore needs
// another request, and returns the attempt's outcome.
func (r *run) adapt(t *task, then getraze.Dialect, sent []getraze.Field, answer getraze.Answer, err error) attempt.Outcome {
	switch {
	case err == nil:
		return r.adaptStored(t, then, sent, answer)
	case t.isUnknown(err):
		return r.adaptRefused(t, then, sent)
	}
	outcome := attempt.OutcomeOf(answer, err)
	if outcome == attempt.FailedInside && !stage.Is(sent) && r.mustLook(t) {
		t.looks, outcome = true, attempt.FailedUnclear
	}
	return outcome
}

// mustLook reports whether the row is read again after a 500: if it was read before, or if the ledger doesn't know its
// contact, whose other opportunities may have been changed as well.
func (r *run) mustLook(t *task) bool {
	known := r.job.Known
	return known.Current != nil || known.Ledger != nil && known.hidesContact(t) && !r.mayNotRead.Load()
}

// showsContact records the contact that an answer shows.
func (r *run) showsContact(t *task, o getraze.Opportunity) {
	if contact := o.ContactID(); contact != "" {
		t.contact = contact
		r.job.Known.contacts.Learn(t.Row.ID, contact)
		r.order.Join(t)
	}
}

// isUnknown reports whether the service refused the fields because it knows none of their names.
func (t *task) isUnknown(err error) bool {
	var refused *getraze.APIError
	return errors.As(err, &refused) && refused.NothingToUpdate() && !stage.Is(t.sends[t.State.Request])
}

// adaptStored resends fields that came back with a different value, if they have another name.
func (r *run) adaptStored(t *task, then getraze.Dialect, sent []getraze.Field, answer getraze.Answer) attempt.Outcome {
	r.showsContact(t, answer.Opportunity)
	instructive := sent
	if t.fields.AreVerified() && then.Tried(sent) {
		instructive = nil
	}
	now := r.job.Known.Dialect.LearnUpdate(then, instructive, answer.Opportunity)
	var ignored []getraze.Field
	for _, name := range t.fields.That(outcome.NotApplied) {
		if i := slices.IndexFunc(sent, func(f getraze.Field) bool { return f.Name == name }); i >= 0 {
			ignored = append(ignored, sent[i])
		}
	}
	if again, with := now.Again(then, t.rename(ignored)); len(again) > 0 {
		t.sends = slices.Insert(t.sends, t.State.Request+1, again)
		t.again.at, t.again.with = t.State.Request+1, with
	}
	if t.isLastRequest() {
		return attempt.Concluded
	}
	return attempt.StoredInPart
}

// adaptRefused sends the fields that have another name under that name, instead of all fields. If they were sent again,
// the answer to the first request remains.
func (r *run) adaptRefused(t *task, then getraze.Dialect, sent []getraze.Field) attempt.Outcome {
	now := r.job.Known.Dialect.LearnRefusal(then, sent)
	if t.sendsAgain() {
		for _, f := range sent {
			t.fields.Set(f, outcome.NotApplied)
		}
		if t.isLastRequest() {
			return attempt.Concluded
		}
		return attempt.StoredInPart
	}
	again := t.rename(dialect.Renamed(then, now, sent))
	for _, f := range sent {
		if len(again) > 0 || !now.Stores(f.Name) {
			t.fields.Set(f, outcome.NotApplied)
		}
	}
	switch {
	case len(again) > 0:
		t.sends[t.State.Request] = again
		return attempt.Misnamed
	case len(t.unstored(now)) == len(t.fields) && t.awaitsStage():
		return attempt.StoredInPart
	}
	return attempt.Concluded
}

// repeat is a request of a row that sends fields a second time.
type repeat struct {
	at   int // its place among the row's requests; 0 if there is none
	with getraze.Dialect
}

// sendsAgain reports whether the next request, or the latest, sends fields again under their other name, because they
// came back with another value.
func (t *task) sendsAgain() bool { return t.again.at > 0 && t.State.Request == t.again.at }

// rename returns those of the fields that were not yet sent under their other name.
func (t *task) rename(fields []getraze.Field) []getraze.Field {
	if t.renamed == nil && len(fields) > 0 {
		t.renamed = map[string]bool{}
	}
	return slices.DeleteFunc(fields, func(f getraze.Field) bool {
		before := t.renamed[f.Name]
		t.renamed[f.Name] = true
		return before
	})
}

// unstored returns the fields that the row would change but the service does not store in any row, sent or not.
func (t *task) unstored(d getraze.Dialect) []string {
	unstored := namesOf(t.Unstored())
	for _, field := range t.fields.That(outcome.NotApplied) {
		if !d.Stores(field) && !slices.Contains(unstored, field) {
			unstored = append(unstored, field)
		}
	}
	return unstored
}

// look reads what was stored by a request that was answered with a 500. What was stored is not sent again.
func (r *run) look(ctx context.Context, t *task) attempt.Attempted {
	sent := t.sends[t.State.Request]
	answer, err := r.job.Client.Get(ctx, r.job.Known.Dialect.Now().ID(t.Row.ID), namesOf(sent)...)
	t.result.Attempts = t.Made
	got := attempt.Attempted{
		Answer: answer, Outcome: attempt.FailedInside, Looked: err == nil, Status: string(t.result.Status), Reasons: t.result.Reasons,
	}
	switch status := answer.HTTPStatus; {
	case status == http.StatusTooManyRequests:
		got.Outcome = attempt.RefusedForNow
		return got
	case status == http.StatusForbidden && r.job.Known.Current == nil:
		r.mayNotRead.Store(true)
	case (status == http.StatusUnauthorized || status == http.StatusForbidden) && !attempt.IsTransient(answer, err):
		got.Outcome = attempt.Concluded // ends the run
	}
	t.looks = false
	if err != nil {
		return got
	}
	r.job.Known.Dialect.Learn(answer.Opportunity)
	r.showsContact(t, answer.Opportunity)
	missing, half := dialect.Missing(answer.Opportunity, sent)
	for _, f := range sent {
		t.fields.Set(f, outcome.Verified)
	}
	lacking := slices.Concat(half, missing)
	for _, f := range lacking {
		t.fields.Set(f, outcome.NotApplied)
	}
	if len(lacking) == 0 {
		t.conclude(r.job.Known, answer, nil, false)
		got.Outcome = attempt.Concluded
		if !t.isLastRequest() {
			got.Outcome = attempt.StoredInPart
		}
		got.Status, got.Reasons = string(t.result.Status), t.result.Reasons
		return got
	}
	t.sends[t.State.Request] = lacking
	t.result.NotApplied = t.fields.That(outcome.NotApplied)
	t.result.Reasons = slices.DeleteFunc(t.result.Reasons, func(r reason.Reason) bool { return r.Code == "half_stored" })
	t.result.Reasons = append(t.result.Reasons,
		reason.New("read_again", "stored", t.fields.That(outcome.Verified), "half", namesOf(half), "missing", namesOf(missing)))
	return got
}
