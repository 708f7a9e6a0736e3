package config

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// Entry is a setting to write: a string, a number, or a list of strings.
type Entry struct {
	Key   string
	Value any
}

// IsEmpty reports whether there is nothing to write: an empty string, 0, or no list.
func (e Entry) IsEmpty() bool { return reflect.ValueOf(e.Value).IsZero() }

// Save writes settings to the top level of a file, which it creates if necessary. Everything else in the file stays
// as it is, including comments. The file is replaced atomically, and not touched if nothing in it changes.
func Save(path string, entries []Entry, known *pflag.FlagSet) error {
	if whole, err := filepath.EvalSymlinks(path); err == nil {
		path = whole // the file, not the link to it
	}
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return reason.New("settings_unreadable", "file", path).Because(files.CauseOf(err))
	}
	saved, err := withEntries(path, text, entries, known)
	if err != nil || bytes.Equal(saved, text) && len(text) > 0 {
		return err
	}
	return replace(path, saved)
}

// Rewrite replaces a file with these settings. An earlier file stays as it is if that fails.
func Rewrite(path string, entries []Entry, known *pflag.FlagSet) error {
	text, err := withEntries(path, nil, entries, known)
	if err != nil {
		return err
	}
	return replace(path, text)
}

func withEntries(path string, text []byte, entries []Entry, known *pflag.FlagSet) (_ []byte, err error) {
	for _, entry := range entries {
		if text, err = withEntry(path, text, entry, known); err != nil {
			return nil, err
		}
	}
	return text, nil
}

func replace(path string, text []byte) error {
	if err := files.CheckReplaceable(path); err != nil {
		return err
	}
	f, err := files.Create(path)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		f.Discard()
		return err
	}
	return f.Commit()
}

// withEntry returns the text of the file with this value of the setting. It does not touch lines of other settings.
func withEntry(path string, text []byte, entry Entry, known *pflag.FlagSet) ([]byte, error) {
	root, err := rootOf(path, text)
	if err != nil {
		return nil, err
	}
	lines := strings.SplitAfter(string(text), "\n")
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	} else {
		lines[last] += lineEnd(text)
	}
	from, to, comment := len(lines), len(lines), ""
	if at := keyIndex(root, entry.Key); at >= 0 {
		value := resolved(root.Content[at+1])
		if had, ok := textsOf(known.Lookup(entry.Key), value); ok && slices.Equal(had, textsOfEntry(entry)) {
			return text, nil
		}
		from, to = linesOf(root, at, lines)
		if value.Kind == yaml.ScalarNode && value.LineComment != "" {
			comment = " " + value.LineComment
		}
	}
	written, err := entry.yaml(comment, lineEnd(text))
	return []byte(strings.Join(slices.Concat(lines[:from], []string{written}, lines[to:]), "")), err
}

// rootOf returns the mapping of a file; nil if it has none yet.
func rootOf(path string, text []byte) (*yaml.Node, error) {
	p := &parser{path: path}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		p.options.Known = pflag.NewFlagSet("", pflag.ContinueOnError)
		p.parse(text)
		return nil, errors.Join(p.failed...)
	}
	if len(document.Content) == 0 || isNull(document.Content[0]) {
		return nil, nil
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return nil, reason.New("settings_no_mapping", "file", path, "line", root.Line)
	}
	return root, nil
}

// keyIndex returns the index of a key in the content of a mapping, or -1.
func keyIndex(root *yaml.Node, key string) int {
	if root == nil {
		return -1
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// linesOf returns the lines of a key and its value, without the comment above the next key.
func linesOf(root *yaml.Node, at int, lines []string) (from, to int) {
	from, to = root.Content[at].Line-1, len(lines)
	if at+2 < len(root.Content) {
		to = root.Content[at+2].Line - 1
	}
	for to > from+1 {
		line := strings.TrimSpace(lines[to-1])
		if line != "" && !strings.HasPrefix(line, "#") {
			break
		}
		to--
	}
	return from, to
}

func lineEnd(text []byte) string {
	if bytes.Contains(text, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

func textsOfEntry(e Entry) []string {
	switch value := e.Value.(type) {
	case []string:
		return value
	case int:
		return []string{strconv.Itoa(value)}
	}
	return []string{e.Value.(string)}
}

// yaml returns the entry as lines of a file.
func (e Entry) yaml(comment, end string) (string, error) {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(map[string]any{e.Key: e.Value}); err != nil {
		return "", err
	}
	text := strings.TrimRight(out.String(), "\n") + comment + "\n"
	return strings.ReplaceAll(text, "\n", end), nil
}
