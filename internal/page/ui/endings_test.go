package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/page/work"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// says fails unless the page says each of these in one of its languages, and if it has a code of the service.
func (v *visitor) says(wants ...string) {
	v.t.Helper()
	var pages string
	for _, l := range []words.Language{words.Portuguese, words.English} {
		v.post("/language", "language", string(l))
		pages += v.get("/")
	}
	for _, want := range wants {
		if !strings.Contains(pages, want) {
			v.t.Errorf("the page does not say %q: %s", want, pages)
		}
	}
	if strings.Contains(pages, "PERMISSION") || strings.Contains(pages, "--max") {
		v.t.Errorf("the page has a code or a flag: %s", pages)
	}
}

// afterNext returns what the page says in both languages about when the quota starts again.
func afterNext(t *testing.T, err error, english, portuguese string) []string {
	t.Helper()
	var late *pace.OutOfTime
	if !errors.As(err, &late) || late.Why != pace.ForQuota {
		t.Fatalf("it ended with %v", err)
	}
	at := In(words.English).Clock(late.Next)
	return []string{english + " after " + at + ".", portuguese + " depois das " + at + ".", "The quota is used up, and", "A cota está usada, e"}
}

// TestAStopForTheQuotaSaysWhenToResume has a quota of two requests, and no time to wait for the next window.
func TestAStopForTheQuotaSaysWhenToResume(t *testing.T) {
	eachDialect(t, func(t *testing.T, o sandbox.Options) {
		o.Limit = 2
		v := visit(t, o)
		v.most = time.Second
		v.post("/key", "key", apiKey)
		sheet := "id,notes\n"
		for i, id := range sandbox.New(o).IDs()[:3] {
			sheet += fmt.Sprintf("%s,note %d\n", id, i)
		}
		v.drop("deals.csv", sheet)
		v.post("/columns", "do", "check")
		v.work.Wait()
		v.post("/send")
		v.work.Wait()
		now := v.work.Now()
		if now.Step != work.Done || !now.Result.Resumable {
			t.Fatalf("the step is %d: %v", now.Step, now.Err)
		}
		v.says(afterNext(t, now.Result.Err, "Resume it</button><span>Resume it", "<span>Retome")...)
	})
}

// TestACheckThatRunsOutOfQuotaSaysWhenToCheckAgain has a CRM that must be read opportunity by opportunity.
func TestACheckThatRunsOutOfQuotaSaysWhenToCheckAgain(t *testing.T) {
	v := visit(t, sandbox.Options{Limit: 1})
	v.most = time.Second
	v.post("/key", "key", apiKey)
	v.drop("deals.csv", "id,notes\n"+first+",x\n"+second+",y\n")
	v.post("/columns", "compare", "on", "do", "check")
	v.work.Wait()
	v.says(afterNext(t, v.work.Now().Err, "Check again", "Confira de novo")...)
}

func TestWhenToResume(t *testing.T) {
	soon, past := time.Now().Add(time.Hour), time.Now().Add(-time.Hour)
	down := reason.Reasons{reason.New("no_answer", "error", "refused")}
	for _, c := range []struct {
		late             pace.OutOfTime
		why, when, quand string
	}{
		{pace.OutOfTime{Why: pace.ForQuota, Next: soon}, "The quota is used up", "after " + soon.Format(time.TimeOnly), "depois das " + soon.Format(time.TimeOnly)},
		{pace.OutOfTime{Why: pace.ForQuota, Next: past}, "The quota is used up", "whenever you like", "quando quiser"},
		{pace.OutOfTime{Why: pace.ForService, Next: soon}, "The CRM asks for a longer wait", "after " + soon.Format(time.TimeOnly), "depois das " + soon.Format(time.TimeOnly)},
		{pace.OutOfTime{Why: pace.ForOutage, Failure: down}, "the service keeps failing", "when the CRM works again", "quando o CRM voltar a funcionar"},
		{pace.OutOfTime{}, "The time for the run is over", "whenever you like", "quando quiser"},
	} {
		err := &update.StoppedError{Cause: &c.late}
		english, portuguese := &speech{In(words.English), message}, &speech{In(words.Portuguese), message}
		if got := strings.Join(english.each(err), "|"); !strings.HasPrefix(got, c.why) {
			t.Errorf("%+v: because %q", c.late, got)
		}
		if got, want := english.again("ui_resume_when", err), "Resume it "+c.when+"."; got != want {
			t.Errorf("%+v: %q, not %q", c.late, got, want)
		}
		if got, want := portuguese.again("ui_resume_when", err), "Retome "+c.quand+"."; got != want {
			t.Errorf("%+v: %q, not %q", c.late, got, want)
		}
	}
	if got := (&speech{In(words.English), message}).again("ui_resume_when", work.ErrStopped); got != "" {
		t.Errorf("stopped by the user: %q", got)
	}
}

func TestASheetWithoutRowsSaysSo(t *testing.T) {
	v := reviewed(t, sandbox.Options{}, "id,email\n")
	v.says("Nothing to send: the sheet has no rows below its header.", "Nada a enviar: a planilha não tem linhas abaixo do cabeçalho.")
	if page := v.get("/"); strings.Contains(page, "the CRM already has") {
		t.Errorf("the page is %s", page)
	}
}

// TestAKeyThatMayNotReadIsExplained has a key that may update, but not compare.
func TestAKeyThatMayNotReadIsExplained(t *testing.T) {
	eachDialect(t, func(t *testing.T, o sandbox.Options) {
		o.Keys = []sandbox.Key{{Value: "gr_live_that_only_writes", Write: true}}
		v := visit(t, o)
		v.post("/key", "key", "gr_live_that_only_writes")
		v.drop("deals.csv", "id,email\n"+sandbox.New(o).IDs()[0]+",ana@example.com\n")
		v.post("/columns", "compare", "on", "do", "check")
		v.work.Wait()
		v.says("may not read opportunities", "não pode ler oportunidades", "opportunities:read, or type another key", `type="password"`)
	})
}
