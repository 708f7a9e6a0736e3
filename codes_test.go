package main

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"razebulk/internal/words"
)

// TestEveryCodeHasAText looks for all codes in the source: the first argument of reason.New, every field named Code,
// and the codes whose text is said.
func TestEveryCodeHasAText(t *testing.T) {
	used := map[string]bool{}
	for _, f := range goFiles(t) {
		if !f.isTest() && !strings.Contains(f.path, "sandbox") {
			ast.Inspect(f.tree, func(n ast.Node) bool { noteCode(n, used); return true })
		}
	}
	texts, pages := words.Codes(), textOfPages(t)
	for code := range used {
		if !slices.Contains(texts, code) {
			t.Errorf("%s has no text", code)
		}
	}
	for _, code := range texts {
		if !used[code] && !isOfPage(pages, code) {
			t.Errorf("nothing has the code %s", code)
		}
	}
}

// isOfPage reports whether a page uses the code of one of its texts. Some of these codes are built from a status or a
// field's name; headings and advice exist for the reasons of rows.
func isOfPage(pages, code string) bool {
	if why, found := strings.CutPrefix(code, "why_"); found && slices.Contains(words.RowCodes(), why) {
		return true
	}
	for _, of := range words.RowCodes() {
		if words.Advice(of) == code {
			return true
		}
	}
	for _, made := range []string{"page_status_", "page_field_"} {
		if strings.HasPrefix(code, made) {
			return true
		}
	}
	return strings.Contains(pages, `"`+code+`"`)
}

func textOfPages(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	for _, path := range filesNamed(t, ".go", ".html") {
		if strings.HasPrefix(path, "internal/page/") && !strings.HasSuffix(path, "_test.go") {
			text.Write(read(t, path))
		}
	}
	return text.String()
}

// sayers maps functions that take a code to the position of the code among their arguments.
var sayers = map[string]int{"Say": 0, "say": 0, "Warn": 0, "unsent": 0, "said": 0, "keyRejected": 0, "tell": 1}

func noteCall(n *ast.CallExpr, used map[string]bool) {
	name := ""
	switch f := n.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if of, ok := f.X.(*ast.SelectorExpr); ok && of.Sel.Name == "log" { // a line's name is no code
			name = ""
		}
		if pkg, ok := f.X.(*ast.Ident); ok && pkg.Name == "reason" && name == "New" && len(n.Args) > 0 {
			note(n.Args[0], used)
		}
	}
	if at, says := sayers[name]; says && len(n.Args) > at {
		note(n.Args[at], used)
	}
}

func note(code ast.Expr, used map[string]bool) {
	if literal, ok := code.(*ast.BasicLit); ok && literal.Kind == token.STRING {
		text, _ := strconv.Unquote(literal.Value)
		used[text] = true
	}
}

func noteCode(n ast.Node, used map[string]bool) {
	var code ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		noteCall(n, used)
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
			code = n.Value
		}
	}
	note(code, used)
}
