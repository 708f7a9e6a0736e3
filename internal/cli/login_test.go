package cli

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"razebulk/internal/apikey"
	"razebulk/internal/sandbox"
)

func TestAStoredKeyIsUsedUntilItIsRemoved(t *testing.T) {
	keyring.MockInit()
	t.Setenv(apikey.Variable, "")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	for _, dialect := range sandbox.Dialects {
		server := httptest.NewServer(sandbox.New(sandbox.Options{Dialect: dialect}))
		t.Cleanup(server.Close)
		t.Setenv("GETRAZE_BASE_URL", server.URL)
		for _, step := range []struct {
			line, in string
			code     int
			want     string
		}{
			{"check", "", 2, "no API key"},
			{"login", "\n", 2, "no API key: what was typed has none"},
			{"login", `"` + sandbox.DefaultKey + `"`, 2, "the API key has quotes"},
			{"login", sandbox.DefaultKey + "\n", 0, "is in the keyring"},
			{"check", "", 0, "from the keyring of this system"},
			{"export --out " + filepath.Join(t.TempDir(), "all.csv"), "", 0, "50 opportunities"},
			{"login --base-url https://other.example/v1", "another", 0, "the key for other.example is in the keyring"},
			{"check", "", 0, "the key works"},
			{"logout", "", 0, "no longer in the keyring"},
			{"logout", "", 0, "the keyring has no key for 127.0.0.1"},
			{"check", "", 2, "no API key"},
		} {
			var out, talk bytes.Buffer
			code := Run(strings.Fields(step.line), strings.NewReader(step.in), &out, &talk)
			said := out.String() + talk.String()
			if code != step.code || !strings.Contains(said, step.want) || strings.Contains(said, sandbox.DefaultKey) {
				t.Errorf("%s, %s: exit %d\n%s", dialect, step.line, code, said)
			}
		}
	}
}

// TestConfigShow compares the settings that are not defaults, and their sources, with a golden file.
func TestConfigShow(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("one's own file has another place")
	}
	t.Chdir("testdata/config_show")
	own, err := filepath.Abs("own")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CONFIG_HOME", own)
	t.Setenv("GETRAZE_BASE_URL", "https://crm.example/v1")
	t.Setenv("GETRAZE_API_KEY", "gr_live_secret")
	t.Setenv("RAZEBULK_MAX_DURATION", "6h")
	t.Setenv("RAZEBULK_KEY", "gr_live_secret")
	want, err := os.ReadFile("want.golden")
	if err != nil {
		t.Fatal(err)
	}
	var out, talk bytes.Buffer
	if code := Run([]string{"config", "show", "--config", "razebulk.yaml", "--profile", "nightly"}, strings.NewReader(""), &out, &talk); code != 0 {
		t.Fatalf("exit %d, %s", code, talk.String())
	}
	var got strings.Builder
	for line := range strings.Lines(out.String()) {
		if !strings.HasSuffix(line, " default\n") {
			got.WriteString(strings.ReplaceAll(strings.Join(strings.Fields(line), " "), own, "~/.config") + "\n")
		}
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}
