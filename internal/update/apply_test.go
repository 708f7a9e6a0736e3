package update_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"razebulk/csvmap"
	"razebulk/internal/review"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
	"razebulk/internal/update"
)

var reviewedFields = []string{"email", "phone", "company"}

// reviewing is a CRM, a sheet, its plan, and people who act between the plan and its end.
type reviewing struct {
	t       *rapid.T
	service *service
	folder  string
	ids     []string
	runs    int
}

func TestAPlanChangesWhatWasReviewedAndNothingElse(t *testing.T) {
	checkReviews(t, func(r *reviewing) {
		plan := r.plan(r.sheet())
		kept := r.review(plan)
		r.colleague()
		before := r.stored()
		undo := r.apply(plan)
		after := r.stored()
		r.same("applied", wanted(before, kept), after)
		r.apply(plan)
		r.same("applied twice", after, r.stored())
		r.undo(undo)
		r.same("undone", before, r.stored())
	})
}

// TestOfSeveralLinesForOneCellAnyMayBeDeleted has rows that change one opportunity again and again: what is left of
// them is sent as if the others had never existed.
func TestOfSeveralLinesForOneCellAnyMayBeDeleted(t *testing.T) {
	checkReviews(t, func(r *reviewing) {
		var rows []string
		for range rapid.IntRange(2, 6).Draw(r.t, "rows") {
			rows = append(rows, rapid.SampledFrom(r.ids[:2]).Draw(r.t, "id"))
		}
		plan := r.plan(r.sheetOf(rows))
		r.review(plan)
		want := r.stored()
		for _, l := range r.lines(plan) { // in the order of rows
			want[cellOf{l[1], l[3]}] = strings.TrimPrefix(l[5], "'")
		}
		before := r.stored()
		undo := r.apply(plan)
		r.same("applied", want, r.stored())
		r.undo(undo)
		r.same("undone", before, r.stored())
	})
}

func checkReviews(t *testing.T, check func(r *reviewing)) {
	if testing.Short() {
		t.Skip("it applies and undoes many plans")
	}
	t.Parallel()
	for _, dialect := range sandboxtest.Dialects(t) {
		t.Run(string(dialect), func(t *testing.T) {
			folder, n := t.TempDir(), 0
			rapid.Check(t, func(rt *rapid.T) {
				n++
				check(newReviewing(rt, filepath.Join(folder, fmt.Sprint(n)), dialect))
			})
		})
	}
}

func newReviewing(t *rapid.T, folder string, dialect sandbox.Dialect) *reviewing {
	r := &reviewing{t: t, folder: folder}
	var held []sandbox.Opportunity
	for i := range 3 {
		r.ids = append(r.ids, oppID(i))
		held = append(held, sandbox.Opportunity{ID: oppID(i), Name: fmt.Sprint("Deal ", i), Email: r.value("email"), Phone: r.value("phone"), Company: r.value("company"), Status: "new"})
	}
	r.service = &service{Server: sandbox.New(sandbox.Options{Opportunities: held, Dialect: dialect}), each: func(*http.Request) {}}
	server := httptest.NewServer(r.service.Server)
	t.Cleanup(server.Close)
	r.service.url = server.URL
	r.must(os.Mkdir(folder, 0o700))
	return r
}

func (r *reviewing) same(when string, want, got map[cellOf]string) {
	if diff := cmp.Diff(want, got); diff != "" {
		r.t.Fatalf("%s: %s", when, diff)
	}
}

func (r *reviewing) must(err error) {
	if err != nil {
		r.t.Fatal(err)
	}
}

// value returns one of a few values, so that people often agree.
func (r *reviewing) value(field string) string {
	return rapid.SampledFrom(map[string][]string{
		"email": {"", "ana@example.com", "eva@example.com"}, "phone": {"", "0112345678", "+55 11 98888-0001"}, "company": {"", "=Açaí", "a;b\n\"c\"", "1234.50"},
	}[field]).Draw(r.t, field)
}

func (r *reviewing) sheet() string { return r.sheetOf(r.ids) }

func (r *reviewing) sheetOf(ids []string) string {
	records := [][]string{append([]string{"id"}, reviewedFields...)}
	for _, id := range ids {
		record := []string{id}
		for _, field := range reviewedFields {
			text := r.value(field)
			if strings.HasPrefix(text, "=") {
				text = "'" + text
			}
			record = append(record, text)
		}
		records = append(records, record)
	}
	r.runs++
	path := filepath.Join(r.folder, fmt.Sprintf("%d.csv", r.runs))
	r.write(path, records)
	return path
}

