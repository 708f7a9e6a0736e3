package words_test

import (
	"strings"
	"testing"

	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// TestWithoutCells gives texts a secret in each parameter that may come from a cell.
func TestWithoutCells(t *testing.T) {
	w := words.For(nil).WithoutCells()
	inner := reason.Reasons{reason.New("email_invalid", "column", "E-mail", "value", "segredo")}
	for _, r := range []reason.Reason{
		reason.New("email_invalid", "column", "E-mail", "value", "segredo"),
		reason.New("service_refused", "message", "bad value segredo"),
		reason.New("answer_not_json", "status", "502", "line", "<p>segredo"),
		reason.New("owner_unknown", "users", []string{"segredo"}),
		reason.New("key_rejected", "status", "X", "why", "segredo"),
		reason.New("base_url_wrong", "why", inner, "answers", 0, "url", "http://x"),
		reason.New("no_such_code", "text", "segredo"),
		reason.New("workbook_unreadable", "why", reason.Reasons{
			reason.New("workbook_in_row", "number", 3, "why", reason.Reasons{reason.New("workbook_not_number", "text", "segredo")}),
		}),
		reason.New("workbook_error", "message", `strconv.Atoi: parsing "segredo": invalid syntax`),
	} {
		text := w.Text(r.Code, r.Params)
		if strings.Contains(text, "segredo") || !strings.Contains(text, "…") {
			t.Errorf("%s: %s", r.Code, text)
		}
		if open := words.For(nil).Text(r.Code, r.Params); !strings.Contains(open, "segredo") {
			t.Errorf("%s has no secret to keep: %s", r.Code, open)
		}
	}
	if text := w.Text("email_invalid", reason.Params{"column": "E-mail", "value": "x"}); !strings.HasPrefix(text, `E-mail "…": `) {
		t.Errorf("got %s", text)
	}
	if text := w.Text("workbook_in_part", reason.Params{"part": "xl/a.xml", "why": "…"}); text != "part xl/a.xml: …" {
		t.Errorf("got %s", text)
	}
	if text := w.Text("key_file_open", reason.Params{"file": "key.txt"}); !strings.Contains(text, "key.txt") {
		t.Errorf("got %s", text)
	}
}
