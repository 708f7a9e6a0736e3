package config_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	validator "github.com/google/jsonschema-go/jsonschema"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"razebulk/internal/config"
	"razebulk/internal/reason"
)

func flags() *pflag.FlagSet {
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.Float64("rate", 10, "")
	set.Int("retries", 4, "")
	set.Duration("timeout", 30*time.Second, "")
	set.Bool("quiet", false, "")
	set.Bool("verbose", false, "")
	set.Bool("force", false, "")
	set.String("decimal", "", "")
	set.StringArray("map", nil, "")
	set.StringSlice("ignore-columns", nil, "")
	return set
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func options(user, named string, environ ...string) config.Options {
	return config.Options{
		User: user, Named: named, Environ: environ, Known: flags(), OneRun: []string{"force"}, Aside: []string{"RAZEBULK_API_KEY"},
		Aliases: map[string]string{"decimal": "OLD_DECIMAL"}, Expects: func(*pflag.Flag) (string, string) { return "right", "10 or 20" },
	}
}

func TestALaterLayerWins(t *testing.T) {
	user := write(t, "rate: 1\nprofiles:\n  p: {rate: 2}\n")
	named := write(t, "rate: 3\nprofiles:\n  p: {rate: 4}\n")
	for _, c := range []struct {
		user, named, profile string
		environ              []string
		want                 string
		kind                 config.Kind
	}{
		{"", "", "", nil, "", config.Default},
		{user, "", "", nil, "1", config.UserFile},
		{user, "", "p", nil, "2", config.UserProfile},
		{user, named, "", nil, "3", config.NamedFile},
		{user, named, "p", nil, "4", config.NamedProfile},
		{user, write(t, "retries: 1"), "p", nil, "2", config.UserProfile},
		{user, named, "p", []string{"RAZEBULK_RATE=5"}, "5", config.Environment},
		{user, named, "p", []string{"RAZEBULK_RATE="}, "4", config.NamedProfile},
	} {
		o := options(c.user, c.named, c.environ...)
		o.Profile = c.profile
		s, err := config.Load(o)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(s.Values("rate"), ""); got != c.want || s.Source("rate").Kind != c.kind {
			t.Errorf("%+v: got %q from %+v", c, got, s.Source("rate"))
		}
	}
}

func TestTheCommandLineWinsAndSilences(t *testing.T) {
	for _, c := range []struct {
		file, line string
		environ    []string
		want       string // the flags that are set, including those on the command line
	}{
		{"rate: 1\nquiet: true", "", nil, "quiet=true rate=1"},
		{"rate: 1\nquiet: true", "--rate=2", nil, "quiet=true rate=2"},
		{"quiet: true", "--verbose", nil, "verbose=true"},
		{"quiet: true", "--verbose=false", nil, "verbose=false"},
		{"quiet: true", "", []string{"RAZEBULK_VERBOSE=1"}, "verbose=true"},
		{"quiet: false\nverbose: true", "", nil, "verbose=true"},
		{"map: [A=id]", "--map=B=id", nil, "map=[B=id]"},
		{"map: {Ação: id, 10: name}", "", nil, "map=[Ação=id,10=name]"},
		{"ignore-columns: ['a, b', NULL, 010]", "", nil, `ignore-columns=["a, b",NULL,010]`},
	} {
		cmd := &cobra.Command{}
		cmd.Flags().AddFlagSet(flags())
		cmd.MarkFlagsMutuallyExclusive("quiet", "verbose")
		if err := cmd.ParseFlags(strings.Fields(c.line)); err != nil {
			t.Fatal(err)
		}
		s, err := config.Load(options(write(t, c.file), "", c.environ...))
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Apply(cmd.Flags()), cmd.ValidateFlagGroups()); err != nil {
			t.Errorf("%q %q: %v", c.file, c.line, err)
		}
		var got []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Changed {
				got = append(got, f.Name+"="+f.Value.String())
			}
		})
		if quiet := cmd.Flags().Lookup("quiet").Value.String(); strings.HasSuffix(c.line, "=false") && quiet != "true" {
			t.Errorf("%q %q: quiet is %s", c.file, c.line, quiet)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q %q: got %q, want %q", c.file, c.line, got, c.want)
		}
	}
}

func TestTwoSettingsOfOneFileThatExcludeEachOtherAreAnError(t *testing.T) {
	cmd := &cobra.Command{}
	cmd.Flags().AddFlagSet(flags())
	cmd.MarkFlagsMutuallyExclusive("quiet", "verbose")
	s, err := config.Load(options(write(t, "quiet: true\nverbose: true"), ""))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(cmd.Flags()); !errors.Is(err, reason.New("settings_exclude")) {
		t.Errorf("got %v", err)
	}
}

