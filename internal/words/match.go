package words

import (
	"strings"
)

// matchTexts are about rows whose opportunity is found by their values.
var matchTexts = map[string]string{
	"match_none": `no opportunity has {{pairs .by .values}}`,
	"match_several": `{{plural (len .ids) "opportunity"}} have {{pairs .by .values}}: {{deals .ids .titles .stages}}; write the id of the right one into the row` +
		`{{if not .only_open}}{{with flag "match-open"}}, or take the only one that is neither won nor lost with {{.}}{{end}}{{end}}`,
	"match_value_given": `another row gives its opportunity {{pairs .by .values}}, so the match would depend on which row is stored first; ` +
		`write the id of the opportunity into the row`,
	"match_value_missing": `no id, and nothing in {{quoteAll .columns}} to find the opportunity by`,
}

// matchRunTexts are about how all rows of a sheet are matched.
var matchRunTexts = map[string]string{
	"rows_matched": `matched by {{join .fields " and "}}: {{thousands .found}} of {{plural .rows "row"}}` +
		`{{if .pages}}; read {{plural .pages "page"}} of the list{{end}}{{if .searches}}; {{plural .searches "search"}}{{end}}`,
	"match_field_unreported": `the service's list does not show {{join .fields ", "}}, so that no row can be matched by it`,
	"plan_matched":           `matched by {{pairs .by .values}}`,

	"match_form":        `{{with flag "match"}}{{.}} {{end}}{{printf "%q" .match}}: write a field or "Column=field", or several with a plus between`,
	"match_field":       `{{with flag "match"}}{{.}} {{end}}{{printf "%q" .match}}: rows can't be matched by {{printf "%q" .field}}; there are {{join .fields ", "}}; name the column of another field: "Column=field"`,
	"match_field_twice": `{{with flag "match"}}{{.}} {{end}}{{printf "%q" .match}}: {{.field}} is there twice`,
	"match_column_missing": `{{with flag "match"}}{{.}} {{end}}{{shell .match}}: the sheet has no such column; its headers are {{quoteAll .headers}}` +
		`{{with flag "match"}}; say which one it is with {{.}} "Column={{$.field}}"{{end}}`,
}

// pairs returns fields with their values.
func pairs(fields, values []string) string {
	var all []string
	for i := range fields {
		all = append(all, fields[i]+" "+Quote(values[i]))
	}
	return strings.Join(all, ", ")
}

// maxDeals is how many opportunities a message names.
const maxDeals = 10

// deals returns opportunities with their ids, titles and stages.
func (w *Words) deals(ids, titles, stages []string) string {
	var all []string
	for i, id := range ids[:min(len(ids), maxDeals)] {
		text := id + " " + Quote(titles[i])
		if stages[i] != "" {
			text += " (" + stages[i] + ")"
		}
		all = append(all, text)
	}
	if more := len(ids) - len(all); more > 0 {
		all = append(all, w.more(more))
	}
	return strings.Join(all, ", ")
}
