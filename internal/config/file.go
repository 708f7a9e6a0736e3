package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/knadh/koanf/providers/file"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"razebulk/internal/files"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// profilesKey is the key of the profiles, each a mapping like the top level.
const profilesKey = "profiles"

// Pairs are the settings that define what a name means. A file has them as a list of "NAME=MEANING", as the flag does,
// or as a mapping.
var Pairs = []string{"map", "stage-map", "owner-map"}

// loadFiles reads the user's file, and then the named one, which takes precedence.
func (s *Settings) loadFiles(o Options) error {
	var found []string
	for _, one := range []struct {
		path         string
		top, profile Kind
	}{{o.User, UserFile, UserProfile}, {o.Named, NamedFile, NamedProfile}} {
		if one.path == "" {
			continue
		}
		text, err := file.Provider(one.path).ReadBytes()
		if errors.Is(err, fs.ErrNotExist) && one.top == UserFile {
			continue
		}
		if err != nil {
			return reason.New("settings_unreadable", "file", one.path).Because(files.CauseOf(err))
		}
		s.Files = append(s.Files, one.path)
		p := &parser{options: o, path: one.path, top: one.top, profile: one.profile}
		p.parse(text)
		if len(p.failed) > 0 {
			return errors.Join(p.failed...)
		}
		found = append(found, slices.Collect(maps.Keys(p.profiles))...)
		if err := errors.Join(s.add(p.values), s.add(p.profiles[o.Profile])); err != nil {
			return err
		}
	}
	slices.Sort(found)
	if o.Profile != "" && !slices.Contains(found, o.Profile) {
		return reason.New("profile_unknown", "profile", o.Profile, "profiles", slices.Compact(found), "nearest", words.Nearest(o.Profile, found))
	}
	return nil
}

// parser reads one file. It continues after an error, so that all errors are reported at once.
type parser struct {
	options      Options
	path         string
	top, profile Kind

	values   map[string]setting
	profiles map[string]map[string]setting
	failed   []error
}

// fail records an error in a line.
func (p *parser) fail(line int, r reason.Reason) {
	if r.Params == nil {
		r.Params = reason.Params{}
	}
	r.Params["file"], r.Params["line"] = p.path, line
	p.failed = append(p.failed, r)
}

// yamlError matches the library's syntax errors.
var yamlError = lazyregexp.New(`^yaml: (?:line ([0-9]+): )?(.*)$`)

func (p *parser) parse(text []byte) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		line, message := 1, err.Error()
		if found := yamlError.FindStringSubmatch(err.Error()); found != nil {
			line, _ = strconv.Atoi(found[1])
			message = found[2]
		}
		p.fail(max(1, line), reason.New("settings_not_yaml", "message", message))
		return
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) == 0 || isNull(document.Content[0]) {
		return // empty
	}
	p.values = p.mapping(document.Content[0], Source{Kind: p.top, Name: p.path})
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// mapping reads the settings of the top level or of a profile.
func (p *parser) mapping(node *yaml.Node, from Source) map[string]setting {
	node = resolved(node)
	if isNull(node) {
		return nil
	}
	if node.Kind != yaml.MappingNode {
		p.fail(node.Line, reason.New("settings_no_mapping"))
		return nil
	}
	values, lines := map[string]setting{}, map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], resolved(node.Content[i+1])
		if earlier := lines[key.Value]; earlier > 0 {
			p.fail(key.Line, reason.New("setting_twice", "key", key.Value, "first", earlier))
			continue
		}
		lines[key.Value] = key.Line
		from.Line = key.Line
		p.entry(key.Value, value, from, values)
	}
	return values
}

func (p *parser) entry(key string, value *yaml.Node, from Source, values map[string]setting) {
	flag := p.options.Known.Lookup(key)
	switch {
	case key == profilesKey && from.Profile == "":
		p.readProfiles(value)
	case flag == nil:
		p.fail(from.Line, reason.New("setting_unknown", "key", key, "nearest", words.Nearest(key, p.options.names())))
	case from.Kind == UserFile && slices.Contains(p.options.OneRun, key):
		p.fail(from.Line, reason.New("setting_of_one_run", "key", key))
	default:
		texts, ok := textsOf(flag, value)
		if !ok || check(flag, texts) != nil {
			what, example := p.options.Expects(flag)
			p.fail(from.Line, reason.New("setting_invalid", "key", key, "value", shownValue(value), "what", what, "example", exampleOf(flag, example)))
			return
		}
		values[key] = setting{texts, from}
	}
}

func (p *parser) readProfiles(node *yaml.Node) {
	if node.Kind != yaml.MappingNode {
		if !isNull(node) {
			p.fail(node.Line, reason.New("settings_no_mapping"))
		}
		return
	}
	p.profiles = map[string]map[string]setting{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name := node.Content[i].Value
		if _, twice := p.profiles[name]; twice {
			p.fail(node.Content[i].Line, reason.New("setting_twice", "key", name))
		}
		p.profiles[name] = p.mapping(node.Content[i+1], Source{Kind: p.profile, Name: p.path, Profile: name})
	}
}

// names returns the keys that a file may have.
func (o Options) names() []string {
	names := []string{profilesKey}
	o.Known.VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	return names
}

func resolved(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// textsOf returns the strings of a value as written in the file: in a list of words, NULL, no and 010 are words. It
// returns false if the value does not have the flag's form.
func textsOf(flag *pflag.Flag, n *yaml.Node) ([]string, bool) {
	_, isList := flag.Value.(pflag.SliceValue)
	switch {
	case isList && n.Kind == yaml.MappingNode && slices.Contains(Pairs, flag.Name):
		return pairsOf(n)
	case isList && n.Kind == yaml.SequenceNode:
		return itemsOf(n)
	case isList || n.Kind != yaml.ScalarNode || isNull(n):
		return nil, false
	case flag.Value.Type() == "bool" && n.Tag != "!!bool":
		return nil, false
	}
	return []string{n.Value}, true
}

func itemsOf(n *yaml.Node) ([]string, bool) {
	texts := []string{}
	for _, item := range n.Content {
		if item = resolved(item); item.Kind != yaml.ScalarNode || item.Value == "" {
			return nil, false
		}
		texts = append(texts, item.Value)
	}
	return texts, true
}

func pairsOf(n *yaml.Node) ([]string, bool) {
	texts := []string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, meaning := n.Content[i], resolved(n.Content[i+1])
		if name.Kind != yaml.ScalarNode || meaning.Kind != yaml.ScalarNode || meaning.Value == "" {
			return nil, false
		}
		texts = append(texts, name.Value+"="+meaning.Value)
	}
	return texts, true
}

// shownValue returns a value for a message.
func shownValue(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	if n.Value == "" {
		return "no value"
	}
	return words.Quote(n.Value)
}

// exampleOf returns a correct line of a file, as an example.
func exampleOf(flag *pflag.Flag, value string) string {
	if _, isList := flag.Value.(pflag.SliceValue); !isList {
		first, _, _ := strings.Cut(value, " or ")
		first, _, _ = strings.Cut(first, ",")
		return fmt.Sprintf("%s: %s", flag.Name, first)
	}
	var quoted []string
	for _, one := range strings.Split(strings.Trim(value, `"`), ",") {
		quoted = append(quoted, strconv.Quote(one))
	}
	return fmt.Sprintf("%s: [%s]", flag.Name, strings.Join(quoted, ", "))
}
