package cell

import (
	"regexp"
	"strconv"
)

// monthForm is a day, a month or a year with the name of a month, as Excel shows what it has taken for a date: 05/dez,
// 1-Mar, mai/26, 12 de março de 2026.
var monthForm = regexp.MustCompile(`(?i)^([0-9]{1,4}[-/., ]*(de |del )?)?` +
	`(jan|fev|feb|f[ée]v|mar|m[äa]r|mrz|abr|apr|avr|mai|may|maj|mag|mei|jun|juin|giu|jul|juil|lug|ago|aug|ao[uû]|set|sep|out|oct|okt|ott|nov|dez|dec|d[ée]c|dic|ene|gen)` +
	`(\pL{0,9})\.?([-/., ]*(de |del )?[0-9]{1,4})?$`)

var (
	dayForm  = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-](?:[0-9]{4}|[0-9]{2})(?:[ T].*)?$`)
	yearForm = regexp.MustCompile(`^(?:19|20)[0-9]{2}[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})(?:[ T].*)?$`)
)

// IsMonth tells whether a text is a date with the name of a month.
func IsMonth(text string) bool {
	return text != "" && len(text) <= 40 && ('0' <= text[0] && text[0] <= '9' || '0' <= text[len(text)-1] && text[len(text)-1] <= '9') && monthForm.MatchString(text)
}

// isDate tells whether a text is a date, by its form and by a day and a month that exist.
func isDate(text string) bool {
	for _, form := range []*regexp.Regexp{dayForm, yearForm} {
		if parts := form.FindStringSubmatch(text); parts != nil {
			one, _ := strconv.Atoi(parts[1])
			other, _ := strconv.Atoi(parts[2])
			return one > 0 && other > 0 && min(one, other) <= 12 && max(one, other) <= 31
		}
	}
	return IsMonth(text)
}
