// Package page has what the HTML pages of the program share: a stylesheet, a script for tables, and partial templates
// for figures, a bar and a table. A page needs nothing from outside, and its Content-Security-Policy allows only this
// stylesheet and this script, whatever a sheet or the service may have put into it. All text of a page comes from the
// catalog of package words.
package page

import (
	"crypto/sha256"
	_ "embed" // the files of a page
	"encoding/base64"
	"html/template"
)

var (
	//go:embed style.css
	style string
	//go:embed table.js
	script string
	//go:embed partials.html
	partials string
)

// Say returns the text for a code of the catalog. Its parameters alternate between names and values.
type Say func(code string, params ...any) string

// Template is a page, or a part of one. It is safe for concurrent use.
type Template struct{ pristine *template.Template }

// New parses a template. In it, "say" is a [Say], "style" and "script" are the contents of the elements with these
// names, "policy" is the Content-Security-Policy that allows them, and the partial templates are "figures", "bar" and
// "table". It panics if the text is not a template, as the text is part of the program.
func New(text string) *Template {
	t := template.New("page").Funcs(template.FuncMap{
		"say":    Say(func(string, ...any) string { return "" }), // given by Of
		"style":  func() template.CSS { return template.CSS(style) },
		"script": func() template.JS { return template.JS(script) },
		"policy": Policy,
	})
	return &Template{template.Must(template.Must(t.Parse(partials)).New("whole").Parse(text))}
}

// Of returns the template with the words of a language. It can be executed more than once.
func (t *Template) Of(say Say) *template.Template {
	return template.Must(t.pristine.Clone()).Funcs(template.FuncMap{"say": say})
}

// Style returns the stylesheet, for pages that a server delivers.
func Style() string { return style }

// Partials returns the partial templates, for templates of other packages that have the function "say".
func Partials() string { return partials }

// Policy returns the Content-Security-Policy of a page, for its meta element.
func Policy() string {
	return "default-src 'none'; style-src 'sha256-" + hash(style) + "'; script-src 'sha256-" + hash(script) + "'; base-uri 'none'; form-action 'none'"
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}
