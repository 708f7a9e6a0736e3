package words

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"razebulk/internal/words/internal/portuguese"
)

// alike are the codes whose texts are the same in both languages: they have no words, or the same words.
var alike = []string{
	"no_answer", "report_failed", "service_refused",
	"page_account", "page_field_email", "page_number", "page_span", "page_time", "page_title",
}

// TestEveryTextHasEveryLanguage fails if a text is missing in a language, or is the same in both, or if its
// parameters, functions or flags differ between them.
func TestEveryTextHasEveryLanguage(t *testing.T) {
	english, other := allTexts(), portuguese.Texts()
	for code := range other {
		if _, ok := english[code]; !ok {
			t.Errorf("%s is in Portuguese alone", code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(english)) {
		text, ok := other[code]
		switch {
		case !ok:
			t.Errorf("%s lacks Portuguese", code)
			continue
		case (text == english[code]) != slices.Contains(alike, code):
			t.Errorf("%s: the same in both languages: %t: %s", code, text == english[code], text)
		}
		want, got := usedBy(For(nil).template(code).Root), usedBy(For(nil).In(Portuguese).template(code).Root)
		if !maps.Equal(want, got) {
			t.Errorf("%s uses %v in English and %v in Portuguese", code, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)))
		}
	}
}

// grammar lists the functions that only some languages need, and the number that words agree with.
var grammar = []string{".n", "eq", "gt", "len", "not", "plural", "thousands"}

// usedBy returns the parameters, functions and flags that a text uses.
func usedBy(node parse.Node) map[string]bool {
	used := map[string]bool{}
	var walk func(parse.Node)
	pipe := func(p *parse.PipeNode) {
		if p != nil {
			walk(p)
		}
	}
	walk = func(node parse.Node) {
		switch n := node.(type) {
		case *parse.ListNode:
			if n != nil {
				for _, one := range n.Nodes {
					walk(one)
				}
			}
		case *parse.ActionNode:
			pipe(n.Pipe)
		case *parse.IfNode:
			pipe(n.Pipe)
			walk(n.List)
			walk(n.ElseList)
		case *parse.WithNode:
			pipe(n.Pipe)
			walk(n.List)
			walk(n.ElseList)
		case *parse.PipeNode:
			for _, command := range n.Cmds {
				walk(command)
			}
		case *parse.CommandNode:
			for i, argument := range n.Args {
				if text, ok := argument.(*parse.StringNode); ok && i > 0 && n.Args[0].String() == "flag" {
					used["--"+text.Text] = true
				}
				walk(argument)
			}
		case *parse.FieldNode:
			if !slices.Contains(grammar, n.String()) {
				used[n.String()] = true
			}
		case *parse.VariableNode:
			used[strings.TrimPrefix(n.String(), "$")] = true
		case *parse.IdentifierNode:
			if !slices.Contains(grammar, n.Ident) {
				used[n.Ident] = true
			}
		}
	}
	walk(node)
	return used
}

// TestNoTextHasAnExclamationMark keeps texts calm in every language.
func TestNoTextHasAnExclamationMark(t *testing.T) {
	for _, l := range Languages() {
		for code, text := range tongues[l].texts() {
			if strings.Contains(text, "!") {
				t.Errorf("%s: %s", l, code)
			}
		}
	}
}

// TestPortugueseHasTheWordsOfItsUsers rejects words that Excel users in Brazil never use.
func TestPortugueseHasTheWordsOfItsUsers(t *testing.T) {
	for code, text := range portuguese.Texts() {
		for _, word := range []string{"requisiç", "registro,", "reverter", "delimitador", "dono", "estágio", "job", "rate limit", "dry run", "folha", "inválida"} {
			if strings.Contains(strings.ToLower(text), word) {
				t.Errorf("%s: %q in %s", code, word, text)
			}
		}
	}
}
