package portuguese

const sayEncoding = saveAsUTF8 + `{{with flag "encoding"}}, ou diga a codificação com {{.}}{{if $.likely}}: o mais provável é {{$.likely}}{{else}}, como ` +
	`macintosh, windows-1250 (Europa central), windows-1251 (cirílico), windows-1253 (grego), shift_jis ou gbk{{end}}; windows-1252 se for essa mesmo{{end}}`

var encodingTexts = map[string]string{
	"encoding_wrong": `{{term .place}}: há bytes que não são {{.encoding}}: {{with flag "encoding"}}diga a codificação certa com {{.}}{{with $.likely}}, ` +
		`provavelmente {{.}}{{end}}, ou {{end}}` + saveAsUTF8,
	"encoding_mark_wrong": `{{term .place}}: há bytes que não são UTF-8, embora o arquivo comece com a marca de UTF-8: ` + saveAsUTF8 + ` e tente de novo`,
	"encoding_unknown": `{{with flag "encoding"}}{{.}} {{end}}{{.encoding}}: não é o nome de uma codificação; ` +
		`use utf-8, windows-1252, utf-16le ou outra de https://encoding.spec.whatwg.org/#names-and-labels`,
	"encoding_unusable": `{{with flag "encoding"}}{{.}} {{end}}{{.encoding}}: uma planilha não pode ter essa codificação`,
	"encoding_contradicts_mark": `{{with flag "encoding"}}{{.}} {{end}}{{.encoding}}: o arquivo começa com a marca de {{.mark}}` +
		`{{with flag "encoding"}}; tire {{.}}{{end}}`,
	"encoding_not_read": `o arquivo está em {{.encoding}}, o que quase nunca acontece com planilhas: ` + saveAsUTF8 +
		`{{with .likely}}{{with flag "encoding"}}, ou use {{.}} {{$.likely}}{{end}}{{end}}`,
	"encoding_foreign":      `{{term .place}}: {{quote .text}} no meio de uma palavra: o arquivo não é UTF-8 e também não parece {{.encoding}}: ` + sayEncoding,
	"encoding_other_script": `{{term .place}}: as letras não formam palavras em {{.encoding}}, e o arquivo não é UTF-8: ` + sayEncoding,
	"encoding_doubtful": `{{term .place}}: {{quote .text}} não parece uma palavra em {{.encoding}}, e o arquivo não é UTF-8` +
		`{{with .likely_text}}; em {{$.likely}} seria {{quote .}}{{end}}: ` + sayEncoding,
	"line_ends_of_macintosh": `as linhas terminam como em um Macintosh antigo, e o arquivo não é UTF-8: ` + saveAsUTF8 +
		`{{with flag "encoding"}}, ou diga como ele foi salvo com {{.}} macintosh ou {{.}} windows-1252{{end}}`,
}
