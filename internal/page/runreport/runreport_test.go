package runreport_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/csvmap"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/notify"
	"razebulk/internal/page/runreport"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

var rewrite = flag.Bool("update", false, "write the golden pages again")

var texts = words.For(nil)

func worded(r reason.Reason) string { return texts.Text(r.Code, r.Params) }

var at = time.Date(2026, 11, 26, 15, 4, 5, 0, time.Local)

// reportOf returns the report of a run that took two minutes.
func reportOf(events ...event.Event) runreport.Report { return dryOrNot(false, events...) }

func dryOrNot(dry bool, events ...event.Event) runreport.Report {
	collector, details := notify.NewCollector("1.2.3", "20261126T150405Z-ABC123", "deals.csv", dry), runreport.NewCollector(dry, worded)
	for _, e := range events {
		collector.Handle(e)
		details.Handle(e)
	}
	collector.End(notify.Finished, 1, "", false)
	s := collector.Summary()
	ended := at.Add(2 * time.Minute)
	s.Started, s.Ended, s.Durations.Total = at, &ended, 120
	s.RunID = "20261126T150405Z-ABC123"
	return runreport.Report{Words: texts, Summary: s, User: "ana", PlanAge: 7 * 24 * time.Hour, Message: "2 of 5 rows failed", Details: details}
}

