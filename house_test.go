package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// The limits of what a reader can follow. Blank lines and comments count, tests don't.
const (
	maxPackageLines  = 2400
	maxFileLines     = 350
	maxFunctionLines = 60
	maxCommentWidth  = 120 // characters; a tab is one
)

// sourceFile is one file of Go, parsed.
type sourceFile struct {
	path string // with slashes, from the root
	text []byte
	set  *token.FileSet
	tree *ast.File
}

func (f sourceFile) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// room returns the path of the file's package from the root.
func (f sourceFile) room() string { return filepath.ToSlash(filepath.Dir(f.path)) }

func (f sourceFile) at(pos token.Pos) token.Position { return f.set.Position(pos) }

// goFiles returns the files of all packages, including tests. The programs in testdata are independent.
func goFiles(t *testing.T) []sourceFile {
	t.Helper()
	files, err := parsedFiles()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// parsedFiles reads the files once for all tests.
var parsedFiles = sync.OnceValues(func() ([]sourceFile, error) {
	paths, err := allFiles()
	var files []sourceFile
	for _, path := range paths {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasPrefix(path, "testdata/") {
			continue
		}
		f := sourceFile{path: path, set: token.NewFileSet()}
		if f.text, err = os.ReadFile(filepath.FromSlash(path)); err == nil {
			f.tree, err = parser.ParseFile(f.set, path, f.text, parser.ParseComments|parser.SkipObjectResolution)
		}
		files = append(files, f)
	}
	return files, err
})

// filesNamed returns all files of the project with one of the extensions, except those in hidden folders (.ci, .git).
func filesNamed(t *testing.T, endings ...string) []string {
	t.Helper()
	all, err := allFiles()
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, path := range all {
		if slices.Contains(endings, filepath.Ext(path)) {
			found = append(found, path)
		}
	}
	return found
}

// allFiles finds the files once for all tests.
var allFiles = sync.OnceValues(func() (all []string, err error) {
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && strings.HasPrefix(path, ".") && path != "." {
			return filepath.SkipDir
		}
		if err == nil && !entry.IsDir() {
			all = append(all, filepath.ToSlash(path))
		}
		return err
	})
	return all, err
})

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestSizesStayReadable(t *testing.T) {
	lines := map[string]int{}
	for _, f := range goFiles(t) {
		if f.isTest() || f.room() == "bench" {
			continue
		}
		size := bytes.Count(f.text, []byte("\n"))
		lines[f.room()] += size
		if size > maxFileLines {
			t.Errorf("%s has %d lines, more than %d", f.path, size, maxFileLines)
		}
		for _, declaration := range f.tree.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if size := f.at(function.End()).Line - f.at(function.Pos()).Line + 1; size > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, more than %d", f.at(function.Pos()), function.Name, size, maxFunctionLines)
			}
		}
	}
	for room, size := range lines {
		if size > maxPackageLines {
			t.Errorf("package %s has %d lines without tests, more than %d", room, size, maxPackageLines)
		}
	}
}

func TestCommentsFitTheWindow(t *testing.T) {
	for _, f := range goFiles(t) {
		lines := strings.Split(string(f.text), "\n")
		for _, group := range f.tree.Comments {
			for n := f.at(group.Pos()).Line; n <= f.at(group.End()).Line; n++ {
				if width := utf8.RuneCountInString(lines[n-1]); width > maxCommentWidth {
					t.Errorf("%s:%d: a line with a comment of %d characters, more than %d", f.path, n, width, maxCommentWidth)
				}
			}
		}
	}
}

// privateNames are identifiers that standard terms have replaced.
var privateNames = []string{
	"asker", "isInk", "fate", "aloneNext", "aloneInFlight", "whyNotEmptied", "noteNewest", "MustBeFile",
}