func (r *reviewing) write(path string, records [][]string) {
	var out bytes.Buffer
	r.must(csv.NewWriter(&out).WriteAll(records))
	r.must(os.WriteFile(path, out.Bytes(), 0o600))
}

// prepare prepares a run of this file that compares.
func (r *reviewing) prepare(file string, change func(*update.Options)) *update.Run {
	o := engineOptions(r.t, r.service, file)
	o.Compare, o.MaxFailures.Percent = true, 100
	change(&o)
	run, err := update.Prepare(r.t.Context(), o)
	r.must(err)
	return run
}

func (r *reviewing) plan(sheet string) (plan string) {
	run := r.prepare(sheet, func(o *update.Options) { o.DryRun = true })
	defer run.Close()
	r.must(run.WritePlan(r.t.Context()))
	return run.Paths().Plan
}

type cellOf struct{ id, field string }

type change struct{ before, after string }

// review deletes lines of the plan and sorts the others. It returns what remains, by cell.
func (r *reviewing) review(path string) map[cellOf]change {
	records := r.records(path)
	lines := slices.DeleteFunc(slices.Clone(records[1:]), func([]string) bool { return rapid.Bool().Draw(r.t, "delete") })
	if len(lines) > 0 {
		lines = rapid.Permutation(lines).Draw(r.t, "order")
	}
	r.write(path, append([][]string{records[0]}, lines...))
	kept := map[cellOf]change{}
	for _, l := range lines {
		if l[2] == review.Planned {
			kept[cellOf{l[1], l[3]}] = change{strings.TrimPrefix(l[4], "'"), strings.TrimPrefix(l[5], "'")}
		}
	}
	return kept
}

func (r *reviewing) records(path string) [][]string {
	content, err := os.ReadFile(path)
	r.must(err)
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff")))).ReadAll()
	r.must(err)
	return records
}

// lines returns the lines of a plan, in the order of the sheet's rows.
func (r *reviewing) lines(path string) [][]string {
	lines := r.records(path)[1:]
	slices.SortStableFunc(lines, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return lines
}

// colleague changes some cells in the CRM.
func (r *reviewing) colleague() {
	if rapid.Bool().Draw(r.t, "nobody") {
		return
	}
	run := r.prepare(r.sheet(), func(o *update.Options) { o.Compare = rapid.Bool().Draw(r.t, "compare") })
	defer run.Close()
	_, err := run.Send(r.t.Context())
	r.must(err)
}

func (r *reviewing) stored() map[cellOf]string {
	held := map[cellOf]string{}
	for _, id := range r.ids {
		o, _ := r.service.Opportunity(id)
		held[cellOf{id, "name"}], held[cellOf{id, "email"}], held[cellOf{id, "phone"}], held[cellOf{id, "company"}] = o.Name, o.Email, o.Phone, o.Company
	}
	return held
}

// wanted returns what the CRM must hold after the changes were applied.
func wanted(before map[cellOf]string, kept map[cellOf]change) map[cellOf]string {
	after := map[cellOf]string{}
	for at, held := range before {
		after[at] = held
		if c, reviewed := kept[at]; reviewed && c.before == held {
			after[at] = c.after
		}
	}
	return after
}

func (r *reviewing) apply(path string) (undo string) {
	content, err := os.ReadFile(path)
	r.must(err)
	plan, err := review.Read(content)
	r.must(err)
	r.must(plan.EditedErr())
	var sheet bytes.Buffer
	r.must(plan.WriteSheet(&sheet))
	run := r.prepare(path, func(o *update.Options) { o.Content = &sheet })
	defer run.Close()
	if _, err := run.Send(r.t.Context()); !errors.Is(err, update.ErrFailedRows) {
		r.must(err)
	}
	undo = filepath.Join(r.folder, "first.undo.csv")
	if err := os.Rename(run.Paths().Undo, undo); err != nil && !errors.Is(err, os.ErrNotExist) {
		r.t.Fatal(err)
	}
	return undo
}

func (r *reviewing) undo(path string) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return
	}
	run := r.prepare(path, func(o *update.Options) { o.Sheet = csvmap.Options{} })
	defer run.Close()
	_, err := run.Send(r.t.Context())
	r.must(err)
}
