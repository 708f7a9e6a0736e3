package cli

import (
	"errors"
	"fmt"

	"razebulk/batch"
	"razebulk/internal/words"
	"razebulk/report"
)

// writePlan is the end of a dry run.
func (u *updating) writePlan() error {
	sheet, err := u.openSheet()
	if err != nil {
		return err
	}
	defer sheet.Close()
	if replaceable, err := report.IsPlan(u.paths.plan); err != nil || !replaceable {
		return usageError(errors.Join(err, fmt.Errorf("%s is no plan and is kept; name another file with --results", u.paths.plan)))
	}
	plan, err := report.CreatePlan(u.paths.plan, u.dialect(), reasonText)
	if err != nil {
		return usageError(err)
	}
	planner := batch.NewPlanner(u.known, u.survey.Repeats)
	for row, err := range u.rows(sheet) {
		if err == nil {
			err = plan.Add(planner.Plan(row))
		}
		if err != nil {
			plan.Discard()
			return err
		}
	}
	if err := plan.Commit(); err != nil {
		return err
	}
	u.preview()
	u.console.say("dry run: nothing was sent; the plan is in %s", u.paths.plan)
	if u.survey.Invalid > 0 {
		return withCode(u.invalidCode(), fmt.Errorf("%s: see %s", words.Plural(u.survey.Invalid, "invalid row"), u.paths.plan))
	}
	return nil
}

// invalidCode is the exit code of a dry run that has found invalid rows: with --strict, nothing would be sent.
func (u *updating) invalidCode() int {
	if u.flags.strict {
		return exitUsage
	}
	return exitFailedRows
}

// preview shows a dry run's changes where the opportunities were read.
func (u *updating) preview() {
	if !u.flags.compare || u.console.quiet {
		return
	}
	_ = writeDiff(u.console.err, u.survey.First, u.console.coloured())
	_ = writeByField(u.console.err, u.survey.ByField)
}
