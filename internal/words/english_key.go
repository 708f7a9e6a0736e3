package words

// keyTexts are about what is wrong with the API key, or with where it should be, in English.
var keyTexts = map[string]string{
	"key_missing": `no API key: make one in GetRaze under Settings, API keys, with the permission opportunities:write,
and opportunities:read for {{with flag "compare"}}{{.}} and {{end}}export;
then put it into the environment variable GETRAZE_API_KEY, or into a file that is named with {{flag "api-key-file"}}
{{with flag "api-key-command"}}or have a command print it, with {{.}}, or store it with razebulk login
{{end}}(to try razebulk without a key, add --sandbox)`,
	"key_with_name":       `the API key begins with {{.variable}}=: give only the key, the part after that`,
	"key_with_quotes":     `the API key has quotes: write it without them`,
	"key_empty_there":     `no API key: {{term .from}} has none`,
	"key_file_unreadable": `{{with flag "api-key-file"}}{{.}}{{else}}API key{{end}}`,
	"key_file_open":       `every user of this machine can read the API key in {{.file}}; chmod 600 {{shell .file}} keeps it to you`,
	"key_command_late": `{{flag "api-key-command"}}: {{.program}} was stopped after {{duration .max}}` +
		`{{with .message}}; it says: {{.}}{{end}}`,
	"key_command_failed": `{{flag "api-key-command"}}: {{.program}} failed with exit status {{.status}}` +
		`{{with .message}}: {{.}}{{end}}`,
	"key_command_not_run": `{{flag "api-key-command"}}: {{.program}} can't be run`,
	"key_command_quote":   `{{flag "api-key-command"}}: a quote is not closed`,
	"key_command_empty":   `{{flag "api-key-command"}}: no command`,
	"check_no_answer":     `the service does not answer as it should: {{term .message}}; try again later`,
	"check_not_api":       `this does not look like the API: {{term .message}}; is the base URL right?`,
	"quota_spent":         `the key is known, and its quota is spent; try again in the next window`,
	"keyring_unusable":    `the keyring of this system can't be used; put the key into a file or the environment instead`,
	"keyring_silent":      `no answer in a minute`,
}
