package words

// serviceTexts are about what is wrong with the address or the key, in English.
var serviceTexts = map[string]string{
	"base_url_invalid":       `base URL {{quote .url}}: not an address such as {{.example}}`,
	"base_url_not_plain":     `base URL of {{.host}}: leave out user, query and fragment`,
	"base_url_not_encrypted": `base URL {{quote .url}}: the key would cross the network in the clear; use https`,
	"key_empty":              `the API key is empty`,
	"key_malformed":          `the API key contains a space, a line break or a character that no key has; copy it again`,
	"dry_run":                `this is a dry run: nothing is sent`,

	"list_member_missing": `answered {{.status}} with a list that has no {{.member}}, so that it can't be read completely`,
	"list_member_invalid": `answered {{.status}} with a list in which {{.member}} is {{quote .value}}, so that it can't be read completely`,
	"list_page_differs":   `answered {{.status}} with page {{.page}} of a list instead of page {{.asked}}`,
	"list_page_empty":     `answered {{.status}} with an empty page of a list that has more pages`,
}

// answerTexts are about what is wrong with an answer of the service, in English.
var answerTexts = map[string]string{
	"host_unknown":         `there is no host named {{quote .host}}`,
	"certificate_unfit":    `the host's certificate is not valid for this address: {{term .error}}`,
	"answer_late":          `no complete answer within {{span .timeout}}`,
	"answer_incomplete":    `the answer was cut off: {{term .error}}`,
	"answer_not_json":      `answered {{.status}}, but not with the API's JSON: {{printf "%q" .line}}`,
	"answer_too_long":      `answered {{.status}} with more than {{.max}} MiB`,
	"answer_unexpected":    `answered {{.status}}, but not as the API is documented: {{printf "%q" .line}}`,
	"answer_contradictory": `answered {{.status}} with both success and an error: {{printf "%q" .line}}`,
	"refusal_without_code": `answered {{.status}} without a code: {{printf "%q" .message}}`,
	"unknown_route": `answered {{.status}}: the service has no such address, it says {{printf "%q" .message}}` +
		`{{with flag "base-url"}}; check {{.}}{{end}}`,
	"time_unreadable": `the service reports the time {{quote .value}}, which is in an unknown format`,
	"redirect_refused": `answered {{.status}} with a redirect to {{printf "%q" .location}}, which is not followed` +
		`{{with flag "base-url"}}; check {{.}}{{end}}`,
	"answer_of_other_opportunity": `answered {{.status}} about another opportunity, {{printf "%q" .id}}`,
}
