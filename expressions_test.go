package main

import (
	"go/ast"
	"go/constant"
	"go/types"
	"regexp"
	"testing"
)

// TestExpressionsCompile compiles all expressions: the program compiles each only at its first use, and would panic
// then. One that is built from a list is not a constant; the tests of its package cover it.
func TestExpressionsCompile(t *testing.T) {
	compiled, others := 0, 0
	for _, f := range goFiles(t) {
		if f.isTest() || !f.imports("razebulk/internal/lazyregexp") {
			continue
		}
		known := types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
		config := types.Config{Error: func(error) {}} // ignores errors, such as those of imports: only constants matter
		_, _ = config.Check(f.path, f.set, []*ast.File{f.tree}, &known)
		ast.Inspect(f.tree, func(n ast.Node) bool {
			call, isCall := n.(*ast.CallExpr)
			if !isCall || types.ExprString(call.Fun) != "lazyregexp.New" {
				return true
			}
			value := known.Types[call.Args[0]].Value
			if value == nil {
				others++
				return true
			}
			compiled++
			if _, err := regexp.Compile(constant.StringVal(value)); err != nil {
				t.Errorf("%s: %v", f.at(call.Pos()), err)
			}
			return true
		})
	}
	if compiled < 50 || others > 1 {
		t.Errorf("%d expressions compile, and %d are no constants", compiled, others)
	}
}

func (f sourceFile) imports(path string) bool {
	for _, spec := range f.tree.Imports {
		if spec.Path.Value == `"`+path+`"` {
			return true
		}
	}
	return false
}
