package words

import "slices"

// WithoutCells returns texts that show an ellipsis instead of the content of cells and of what the CRM holds. Names of
// files, columns, fields and codes stay.
func (w *Words) WithoutCells() *Words {
	masked := w.In(w.language)
	masked.masked = true
	return masked
}

// shownParams are the text parameters that come neither from cells nor from the CRM.
var shownParams = []string{
	"address", "argument", "asked", "attribute", "code", "choices", "column", "decimal", "delimiter", "element", "encoding", "error", "example", "fault", "field", "fields", "file", "files", "filters",
	"command", "folder", "flag", "flags", "form", "from", "given", "needs", "made", "now", "results", "run", "header", "host", "http", "key", "kind", "letter", "likely", "link", "name", "names", "nearest", "of_column", "other", "part", "path",
	"place", "profile", "profiles", "program", "quotes", "reads", "reference", "sheets", "status", "statuses", "url", "usage", "variable", "what", "worksheet",
}

const ellipsis = "…"

// mask replaces parameters that may be content.
func mask(params map[string]any) {
	for name, param := range params {
		if slices.Contains(shownParams, name) {
			continue
		}
		switch text := param.(type) {
		case string:
			if text != "" {
				params[name] = ellipsis
			}
		case []string:
			masked := make([]string, len(text))
			for i := range text {
				masked[i] = ellipsis
			}
			params[name] = masked
		}
	}
}
