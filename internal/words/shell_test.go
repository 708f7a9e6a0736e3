package words

import (
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

var awkwardArguments = []string{
	"Score", "Lead Temperature", "Valor (R$)", "Data\nretorno", `a "b"`, "it's", `it's "$HOME"`, "`id`", `back\slash`, "wow!", "a,b", "%PATH%", "é ü", "*",
}

func TestArgumentsCanBePasted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a POSIX shell")
	}
	for _, text := range awkwardArguments {
		out, err := exec.Command("sh", "-c", "printf %s "+shellOf("linux", text)).Output()
		if want := strings.Join(strings.Fields(text), " "); err != nil || string(out) != want {
			t.Errorf("%q became %q, %v", text, out, err)
		}
	}
}

func TestArgumentsOfEachShell(t *testing.T) {
	for _, c := range []struct{ text, posix, windows string }{
		{"Lead Temperature", `"Lead Temperature"`, `"Lead Temperature"`},
		{"it's", `"it's"`, `"it's"`},
		{`it's "b"`, `'it'\''s "b"'`, `'it''s "b"'`},
		{"Valor (R$)", `'Valor (R$)'`, `'Valor (R$)'`},
	} {
		if posix, windows := shellOf("linux", c.text), shellOf("windows", c.text); posix != c.posix || windows != c.windows {
			t.Errorf("%s: got %s and %s", c.text, posix, windows)
		}
	}
}

func TestColumnsToLeaveOutCanBePasted(t *testing.T) {
	got := For(nil).Text("columns_advice", map[string]any{"leave_out": []string{"Data\nretorno", "Score, total"}})
	if want := `--ignore-columns 'Data retorno,"Score, total"'`; !strings.HasSuffix(got, want) {
		t.Errorf("got %s", got)
	}
}