// TestWhatKeepsFromTheRealServiceIsNotDropped uses a file that sets force instead of sandbox.
func TestWhatKeepsFromTheRealServiceIsNotDropped(t *testing.T) {
	for line, want := range map[string]bool{"": true, "--verbose": false, "--force=false --verbose": true, "--force": true} {
		cmd := &cobra.Command{}
		cmd.Flags().AddFlagSet(flags())
		cmd.MarkFlagsMutuallyExclusive("force", "verbose")
		if err := cmd.ParseFlags(strings.Fields(line)); err != nil {
			t.Fatal(err)
		}
		s, err := config.Load(options("", write(t, "force: true")))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Apply(cmd.Flags()); (err == nil) != want {
			t.Errorf("%q: got %v", line, err)
		}
	}
}

func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"rat: 1":                             "setting_unknown",
		"Rate: 1":                            "setting_unknown",
		"rate: fast":                         "setting_invalid",
		"rate: [1]":                          "setting_invalid",
		"rate: {a: 1}":                       "setting_invalid",
		"rate:":                              "setting_invalid",
		"quiet: 1":                           "setting_invalid",
		"quiet: yes":                         "setting_invalid",
		"decimal: null":                      "setting_invalid",
		"map: A=id":                          "setting_invalid",
		"map: [[A=id]]":                      "setting_invalid",
		"map: ['']":                          "setting_invalid",
		"map: {A: [id]}":                     "setting_invalid",
		"ignore-columns: {a: b}":             "setting_invalid",
		"rate: 1\nrate: 1":                   "setting_twice",
		"profiles: {a: {rate: 1}, a: {}}":    "setting_twice",
		"profiles: {a: {profiles: {}}}":      "setting_unknown",
		"profiles: [a]":                      "settings_no_mapping",
		"profiles: {a: 1}":                   "settings_no_mapping",
		"- rate":                             "settings_no_mapping",
		"rate":                               "settings_no_mapping",
		"rate: : 1":                          "settings_not_yaml",
		"\trate: 1":                          "settings_not_yaml",
		"force: true":                        "setting_of_one_run",
		"<<: {rate: 1}":                      "setting_unknown",
		"rate: 1\nprofiles: {a: {rate: no}}": "setting_invalid", // also in a profile that is not selected
	} {
		_, err := config.Load(options(write(t, text), ""))
		var got reason.Reason
		if !errors.As(err, &got) || got.Code != want || got.Params["line"].(int) < 1 {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	for _, text := range []string{"", "# nothing\n", "---\n", "profiles:\n", "profiles: {a: }", "profiles: {a: {force: true}}", "a: &x 1"} {
		if _, err := config.Load(options(write(t, strings.TrimPrefix(text, "a: &x 1")), "")); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := config.Load(options("", write(t, "force: true"))); err != nil {
		t.Errorf("in a file that was named: %v", err)
	}
	if _, err := config.Load(options("", "nowhere.yaml")); !errors.Is(err, reason.New("settings_unreadable")) {
		t.Errorf("got %v", err)
	}
	if _, err := config.Load(options("nowhere.yaml", "")); err != nil {
		t.Errorf("got %v for one's own file that is not there", err)
	}
}

func TestEnvironment(t *testing.T) {
	s, err := config.Load(options("", "", `RAZEBULK_IGNORE_COLUMNS=a,"b, c"`, "RAZEBULK_RTAE=1", "RAZEBULK_API_KEY=x", "OLD_DECIMAL=comma", "OTHER=1"))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Values("ignore-columns"); !slices.Equal(got, []string{"a", "b, c"}) {
		t.Errorf("got %q", got)
	}
	if s.Source("decimal").String() != "OLD_DECIMAL" || len(s.Warnings) != 1 || s.Warnings[0].Params["nearest"] != "RAZEBULK_RATE" {
		t.Errorf("got %v, %v", s.Source("decimal"), s.Warnings)
	}
	s, err = config.Load(options("", "", "RAZEBULK_DECIMAL=point", "OLD_DECIMAL=comma"))
	if err != nil || s.Values("decimal")[0] != "point" {
		t.Errorf("got %q, %v", s.Values("decimal"), err)
	}
	for _, variable := range []string{"RAZEBULK_RATE=fast", `RAZEBULK_MAP=a"b`, "RAZEBULK_QUIET=maybe"} {
		if _, err := config.Load(options("", "", variable)); !errors.Is(err, reason.New("variable_invalid")) {
			t.Errorf("%s: got %v", variable, err)
		}
	}
}

// TestWhatIsSavedIsReadBack also checks that everything else in the file is kept.
func TestWhatIsSavedIsReadBack(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ -~à-ÿ]{1,12}`)
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		before := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			"# a comment", "", "  # another one", "rate: 5 # slow", "decimal: 'x' # as they said", "map:\n  - A=id\n  # in between\n  - B=name",
			"ignore-columns: [a,\n  b]", "profiles:\n  p:\n    decimal: kept",
		}), 0, 8).Filter(keysOnce).Draw(t, "before"), "\n")
		if rapid.Bool().Draw(t, "ended") && before != "" {
			before += "\n"
		}
		before = strings.ReplaceAll(before, "\n", end)
		entries := []config.Entry{
			{Key: "decimal", Value: text.Draw(t, "decimal")}, {Key: "retries", Value: rapid.IntRange(1, 99).Draw(t, "retries")},
			{Key: "map", Value: rapid.SliceOfN(text, 1, 3).Draw(t, "map")},
		}
		path := filepath.Join(folder, "f.yaml")
		if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := config.Save(path, entries, flags()); err != nil {
			t.Fatal(err)
		}
		saved, _ := os.ReadFile(path)
		s, err := config.Load(options("", path))
		if err != nil {
			t.Fatalf("%v of\n%s", err, saved)
		}
		if s.Values("decimal")[0] != entries[0].Value || !slices.Equal(s.Values("map"), entries[2].Value.([]string)) {
			t.Fatalf("got %q and %q of\n%s", s.Values("decimal"), s.Values("map"), saved)
		}
		for _, kept := range []string{"# a comment", "# another one", "rate: 5 # slow", "# as they said", "decimal: kept", "ignore-columns: [a,"} {
			if strings.Contains(before, kept) && !strings.Contains(string(saved), kept) {
				t.Fatalf("%q is lost in\n%s", kept, saved)
			}
		}
		if err := config.Save(path, entries, flags()); err != nil {
			t.Fatal(err)
		}
		if again, _ := os.ReadFile(path); string(again) != string(saved) {
			t.Fatalf("saved twice\n%s\nbecomes\n%s", saved, again)
		}
	})
}

// unwritable is a value that YAML can't represent.
type unwritable struct{}

func (unwritable) MarshalYAML() (any, error) { return nil, errors.New("no YAML") }

func TestRewritingReplacesAllOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.yaml")
	if err := os.WriteFile(path, []byte("rate: 5 # slow\nmap: [A=id]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		entries []config.Entry
		fails   bool
		want    string
	}{
		{[]config.Entry{{Key: "map", Value: []string{"B=id"}}, {Key: "decimal", Value: unwritable{}}}, true, "rate: 5 # slow\nmap: [A=id]\n"},
		{[]config.Entry{{Key: "map", Value: []string{"B=id"}}, {Key: "decimal", Value: "comma"}}, false, "map:\n  - B=id\ndecimal: comma\n"},
		{nil, false, ""},
	} {
		err := config.Rewrite(path, c.entries, flags())
		if text, _ := os.ReadFile(path); string(text) != c.want || (err != nil) != c.fails {
			t.Errorf("%v leaves %q (%v), want %q", c.entries, text, err, c.want)
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("it leaves %v", left)
	}
}

func keysOnce(lines []string) bool {
	seen := map[string]bool{}
	for _, line := range lines {
		key, _, isKey := strings.Cut(line, ":")
		if isKey && seen[key] {
			return false
		}
		seen[key] = isKey
	}
	return true
}

func TestTheSchemaAcceptsWhatTheProgramDoes(t *testing.T) {
	text, err := json.Marshal(config.Schema(flags()))
	if err != nil {
		t.Fatal(err)
	}
	var document validator.Schema
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	schema, err := document.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]bool{
		"rate: 0.5\nretries: 3\nquiet: true\ntimeout: 5s": true,
		"map: [A=id]": true, "map: {Ação: id}": true, "ignore-columns: [NULL, 7, x]": true,
		"profiles: {nightly: {rate: 1}}": true, "decimal: comma": true,
		"rat: 1": false, "rate: fast": false, "quiet: 1": false, "map: A=id": false, "retries: 1.5": false,
		"profiles: {nightly: {rat: 1}}": false, "profiles: {a: {profiles: {}}}": false,
	} {
		var value any
		if err := yaml.Unmarshal([]byte(file), &value); err != nil {
			t.Fatal(err)
		}
		_, refused := config.Load(options("", write(t, file)))
		if err := schema.Validate(value); (err == nil) != want || (refused == nil) != want {
			t.Errorf("%s: the schema says %v, the program %v", file, err, refused)
		}
	}
}
