package sheet

import (
	"time"

	"github.com/spf13/pflag"

	"razebulk/batch/rules"
	"razebulk/internal/crm"
	"razebulk/internal/reason"
)

// Rules are the flags for fields whose values a cell does not simply replace.
type Rules struct {
	onlyBlank []string
	appends   []string
}

// Define adds the flags to a command's flags.
func (r *Rules) Define(flags *pflag.FlagSet) {
	flags.StringSliceVar(&r.onlyBlank, "only-blank", nil, "with --compare: send the fields `A,B` only where the CRM holds nothing")
	flags.StringSliceVar(&r.appends, "append", nil, "with --compare: add the text to what the `FIELD` holds, with the date; notes only")
}

// Check refuses a field that can't have such a rule. Its error is a [reason.Reason].
func (r *Rules) Check() error {
	for _, field := range r.onlyBlank {
		if !crm.IsField(field) {
			return reason.New("rule_field_unknown", "flag", "--only-blank", "given", field, "fields", crm.Fields)
		}
	}
	for _, field := range r.appends {
		if field != crm.Notes {
			return reason.New("rule_field_other", "flag", "--append", "given", field, "field", crm.Notes)
		}
	}
	return nil
}

// Of returns the rules of a run on this day.
func (r *Rules) Of(day time.Time) rules.Rules {
	return rules.Rules{OnlyBlank: r.onlyBlank, Append: r.appends, Date: day.Format(time.DateOnly)}
}
