// Package planned reads the plan for the command apply and decides whether it may be applied.
package planned

import (
	"bytes"
	"context"
	"io"
	"time"

	"razebulk/internal/files"
	"razebulk/internal/history"
	"razebulk/internal/reason"
	"razebulk/internal/review"
)

// MaxAge is how old a plan may be unless the user says otherwise.
const MaxAge = 7 * 24 * time.Hour

// Terms are the conditions under which a plan is applied.
type Terms struct {
	// Address is the API's address, as plans have it.
	Address string
	// MaxAge is how old the plan may be; 0 allows any age.
	MaxAge time.Duration
	// AcceptEdits applies edited lines as they are.
	AcceptEdits bool
}

// Plan is a plan that may be applied.
type Plan struct {
	// Name identifies the plan: two different plans have different names.
	Name string
	// Sheet is what is to be sent.
	Sheet io.Reader
	// HasStage reports whether a stage is to be set.
	HasStage bool
}

// Read reads the plan with this name. Its error says why the plan can't be applied.
func Read(ctx context.Context, name string, stdin io.Reader, on Terms) (Plan, error) {
	input, err := files.OpenInput(ctx, name, stdin)
	if err != nil {
		return Plan{}, err
	}
	defer input.Close()
	input.Until(ctx)
	content, err := io.ReadAll(io.NewSectionReader(input, 0, input.Size()))
	if err != nil {
		return Plan{}, err
	}
	plan, err := review.Read(content)
	if err == nil {
		err = on.refusal(plan)
	}
	var sheet bytes.Buffer
	if err == nil {
		err = plan.WriteSheet(&sheet)
	}
	if err != nil {
		return Plan{}, &refused{name, err}
	}
	return Plan{Name: plan.Name, Sheet: &sheet, HasStage: plan.HasStage()}, nil
}

// refusal returns why the plan must not be applied. Edits take precedence over other reasons.
func (on Terms) refusal(plan *review.Plan) error {
	if err := plan.EditedErr(); err != nil && !on.AcceptEdits {
		return err
	}
	age := time.Since(plan.Time)
	switch {
	case plan.Name == "": // all lines were deleted
		return nil
	case plan.BaseURL != on.Address:
		return reason.New("plan_of_other_address", "made", plan.BaseURL, "now", on.Address)
	case on.MaxAge > 0 && age > on.MaxAge:
		return reason.New("plan_too_old", "age", age, "max", on.MaxAge)
	}
	return applied(plan.Name)
}

// applied refuses a plan that was completely applied according to the history. Without a history it refuses none.
func applied(plan string) error {
	file, err := history.Open()
	if err != nil {
		return nil //nolint:nilerr // the run has not failed
	}
	runs, _, err := file.Read()
	if err != nil {
		return nil //nolint:nilerr // as above
	}
	if run, found := runs.Applied(plan); found {
		return reason.New("plan_applied", "at", run.Began.Local().Format(time.DateTime), "run", run.ID)
	}
	return nil
}

// refused is the error of a plan that can't be applied.
type refused struct {
	name  string
	cause error
}

func (e *refused) Error() string { return e.name + ": " + e.cause.Error() }

func (e *refused) Unwrap() error { return e.cause }
