package cli_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"razebulk/batch/pace"
	"razebulk/internal/cli/internal/logs"
	"razebulk/internal/event"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// TestAnyTextIsOneLineOfJSON also checks that the line has nothing that a terminal acts on.
func TestAnyTextIsOneLineOfJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		var out bytes.Buffer
		logs.New(&out, logs.JSON, "run", false, false).Info("notice", "message", text)
		var one struct{ Message string }
		if err := json.Unmarshal(out.Bytes(), &one); err != nil || strings.Count(out.String(), "\n") != 1 {
			t.Fatalf("%v: %s", err, out.String())
		}
		for _, r := range strings.TrimSuffix(out.String(), "\n") {
			if !unicode.IsGraphic(r) {
				t.Fatalf("%U is in %q", r, out.String())
			}
		}
		for _, r := range text { // characters without a short JSON escape are replaced
			if r > 0xffff && !unicode.IsGraphic(r) {
				return
			}
		}
		if one.Message != text {
			t.Fatalf("got %q, want %q", one.Message, text)
		}
	})
}

func TestLevelsOfALog(t *testing.T) {
	for _, c := range []struct {
		quiet, verbose bool
		want           int
	}{{true, false, 1}, {false, false, 2}, {false, true, 3}} {
		var out bytes.Buffer
		log := logs.New(&out, logs.Text, "run", c.quiet, c.verbose)
		log.Debug("a")
		log.Info("b")
		log.Warn("c")
		if got := strings.Count(out.String(), "\n"); got != c.want {
			t.Errorf("%+v: %d lines", c, got)
		}
	}
}

func TestProgressIsALineNowAndThenAndOneForEachWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		h := logs.NewHandler(logs.New(&out, logs.JSON, "run", false, false), words.For(nil))
		until := time.Now().Add(time.Hour)
		for range 5 * 70 { // 70 seconds
			h.Handle(event.Progress{Phase: event.Sending, Total: 10, Wait: &event.Wait{Why: pace.ForQuota, Until: until}})
			time.Sleep(200 * time.Millisecond)
		}
		h.Handle(event.Progress{Phase: event.Sending, Total: 10, Ended: true})
		if waits, lines := strings.Count(out.String(), `"msg":"waiting"`), strings.Count(out.String(), `"msg":"progress"`); waits != 1 || lines != 2 {
			t.Errorf("%d waits and %d lines in\n%s", waits, lines, out.String())
		}
	})
}

func TestALongPassOverTheSheetIsALine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		h := logs.NewHandler(logs.New(&out, logs.JSON, "run", false, false), words.For(nil))
		for range 6 {
			h.Handle(event.Progress{Phase: event.Checking, Sheet: "deals.csv", Done: 1 << 20, Total: 9 << 20})
			time.Sleep(time.Second)
		}
		if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `"phase":"checking","sheet":"deals.csv","done":1048576,"total":9437184`) {
			t.Errorf("got %s", got)
		}
	})
}

func TestALogPutsTheCauseOfAWarningIntoWordsWithoutTheCell(t *testing.T) {
	var out bytes.Buffer
	h := logs.NewHandler(logs.New(&out, logs.JSON, "run", false, false), words.For(nil).WithoutCells())
	cause := reason.New("id_with_slash", "column", "id", "value", "secret/1")
	h.Handle(event.Warning{Reason: reason.New("id_left_out", "row", 7, "file", "ids.csv").Because(cause)})
	if !strings.Contains(out.String(), `"message":"row 7 of ids.csv is left out: id \"…\": contains a slash; copy the id alone, not its address"`) {
		t.Error(out.String())
	}
}
