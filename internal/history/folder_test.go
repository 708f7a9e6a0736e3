package history

import (
	"errors"
	"path/filepath"
	"runtime"
	"testing"
)

func TestTheFolderForState(t *testing.T) {
	absolute := func(name string) string {
		if runtime.GOOS == "windows" {
			return `C:\` + name
		}
		return "/" + name
	}
	home := func() (string, error) { return absolute("home"), nil }
	none := func() (string, error) { return "", errors.New("no home") }
	usual := filepath.Join(absolute("home"), ".local", "state")
	for _, tt := range []struct {
		name, system string
		env          map[string]string
		home         func() (string, error)
		want         string
	}{
		{"named", "linux", map[string]string{"XDG_STATE_HOME": absolute("state")}, none, absolute("state")},
		{"not absolute", "linux", map[string]string{"XDG_STATE_HOME": "state"}, home, usual},
		{"usual", "linux", nil, home, usual},
		{"windows", "windows", map[string]string{"LocalAppData": "there"}, none, "there"},
		{"not windows", "darwin", map[string]string{"LocalAppData": "there"}, home, usual},
		{"none", "linux", nil, none, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := stateFolder(tt.system, func(name string) string { return tt.env[name] }, tt.home)
			if failed := err != nil; failed != (tt.want == "") || !failed && got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}
