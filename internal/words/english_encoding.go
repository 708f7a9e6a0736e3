package words

// sayEncoding ends the texts about a file that is not in the expected encoding.
const (
	sayEncoding = saveAsUTF8 + `{{with flag "encoding"}}, or say its encoding with {{.}}{{if $.likely}}: most likely {{$.likely}}{{else}}, such as ` +
		`macintosh, windows-1250 (central Europe), windows-1251 (Cyrillic), windows-1253 (Greek), shift_jis or gbk{{end}}; windows-1252 if it is that after all{{end}}`
)

// encodingTexts are about files that are not valid in the expected encoding, or in any that can be read.
var encodingTexts = map[string]string{
	"encoding_wrong": `{{term .place}}: bytes that are not {{.encoding}}: {{with flag "encoding"}}say the right one with {{.}}{{with $.likely}}, ` +
		`most likely {{.}}{{end}}, or {{end}}` + saveAsUTF8,
	"encoding_mark_wrong": `{{term .place}}: bytes that are not UTF-8, though the file begins with the mark of UTF-8: ` + saveAsUTF8 + ` and try again`,
	"encoding_unknown": `{{with flag "encoding"}}{{.}} {{end}}{{.encoding}}: not the name of an encoding; ` +
		`say utf-8, windows-1252, utf-16le or another one of https://encoding.spec.whatwg.org/#names-and-labels`,
	"encoding_unusable": `{{with flag "encoding"}}{{.}} {{end}}{{.encoding}}: not an encoding that a sheet can be in`,
	"encoding_contradicts_mark": `{{with flag "encoding"}}{{.}} {{end}}{{.encoding}}: the file begins with the mark of {{.mark}}` +
		`{{with flag "encoding"}}; leave {{.}} out{{end}}`,
	"encoding_not_read": `the file is in {{.encoding}}, which sheets hardly ever are: ` + saveAsUTF8 +
		`{{with .likely}}{{with flag "encoding"}}, or say {{.}} {{$.likely}}{{end}}{{end}}`,
	"encoding_foreign":      `{{term .place}}: {{quote .text}} within a word: the file is not UTF-8 and doesn't look like {{.encoding}} either: ` + sayEncoding,
	"encoding_other_script": `{{term .place}}: letters that make no word in {{.encoding}}, and the file is not UTF-8: ` + sayEncoding,
	"encoding_doubtful": `{{term .place}}: {{quote .text}} looks like no word in {{.encoding}}, and the file is not UTF-8` +
		`{{with .likely_text}}; in {{$.likely}} it would be {{quote .}}{{end}}: ` + sayEncoding,
	"line_ends_of_macintosh": `line ends as an old Macintosh writes them, and not UTF-8: ` + saveAsUTF8 +
		`{{with flag "encoding"}}, or say how it was saved with {{.}} macintosh or {{.}} windows-1252{{end}}`,
}
