package apikey

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"razebulk/internal/reason"
)

const address = "https://crm.example/external/v1"

func TestTheFirstPlaceThatHasAKeyCounts(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "key")
	for _, path := range []string{file, filepath.Join(folder, Credential)} {
		if err := os.WriteFile(path, []byte("of-"+filepath.Base(path)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keyring.MockInit()
	if _, err := Store(t.Context(), address, "of-keyring"); err != nil {
		t.Fatal(err)
	}
	own, old, credentials := OwnVariable+"=of-own", Variable+"=of-old", "CREDENTIALS_DIRECTORY="+folder
	for _, c := range []struct {
		named   Place
		environ []string
		want    string
	}{
		{OnCommandLine, []string{own, old, credentials}, "of-key"},
		{InEnvironment, []string{own, old, credentials}, "of-own"},
		{InEnvironment, []string{old, credentials}, "of-key"},
		{InFile, []string{own, old, credentials}, "of-own"},
		{InFile, []string{old, credentials}, "of-old"},
		{InFile, []string{credentials}, "of-key"},
		{Nowhere, []string{credentials}, "of-" + Credential},
		{Nowhere, []string{"CREDENTIALS_DIRECTORY=" + t.TempDir()}, "of-keyring"},
		{Nowhere, nil, "of-keyring"},
	} {
		o := Options{Named: c.named, Address: address, Getenv: lookup(c.environ)}
		if c.named != Nowhere {
			o.File = file
		}
		if key, err := Find(t.Context(), o); key.Text != c.want || err != nil || key.From == "" {
			t.Errorf("%+v: got %+v, %v", c, key, err)
		}
	}
}

func lookup(environ []string) func(string) string {
	return func(name string) string {
		for _, one := range environ {
			if value, found := strings.CutPrefix(one, name+"="); found {
				return value
			}
		}
		return ""
	}
}

func TestTheKeyringHasAKeyForEachHost(t *testing.T) {
	keyring.MockInit()
	find := func(address string) string {
		key, err := Find(t.Context(), Options{Address: address, Getenv: lookup(nil)})
		if err != nil && !errors.Is(err, reason.New("key_missing")) {
			t.Fatal(err)
		}
		return key.Text
	}
	host, err := Store(t.Context(), address, "one")
	if host != "crm.example" || err != nil {
		t.Fatalf("got %q, %v", host, err)
	}
	if find(address) != "one" || find("https://crm.example/other/v2") != "one" || find("https://evil.example/external/v1") != "" {
		t.Error("the key is not that of its host")
	}
	if _, found, err := Forget(t.Context(), address); !found || err != nil {
		t.Errorf("got %v, %v", found, err)
	}
	if _, found, err := Forget(t.Context(), address); found || err != nil {
		t.Errorf("got %v, %v of none", found, err)
	}
	if find(address) != "" {
		t.Error("it is still there")
	}
}

func TestAKeyringThatFailsIsNoKey(t *testing.T) {
	keyring.MockInitWithError(errors.New("no bus"))
	t.Cleanup(keyring.MockInit)
	if _, err := Find(t.Context(), Options{Getenv: lookup(nil)}); !errors.Is(err, reason.New("key_missing")) {
		t.Errorf("got %v", err)
	}
	if _, err := Store(t.Context(), address, "one"); !errors.Is(err, reason.New("keyring_unusable")) || strings.Contains(err.Error(), "one") {
		t.Errorf("got %v", err)
	}
	if _, _, err := Forget(t.Context(), address); !errors.Is(err, reason.New("keyring_unusable")) {
		t.Errorf("got %v", err)
	}
}

func TestSplit(t *testing.T) {
	for line, want := range map[string][]string{
		`op read op://vault/item`:        {"op", "read", "op://vault/item"},
		`op read "op://my vault/item"`:   {"op", "read", "op://my vault/item"},
		`  a  'b "c" d'  ""  `:           {"a", `b "c" d`, ""},
		`a b"c d"e`:                      {"a", "bc de"},
		`"C:\Program Files\op.exe" read`: {`C:\Program Files\op.exe`, "read"},
		`cat $HOME/key; rm -rf *`:        {"cat", "$HOME/key;", "rm", "-rf", "*"},
	} {
		if got, err := split(line); !slices.Equal(got, want) || err != nil {
			t.Errorf("%s: got %q, %v", line, got, err)
		}
	}
	for line, want := range map[string]string{"": "key_command_empty", "  ": "key_command_empty", `""`: "key_command_empty", `a "b`: "key_command_quote"} {
		if _, err := split(line); !errors.Is(err, reason.New(want)) {
			t.Errorf("%q: got %v", line, err)
		}
	}
}

func TestACommandEndsWithTheRun(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no sleep")
	}
	ctx, stop := context.WithCancelCause(t.Context())
	interrupted := errors.New("interrupted")
	stop(interrupted)
	_, err := Find(ctx, Options{Command: "sleep 1000", Named: OnCommandLine, Getenv: lookup(nil)})
	if !errors.Is(err, interrupted) {
		t.Errorf("got %v", err)
	}
}

// TestAKeyFileMayHaveAByteOrderMark has what Notepad and PowerShell write.
func TestAKeyFileMayHaveAByteOrderMark(t *testing.T) {
	for _, content := range []string{"\xef\xbb\xbfgr_live_1\r\n", "\xff\xfeg\x00r\x00_\x00l\x00i\x00v\x00e\x00_\x001\x00\r\x00\n\x00"} {
		file := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if key, err := readFile(t.Context(), file); key != "gr_live_1" || err != nil {
			t.Errorf("%q: got %q, %v", content, key, err)
		}
	}
}

func TestWhatACommandSaysIsCutAndHasNoKey(t *testing.T) {
	if got := said(limitedBuffer{[]byte("no access for gr_live_2, sorry")}, ""); got != "no access for [key] sorry" {
		t.Errorf("got %q", got)
	}
	got := said(limitedBuffer{[]byte(strings.Repeat("x gr_live_1 \xff", 100))}, "gr_live_1")
	if strings.Contains(got, "gr_live_1") || len(got) > 310 || !strings.HasPrefix(got, "x [key] ?") {
		t.Errorf("got %q", got)
	}
}