func pageOf(t interface {
	Helper()
	Fatal(args ...any)
}, r runreport.Report) []byte {
	t.Helper()
	text, err := r.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

const sheet = `id,company,email,deal_value
265e24ec-3bc8-4820-b65f-89a69d7babe4,Padaria & Filhos,,
b478c75d-eb4f-4b56-86ec-71aa86afb784,,not an address,
3de06b1a-f8d5-4c3f-8f19-f37a122566ce,Nova Ltda,,1234.50
00000000-0000-4000-8000-000000000000,Nobody,,
7ca12391-6368-435b-80f4-e99cfbb8b995,,,
`

// TestPageOfASmallRun runs the real engine in both dialects.
func TestPageOfASmallRun(t *testing.T) {
	for _, dialect := range sandboxtest.Dialects(t) {
		for _, dry := range []bool{false, true} {
			name := fmt.Sprintf("%s-dry-%t", dialect, dry)
			t.Run(name, func(t *testing.T) {
				server := httptest.NewServer(sandbox.New(sandbox.Options{Dialect: dialect}))
				defer server.Close()
				r := dryOrNot(dry, eventsOf(t, server.URL, dry)...)
				r.Summary.Service.Host = "app.example.com"
				if r.Summary.Quota != nil {
					r.Summary.Quota.Resets = at.Add(56 * time.Minute)
				}
				golden(t, name, pageOf(t, r))
			})
		}
	}
}

func eventsOf(t *testing.T, url string, dry bool) (events []event.Event) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(file, []byte(sheet), 0o600); err != nil {
		t.Fatal(err)
	}
	paths, err := update.PathsFor(file, "", "")
	if err != nil {
		t.Fatal(err)
	}
	prepared, err := update.Prepare(context.Background(), update.Options{
		File: file, Paths: paths, Address: url, MaxFailures: pace.Share{Percent: 100}, DryRun: dry, Compare: true, EmitPlans: true, Words: worded,
		Requests: run.Options{API: getraze.Options{BaseURL: url, Key: sandbox.DefaultKey, Timeout: time.Minute}, Workers: 1},
		Handle: func(e event.Event) {
			if p, ok := e.(event.Planned); ok {
				p.Cost.Outlook.Done = at.Add(3 * time.Minute)
				e = p
			}
			events = append(events, e)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if dry {
		err = prepared.WritePlan(context.Background())
	} else {
		_, _ = prepared.Send(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := prepared.Close(); err != nil {
		t.Fatal(err)
	}
	return events
}

// golden compares what people read on a page: the stylesheet and the script don't matter here.
func golden(t *testing.T, name string, page []byte) {
	t.Helper()
	var got strings.Builder
	for _, line := range strings.Split(strings.Join(lines(parse(t, page)), "\n"), "\n") {
		got.WriteString(strings.TrimSpace(line) + "\n")
	}
	path := filepath.Join("testdata", name+".golden")
	if *rewrite {
		if err := os.WriteFile(path, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func parse(t interface {
	Helper()
	Fatal(args ...any)
}, page []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// lines returns the elements of a page with their texts, except styles and scripts; a table row is one line.
func lines(n *html.Node) (all []string) {
	if n.Type == html.ElementNode {
		switch n.Data {
		case "style", "script", "svg", "meta":
			if label := attribute(n, "aria-label"); label != "" {
				all = append(all, n.Data+": "+label)
			}
			return all
		case "tr":
			var cells []string
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				cells = append(cells, strings.TrimSpace(text(c)))
			}
			return []string{"| " + strings.Join(cells, " | ") + " |"}
		case "title", "h1", "h2", "h3", "p", "li", "dt", "dd", "caption", "pre", "footer", "label":
			return []string{n.Data + ": " + strings.Join(strings.Fields(text(n)), " ")}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		all = append(all, lines(c)...)
	}
	return all
}

func text(n *html.Node) (all string) {
	if n.Type == html.TextNode {
		return n.Data
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		all += text(c)
	}
	return all
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// skeleton returns a page without its texts: its elements and their attributes.
func skeleton(n *html.Node) (all []string) {
	if n.Type == html.ElementNode {
		one := n.Data
		for _, a := range n.Attr {
			if a.Key != "aria-label" { // has the service's own words
				one += " " + a.Key + "=" + a.Val
			}
		}
		all = append(all, one)
	}
	if n.Type == html.CommentNode {
		all = append(all, "comment "+n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		all = append(all, skeleton(c)...)
	}
	return all
}

// foreign has texts of others, wherever a page has any.
type foreign struct{ id, field, before, after, status, message, host, user, file string }

func pageWith(f foreign) runreport.Report {
	plan := batch.Plan{Row: csvmap.Row{Number: 2, ID: f.id}}
	held := getraze.Value{Text: f.before}
	plan.Decisions = []batch.Decision{
		{Field: getraze.Field{Name: f.field, Text: f.after}, Seen: true, Before: held},
		{Field: getraze.Field{Name: f.field, Text: f.after}, Seen: true, Before: held, Choice: batch.Leave},
	}
	r := reportOf(
		event.Compared{}, event.RowPlanned{Plan: plan}, event.Warning{Reason: reason.New("service_refused", "message", f.message)},
		event.RowDone{Result: batch.Result{Row: 2, ID: f.id, Status: batch.Status(f.status), Reasons: reason.Reasons{reason.New("service_refused", "message", f.message)}}},
	)
	r.Summary.Service.Host, r.User, r.Summary.Sheet.Name, r.Message = f.host, f.user, f.file, f.message
	r.Summary.Files.Failed = f.file
	return r
}

// TestNothingOfOthersBecomesMarkup wants the same elements and attributes whatever the texts are, and the texts
// unchanged in their cells.
func TestNothingOfOthersBecomesMarkup(t *testing.T) {
	hostile := rapid.Custom(func(t *rapid.T) string {
		part := rapid.OneOf(
			rapid.SampledFrom([]string{"<script>alert(1)</script>", "</td>", "</table>", "--><svg onload=x>", `" onclick="x`, "' x='", "</style>", "</title>",
				"{{.}}", "&lt;", "&#0;", "\x00", "\r", "\r\n", "\u202e", "\ufeff", "\xff\xfe", "javascript:", "`${x}`", "<!--", "]]>", "+ADw-", "\u2028", "=1+1"}),
			rapid.StringN(0, 12, -1), rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 8), func(b []byte) string { return string(b) }))
		return "x" + strings.Join(rapid.SliceOfN(part, 0, 6).Draw(t, "parts"), "") // neither empty nor another one's code
	})
	want := skeleton(parse(t, pageOf(t, pageWith(foreign{"x", "x", "x", "x", "x", "x", "x", "x", "x"}))))
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) string { return hostile.Draw(t, name) }
		f := foreign{draw("id"), draw("field"), draw("before"), draw("after"), draw("status"), draw("message"), draw("host"), draw("user"), draw("file")}
		f.file = strings.NewReplacer("/", "", `\`, "").Replace(f.file) // only the name of a file is shown
		root := parse(t, pageOf(t, pageWith(f)))
		if diff := cmp.Diff(want, skeleton(root)); diff != "" {
			t.Fatalf("other elements: -want +got:\n%s", diff)
		}
		got := cellsOf(root, "changes")
		if wanted := []string{"2", shown(f.id, 80), strings.TrimSpace(shown(f.field, 80)), shown(f.before, 300), shown(f.after, 300), "refused"}; !cmp.Equal(got, wanted) {
			t.Fatalf("the changes hold %q, want %q", got, wanted)
		}
		got = cellsOf(root, "conflicts")
		if wanted := []string{"2", shown(f.id, 80), strings.TrimSpace(shown(f.field, 80)), shown(f.before, 300), shown(f.after, 300)}; !cmp.Equal(got, wanted) {
			t.Fatalf("the conflicts hold %q, want %q", got, wanted)
		}
	})
}

// shown returns a text as people see it, cut if it is long.
func shown(text string, most int) string {
	runes := []rune(words.VisibleCell(text))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}

// cellsOf returns the cells in the body of a table.
func cellsOf(n *html.Node, id string) (cells []string) {
	var walk func(n *html.Node, inside bool)
	walk = func(n *html.Node, inside bool) {
		inside = inside || n.Data == "table" && attribute(n, "id") == id
		if inside && (n.Data == "td" || n.Data == "th" && attribute(n, "scope") == "row") {
			cells = append(cells, text(n))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside)
		}
	}
	walk(n, false)
	return cells
}

// TestSizeIsBounded shows what fits, and says how much more there is.
func TestSizeIsBounded(t *testing.T) {
	for _, tt := range []struct{ name, text string }{{"short", "Nova"}, {"hostile", strings.Repeat("<+'\x00\U0001F600", 100)}} {
		t.Run(tt.name, func(t *testing.T) {
			if testing.Short() && tt.name == "short" {
				t.Skip("the other one is larger")
			}
			const rows, fields = 10_000, 3
			events := []event.Event{event.Compared{}}
			for n := range rows {
				plan := batch.Plan{Row: csvmap.Row{Number: n + 2, ID: fmt.Sprintf("265e24ec-3bc8-4820-b65f-%012d", n)}}
				for f := range fields {
					d := batch.Decision{Field: getraze.Field{Name: "field " + strconv.Itoa(f), Text: tt.text}, Seen: true, Before: getraze.Value{Text: "before " + tt.text}}
					if n%5 == 0 {
						d.Choice = batch.Leave
					}
					plan.Decisions = append(plan.Decisions, d)
				}
				result := batch.Result{Row: n + 2, ID: plan.Row.ID, Status: batch.Success, Sent: []string{"field 0", "field 1", "field 2"}}
				if n%3 == 0 {
					result.Status = batch.Status(fmt.Sprintf("%s %d", tt.text, n%200))
					result.Reasons = reason.Reasons{reason.New("service_refused", "message", tt.text)}
				}
				warning := event.Warning{Reason: reason.New("service_refused", "message", tt.text)}
				events = append(events, event.RowPlanned{Plan: plan}, event.RowDone{Result: result}, warning)
			}
			r := reportOf(events...)
			r.Message = strings.Repeat(tt.text, 1000)
			page := pageOf(t, r)
			if len(page) > runreport.MaxSize {
				t.Errorf("the page has %d bytes, more than %d", len(page), runreport.MaxSize)
			}
			root := parse(t, page)
			changes, conflicts := len(cellsOf(root, "changes"))/6, len(cellsOf(root, "conflicts"))/5
			all := strings.Join(lines(root), "\n")
			for _, want := range []string{
				fmt.Sprintf("%s further changes are not shown here", words.Thousands(rows*4/5*fields-changes)),
				fmt.Sprintf("%s further values are not shown here", words.Thousands(rows/5*fields-conflicts)),
				"further rows of this kind are not shown here", "9,980 more like these",
			} {
				if !strings.Contains(all, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			t.Logf("%d bytes, %d changes, %d conflicts", len(page), changes, conflicts)
		})
	}
}

// TestTheFirstScreen says for each way a run can end whether it worked, what to do, and by when.
func TestTheFirstScreen(t *testing.T) {
	done := func(statuses ...batch.Status) (events []event.Event) {
		events = append(events, event.SheetRead{Rows: 3}, event.Planned{Host: "app.example.com"})
		for i, status := range statuses {
			events = append(events, event.RowDone{Result: batch.Result{Row: i + 2, Status: status}})
		}
		return events
	}
	stopped := func(by string, resumable bool, events ...event.Event) runreport.Report {
		r := reportOf(events...)
		r.Summary.State, r.Summary.EndedBy, r.Summary.Resumable = notify.Stopped, by, resumable
		r.Summary.Quota, r.Summary.Requests.Sent = &notify.Quota{Limit: 100, Resets: at.Add(time.Hour)}, len(r.Summary.Rows.ByStatus)
		return r
	}
	refused, running := reportOf(), reportOf(done()...)
	refused.Summary.State, running.Summary.State, running.Summary.Ended = notify.Refused, notify.Running, nil
	withUndo := reportOf(done(batch.Success, batch.Success, batch.Success)...)
	withUndo.Summary.Files.Undo = "/home/ana/deals.undo.csv"
	undone := reportOf(append([]event.Event{event.SheetRead{Rows: 1, Undoes: true}}, event.RowDone{Result: batch.Result{Row: 2, Status: batch.Success}})...)
	failed := reportOf(done(batch.Success, batch.NotFound, "INVALID_EMAIL")...)
	failed.Summary.Files.Failed = `C:\sheets\deals.failed.xlsx`
	for _, tt := range []struct {
		name   string
		report runreport.Report
		want   []string
	}{
		{"all is well", withUndo, []string{"All 3 rows were updated", "Nothing.", "deals.undo.csv undoes this run", "No deadline."}},
		{"undone", undone, []string{"1 row was restored", "Nothing.", "No deadline."}},
		{"nothing to change", reportOf(done(batch.Unchanged, batch.Unchanged, batch.Empty)...), []string{"Nothing had to be changed", "Nothing."}},
		{"some failed", failed, []string{"2 of 3 rows need attention", "Correct 2 rows in deals.failed.xlsx, and send that file", "these opportunities stay as they are"}},
		{"quota", stopped("quota_spent", true, done(batch.Success)...), []string{"The run stopped: 1 of 3 rows are done", "Have the run resumed", "Not before 16:04:05"}},
		{"stopped", stopped("too_many_failures", false, done(batch.NotFound, batch.NotAttempted, batch.NotAttempted)...), []string{"1 of 3 rows are done", "Read what the program says", "As soon as possible"}},
		{"stopped while reading", stopped("outage", true, done()...), []string{"Nothing was sent", "The CRM is as it was before", "No deadline."}},
		{"refused", refused, []string{"Nothing was sent", "Read what the program says below", "No deadline."}},
		{"killed", running, []string{"The run has not ended", "resume it if it was killed"}},
	} {
		root := parse(t, pageOf(t, tt.report))
		got := strings.Join(lines(root), "\n")
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the page does not say %q:\n%s", tt.name, want, got)
			}
		}
	}
}

// TestTextsOfAllReasons wants a heading and advice for each reason that a row can have.
func TestTextsOfAllReasons(t *testing.T) {
	for _, code := range words.RowCodes() {
		r := reportOf(event.RowDone{Result: batch.Result{Row: 2, Status: batch.ValidationError, Reasons: reason.Reasons{{Code: code}}}})
		if code == "service_refused" {
			continue // grouped by what the service answered
		}
		all := strings.Join(lines(parse(t, pageOf(t, r))), "\n")
		if strings.Contains(all, "why_"+code) || strings.Contains(all, "do_") {
			t.Errorf("%s has no heading or no advice:\n%s", code, all)
		}
	}
}
