package batch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"razebulk/csvmap"
	"razebulk/internal/crm"
	"razebulk/internal/getraze"
)

// updater sends rows: for each its update, and then its stage.
type updater struct{ Job }

func (u updater) begin(t *task) error {
	u.Known.shrink(&t.Plan)
	if t.Settled != "" {
		t.last = t.result(t.Settled)
		t.last.HTTPStatus = t.httpStatus
		return nil
	}
	if err := u.Known.begin(t); err != nil {
		return err
	}
	if u.Backup == nil {
		return nil
	}
	return u.Backup(t.Row.ID, t.Changes)
}

// setsStage tells whether it is the stage's turn.
func (t *task) setsStage() bool { return len(t.Send) == 0 || t.updated.Status != "" }

func (u updater) ask(ctx context.Context, t *task) (getraze.Answer, error) {
	if t.setsStage() {
		return u.Client.SetStage(ctx, t.Row.ID, getraze.Field{Name: crm.Status, Text: t.Stage})
	}
	return u.Client.Update(ctx, t.Row.ID, t.Send, getraze.Dialect{})
}

func (u updater) keep(t task) error {
	if err := u.Record(t.last); err != nil {
		return err
	}
	return u.Known.note(t)
}

func (u updater) judge(t *task, answer getraze.Answer, err error, inFlight context.Context) (result Result, done bool) {
	if t.setsStage() {
		return u.judgeStage(t, answer, err, inFlight), true
	}
	result = t.judged(answer, err, t.Send, inFlight)
	switch {
	case err != nil && t.Stage != "":
		result.Message += "; the status was not sent"
	case err == nil && t.Stage != "":
		t.updated = result
		result.Status, result.Message = NotAttempted, "the fields were stored; the status was not sent"
		return result, false
	}
	return t.withLeft(result), true
}

func (u updater) judgeStage(t *task, answer getraze.Answer, err error, inFlight context.Context) Result {
	result := t.judged(answer, err, []getraze.Field{t.stageField()}, inFlight)
	if t.updated.Status == "" {
		return t.withLeft(result)
	}
	result.Sent = slices.Concat(t.updated.Sent, result.Sent)
	result.NotApplied = slices.Concat(t.updated.NotApplied, result.NotApplied)
	result.Unverified = slices.Concat(t.updated.Unverified, result.Unverified)
	switch {
	case err != nil:
		result.Message = "the fields were stored, but not the status: " + result.Message
	case len(result.NotApplied) > 0:
		result.Status, result.Message = NotApplied, notApplied(result.NotApplied)
	}
	return t.withLeft(result)
}

// withLeft tells of what was left alone beside what was stored.
func (t *task) withLeft(result Result) Result {
	if len(t.Left) == 0 || result.Status != Success {
		return result
	}
	result.Status, result.Message = Conflict, t.leftAlone()
	return result
}

// judged says what an attempt to send these fields proves.
func (t *task) judged(answer getraze.Answer, err error, sent []getraze.Field, inFlight context.Context) Result {
	result := t.result(Success)
	result.HTTPStatus = answer.HTTPStatus
	for _, field := range sent {
		result.Sent = append(result.Sent, field.Name)
	}
	if err != nil {
		t.fate.fail(sent, err)
		result.Status, result.Message = failure(err, inFlight, len(sent) > 0)
		return result
	}
	result.Message = csvmap.JoinProblems(t.Row.Warnings)
	result.NotApplied, result.Unverified = answer.Verify(sent)
	t.fate.learn(sent, result)
	if len(result.NotApplied) > 0 {
		result.Status, result.Message = NotApplied, notApplied(result.NotApplied)
	}
	return result
}

func notApplied(fields []string) string {
	return "the service answered with success, but holds another value than the one sent for " + strings.Join(fields, ", ")
}

// fail makes what was sent doubtful, but for a refusal: then it is plain that nothing was stored.
func (f *fate) fail(sent []getraze.Field, err error) {
	f.forget(sent)
	if refused := (*getraze.APIError)(nil); errors.As(err, &refused) && refused.HTTPStatus < 500 {
		return
	}
	f.doubtful = append(f.doubtful, sent...)
}

// forget takes back what an earlier attempt has left in doubt.
func (f *fate) forget(sent []getraze.Field) {
	f.doubtful = slices.DeleteFunc(f.doubtful, func(field getraze.Field) bool {
		return slices.ContainsFunc(sent, func(s getraze.Field) bool { return s.Name == field.Name })
	})
}

// learn sorts what was sent by what the answer says.
func (f *fate) learn(sent []getraze.Field, result Result) {
	f.forget(sent)
	for _, field := range sent {
		if slices.Contains(result.NotApplied, field.Name) {
			f.doubtful = append(f.doubtful, field)
			continue
		}
		f.stored = append(f.stored, field)
		f.verified = append(f.verified, !slices.Contains(result.Unverified, field.Name))
	}
}

// failure says what an error means. What changes nothing leaves no doubt whether something was stored.
func failure(err error, inFlight context.Context, changes bool) (Status, string) {
	doubt := ""
	if changes {
		doubt = "; the update may have been stored"
	}
	var refused *getraze.APIError
	var unusable *getraze.AnswerError
	switch {
	case errors.As(err, &refused) && (refused.HTTPStatus >= 500 || Status(refused.Code).ownMeaning()):
		return ServerError, fmt.Sprintf("answered %d %s: %s", refused.HTTPStatus, refused.Code, refused)
	case errors.As(err, &refused):
		return Status(refused.Code), refused.Error()
	case errors.As(err, &unusable):
		return ServerError, unusable.Error()
	case inFlight.Err() != nil:
		return NetworkError, "interrupted while the request was under way" + doubt
	}
	if dial := (*net.OpError)(nil); errors.As(err, &dial) && dial.Op == "dial" {
		return NetworkError, err.Error() + "; nothing was sent"
	}
	return NetworkError, err.Error() + doubt
}