// privatePhrases are phrases that standard terms have replaced, in all their forms, also across lines of a comment.
var privatePhrases = phrases(
	`(find|finds|finding|found) out`,
	`anew`,
	`mend|mends|mended|mending`,
	`settle|settles|settled|settling`,
	`(take|takes|taking|took|taken) ((it|them|this|that|(a|the|this|that|your) run) )?back`,
	`(go|goes|going|went|gone) on with`,
	`(strike|strikes|striking|struck|stricken) out`,
	`(hold|holds|holding|held) against`,
)

func phrases(patterns ...string) *regexp.Regexp {
	all := strings.Join(patterns, "|")
	return regexp.MustCompile(`(?i)\b(` + strings.ReplaceAll(all, " ", `[\s/*#>]+`) + `)\b`)
}

func TestWordsAreTheFieldsOwn(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.path == "house_test.go" {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if slices.Contains(privateNames, n.Name) {
					t.Errorf("%s: %s is a name of the old dialect", f.at(n.Pos()), n.Name)
				}
			case *ast.BasicLit:
				checkPhrases(t, f, n)
			}
			return true
		})
		for _, group := range f.tree.Comments {
			checkPhrases(t, f, group)
		}
	}
	for _, path := range filesNamed(t, ".md", ".txtar", ".svg", ".golden") {
		text := read(t, path)
		for _, found := range privatePhrases.FindAllIndex(text, -1) {
			t.Errorf("%s:%d: %q", path, 1+bytes.Count(text[:found[0]], []byte("\n")), text[found[0]:found[1]])
		}
	}
}

func checkPhrases(t *testing.T, f sourceFile, n ast.Node) {
	t.Helper()
	text := f.text[f.at(n.Pos()).Offset:f.at(n.End()).Offset]
	for _, found := range privatePhrases.FindAllIndex(text, -1) {
		t.Errorf("%s: %q", f.at(n.Pos()+token.Pos(found[0])), text[found[0]:found[1]])
	}
}

// flagRooms are the only packages that may name a flag in a text: cli has the flags, words gets them from it. All
// others also serve callers without flags. The comparison runs programs with their flags.
var flagRooms = []string{
	"internal/cli", "internal/cli/internal/desktop", "internal/cli/internal/local", "internal/cli/internal/logs", "internal/cli/internal/reporting", "internal/cli/internal/serve",
	"internal/cli/internal/sheet", "internal/cli/internal/statuses", "internal/cli/internal/usage", "internal/words", "internal/words/internal/portuguese",
	"bench/compare",
}

var flagName = regexp.MustCompile(`--[a-z]`)

func TestOnlyTheCommandLineNamesFlags(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest() || slices.Contains(flagRooms, f.room()) {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && flagName.MatchString(literal.Value) {
				t.Errorf("%s names a flag: %s", f.at(literal.Pos()), literal.Value)
			}
			return true
		})
	}
}

// TestNothingIsCompiledBeforeItIsUsed keeps expressions from being compiled at the start of every command.
func TestNothingIsCompiledBeforeItIsUsed(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest() {
			continue
		}
		for _, declaration := range f.tree.Decls {
			if _, isVariable := declaration.(*ast.GenDecl); isVariable {
				checkStart(t, f, declaration)
			}
		}
	}
}

func checkStart(t *testing.T, f sourceFile, declaration ast.Node) {
	t.Helper()
	ast.Inspect(declaration, func(n ast.Node) bool {
		if _, isLater := n.(*ast.FuncLit); isLater {
			return false
		}
		if called, ok := n.(*ast.SelectorExpr); ok {
			from, _ := called.X.(*ast.Ident)
			switch {
			case from == nil:
			case from.Name == "regexp" && called.Sel.Name == "MustCompile":
				t.Errorf("%s: this is compiled whenever the program starts; lazyregexp.New is not", f.at(n.Pos()))
			case from.Name == "template" && called.Sel.Name == "Must":
				t.Errorf("%s: this is parsed whenever the program starts; in a sync.OnceValue it is not", f.at(n.Pos()))
			}
		}
		return true
	})
}
