package update_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/sandbox"
	"razebulk/internal/sandbox/sandboxtest"
	"razebulk/internal/update"
)

// matchCase is a CRM, and a sheet whose rows may have ids.
type matchCase struct {
	t    *rapid.T
	held []sandbox.Opportunity
	by   []string   // the fields to match by
	rows [][]string // id, the values to match by, notes
	open bool
}

var matchValues = map[string][]string{
	"email":   {"", "ana@example.com", "ANA@Example.com", "eva@example.com", "eva.b@example.com"},
	"phone":   {"", "+55 11 98888-0001", "5511988880001", "(55) 11 98888.0002", "11 98888-0001"},
	"name":    {"Ana", "ana ", "ANÁ", "Ana B", "An_"},
	"company": {"", "Açaí", "AÇAÍ", "Acai", "A%"},
}

func newMatchCase(t *rapid.T) *matchCase {
	m := &matchCase{t: t, open: rapid.Bool().Draw(t, "open")}
	m.by = rapid.SampledFrom([][]string{{"email"}, {"phone"}, {"name", "company"}, {"company"}}).Draw(t, "by")
	value := func(field string) string { return rapid.SampledFrom(matchValues[field]).Draw(t, field) }
	for i := range rapid.IntRange(0, 5).Draw(t, "held") {
		m.held = append(m.held, sandbox.Opportunity{
			ID: oppID(i), Name: value("name"), Email: value("email"), Phone: value("phone"), Company: value("company"),
			Status: rapid.SampledFrom([]string{"new", "won", "lost"}).Draw(t, "status"), Notes: "before",
		})
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
		row := []string{""}
		if len(m.held) > 0 && rapid.IntRange(0, 3).Draw(t, "has id") == 0 {
			row[0] = rapid.SampledFrom(m.held).Draw(t, "id").ID
		}
		for _, field := range m.by {
			row = append(row, value(field))
		}
		m.rows = append(m.rows, append(row, fmt.Sprint("row ", i)))
	}
	return m
}

// same reports whether two texts are the same value of a field.
func same(field, a, b string) bool {
	if field == "phone" {
		digits := func(text string) string {
			return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }), "")
		}
		a, b = digits(a), digits(b)
	}
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

func (m *matchCase) heldOf(o sandbox.Opportunity, field string) string {
	return map[string]string{"email": o.Email, "phone": o.Phone, "name": o.Name, "company": o.Company}[field]
}

// wanted returns the opportunity that a row is about, and the row's status.
func (m *matchCase) wanted(row []string) (id, status string) {
	if row[0] != "" {
		return row[0], "SUCCESS"
	}
	if slices.Contains(row[1:], "") {
		return "", "VALIDATION_ERROR"
	}
	var all, open []string
	for _, o := range m.held {
		fits := true
		for i, field := range m.by {
			fits = fits && same(field, m.heldOf(o, field), row[i+1])
		}
		if fits {
			all = append(all, o.ID)
		}
		if fits && o.Status == "new" {
			open = append(open, o.ID)
		}
	}
	switch {
	case len(all) == 1:
		return all[0], "SUCCESS"
	case len(all) == 0:
		return "", "NOT_FOUND"
	case m.open && len(open) == 1:
		return open[0], "SUCCESS"
	}
	return "", "VALIDATION_ERROR"
}

// sheet writes the sheet; if no row has an id, possibly without a column for ids.
func (m *matchCase) sheet(path string) {
	records := [][]string{slices.Concat([]string{"id"}, m.by, []string{"notes"})}
	records = append(records, m.rows...)
	if !slices.ContainsFunc(m.rows, func(row []string) bool { return row[0] != "" }) && rapid.Bool().Draw(m.t, "without ids") {
		for i := range records {
			records[i] = records[i][1:]
		}
	}
	var out bytes.Buffer
	if err := errors.Join(csv.NewWriter(&out).WriteAll(records), os.WriteFile(path, out.Bytes(), 0o600)); err != nil {
		m.t.Fatal(err)
	}
}

func matchBy(t interface{ Fatal(...any) }, text string) []csvmap.Match {
	by, err := csvmap.ParseMatch(text)
	if err != nil {
		t.Fatal(err)
	}
	return by
}

func TestMatchingTouchesOnlyWhatMatchesUniquely(t *testing.T) {
	for _, dialect := range sandboxtest.Dialects(t) {
		t.Run(string(dialect), func(t *testing.T) {
			folder, n := t.TempDir(), 0
			rapid.Check(t, func(rt *rapid.T) {
				n++
				m := newMatchCase(rt)
				s := &service{Server: sandbox.New(sandbox.Options{Opportunities: m.held, Dialect: dialect, Record: true})}
				server := httptest.NewServer(s.Server)
				defer server.Close()
				s.url = server.URL
				file := filepath.Join(folder, fmt.Sprint(n), "deals.csv")
				if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
					rt.Fatal(err)
				}
				m.sheet(file)
				m.run(s, file)
			})
		})
	}
}

func (m *matchCase) run(s *service, file string) {
	o := engineOptions(m.t, s, file)
	o.Sheet.Match, o.MatchOpen, o.MaxFailures.Percent = matchBy(m.t, strings.Join(m.by, "+")), m.open, 100
	o.Compare = rapid.Bool().Draw(m.t, "compare")
	run, err := update.Prepare(m.t.Context(), o)
	if err != nil {
		m.t.Fatal(err)
	}
	defer run.Close()
	lists := countLists(s)
	if _, err := run.Send(m.t.Context()); err != nil && !errors.Is(err, update.ErrFailedRows) {
		m.t.Fatal(err)
	}
	if lists > 1 {
		m.t.Fatalf("the list was read %d times", lists)
	}
	m.check(s, file)
}

func (m *matchCase) check(s *service, file string) {
	notes := map[string]string{}
	results := readRecords(m.t, strings.TrimSuffix(file, ".csv")+".results.csv")
	for i, row := range m.rows {
		id, status := m.wanted(row)
		if got := results[i+1]; got[1] != id || got[2] != status {
			m.t.Errorf("row %q: got %q, want %s %s", row, got, id, status)
		}
		if status == "SUCCESS" {
			notes[id] = row[len(row)-1]
		}
	}
	for _, before := range m.held {
		want := before
		want.Notes = cmp.Or(notes[before.ID], "before")
		after, _ := s.Opportunity(before.ID)
		if after.Notes != want.Notes || strings.TrimSpace(after.Name) != strings.TrimSpace(want.Name) || after.Email != want.Email || after.Phone != want.Phone || after.Company != want.Company {
			m.t.Errorf("%s became %+v, want %+v", before.ID, after, want)
		}
	}
}

func readRecords(t interface{ Fatal(...any) }, path string) [][]string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func countLists(s *service) (n int) {
	for _, r := range s.Requests() {
		if r.Method == http.MethodGet && r.ID == "" {
			n++
		}
	}
	return n
}

// manyDeals returns 450 opportunities, which fill five pages.
func manyDeals() []sandbox.Opportunity {
	var held []sandbox.Opportunity
	for i := range 450 {
		held = append(held, sandbox.Opportunity{
			ID: oppID(i), Name: fmt.Sprint("Deal ", i), Email: fmt.Sprintf("d%d@example.com", i), Company: "Açaí", Status: "new",
			CreatedAt: time.Unix(int64(i), 0), Notes: "before",
		})
	}
	held[448].Name, held[449].Name = "100%_a", `back\slash`
	return held
}

func TestMatchingTakesFewRequests(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads many lists")
	}
	const header = "id,name,email,company,notes\n"
	for _, c := range []struct {
		name, by, rows string
		dialect        sandbox.Dialect
		known, compare bool
		reads          int
	}{
		{"the whole list", "email", ",,d7@example.com,,x\n", sandbox.Observed, false, false, 5},
		{"and to compare", "email", ",,d7@example.com,,x\n" + oppID(400) + ",,,,x\n", sandbox.Observed, false, true, 5},
		{"a search", "name", ",deal 7,,,x\n", sandbox.Observed, false, false, 2},
		{"a search alone", "name", ",deal 7,,,x\n", sandbox.Observed, true, false, 1},
		{"a search alone, and to compare", "name", ",deal 7,,,x\n", sandbox.Observed, true, true, 1},
		{"a search, and another opportunity to compare", "name", ",deal 7,,,x\n" + oppID(400) + ",,,,x\n", sandbox.Observed, false, true, 3},
		{"signs of the search", "name", ",100%_A,,,x\n", sandbox.Observed, false, false, 2},
		{"a sign that means something else", "name", ",BACK\\slash,,,x\n", sandbox.Observed, false, false, 5},
		{"three searches", "name", ",deal 7,,,x\n,Deal 400,,,x\n,deal 7,,,x\n,deal 8,,,x\n", sandbox.Observed, false, false, 4},
		{"as many searches as pages", "name", ",deal 7,,,x\n,Deal 400,,,x\n,deal 17,,,x\n,deal 8,,,x\n", sandbox.Observed, false, false, 5},
		{"the longest of two texts", "name+company", ",deal 407,,Açaí,x\n", sandbox.Observed, false, false, 2},
		{"no ASCII", "company", ",,,Açaí,x\n", sandbox.Observed, false, false, 5},
		{"a search that shows too much", "name", ",deal,,,x\n", sandbox.Observed, false, false, 6},
		{"a search that is not described", "name", ",deal 7,,,x\n", sandbox.Documented, false, false, 5},
		{"ids alone", "name", oppID(7) + ",deal 8,,,x\n", sandbox.Documented, false, false, 0},
		{"nothing to send", "email", ",,d7@example.com,,\n", sandbox.Documented, false, true, 0},
		{"nothing to match by", "name", ",,,,x\n", sandbox.Documented, false, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newService(t, c.dialect)
			s.Server = sandbox.New(sandbox.Options{Opportunities: manyDeals(), Dialect: c.dialect, Record: true})
			o := engineOptions(t, s, sheetOf(t, header+c.rows))
			o.Sheet.Match, o.Compare = matchBy(t, c.by), c.compare
			if c.known {
				o.Requests.Dialect, _ = getraze.NewDialect(string(c.dialect), true)
			}
			run, err := update.Prepare(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			defer run.Close()
			if got := len(s.Requests()); got != c.reads {
				t.Errorf("%d requests, want %d: %v", got, c.reads, s.Requests())
			}
			if _, err := run.Send(t.Context()); err != nil && !errors.Is(err, update.ErrFailedRows) {
				t.Fatal(err)
			}
			for i := range 450 {
				after, _ := s.Opportunity(oppID(i))
				if wanted := strings.Contains(strings.ToLower(c.rows), "\n,"+strings.ToLower(after.Name)+","); after.Notes == "x" && !wanted {
					sent := strings.HasPrefix(strings.ToLower(c.rows), ","+strings.ToLower(after.Name)+",") || strings.Contains(c.rows, after.Email) || strings.Contains(c.rows, after.ID)
					if !sent {
						t.Errorf("%s was touched", after.Name)
					}
				}
			}
		})
	}
}

// TestAListThatIsNotWholeProvesNothing ends the run before anything is sent.
func TestAListThatIsNotWholeProvesNothing(t *testing.T) {
	inDialects(t, aListThatIsNotWholeProvesNothing)
}

func aListThatIsNotWholeProvesNothing(t *testing.T, dialect sandbox.Dialect) {
	s := newService(t, dialect, "a", "b")
	o := engineOptions(t, s, sheetOf(t, "email,notes\na@example.com,x\n"))
	o.Sheet.Match = matchBy(t, "email")
	o.Requests.API.Transport = longer{http.DefaultTransport}
	_, err := update.Prepare(t.Context(), o)
	http.DefaultClient.CloseIdleConnections()
	var reading *update.ReadingError
	if !errors.As(err, &reading) || !errors.Is(err, reason.New("list_incomplete")) {
		t.Errorf("error %v", err)
	}
}

// longer reports a longer list than there is.
type longer struct{ next http.RoundTripper }

func (l longer) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	response.Body = io.NopCloser(strings.NewReader(strings.Replace(string(body), `"total":2`, `"total":5`, 1)))
	response.ContentLength = -1
	return response, err
}

// TestARunThatMatchesIsResumed leaves the rows that are finished alone, although nothing matches them any more.
func TestARunThatMatchesIsResumed(t *testing.T) { inDialects(t, aRunThatMatchesIsResumed) }

func aRunThatMatchesIsResumed(t *testing.T, dialect sandbox.Dialect) {
	s := newService(t, dialect)
	s.Server = sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: manyDeals()[:4], Record: true})
	file := sheetOf(t, "Old,email,notes\nd0@example.com,new0@example.com,x\nd1@example.com,new1@example.com,x\nd2@example.com,new2@example.com,x\n")
	o := engineOptions(t, s, file)
	o.Sheet.Match = matchBy(t, "Old=email")
	ctx, stop := context.WithCancelCause(t.Context())
	s.each = func(r *http.Request) {
		if r.Method == http.MethodPut {
			stop(errors.New("stopped"))
		}
	}
	send := func(ctx context.Context) {
		t.Helper()
		run, err := update.Prepare(context.WithoutCancel(ctx), o)
		if err != nil {
			t.Fatal(err)
		}
		defer run.Close()
		if _, err := run.Send(ctx); err != nil && ctx.Err() == nil {
			t.Fatal(err)
		}
	}
	send(ctx)
	s.each, o.Resume = func(*http.Request) {}, true
	send(t.Context())
	if got, want := column(t, strings.TrimSuffix(file, ".csv")+".results.csv", "status"), []string{"SUCCESS", "SUCCESS", "SUCCESS"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	for i := range 3 {
		if after, _ := s.Opportunity(oppID(i)); after.Email != fmt.Sprintf("new%d@example.com", i) {
			t.Errorf("%s has %s", after.ID, after.Email)
		}
	}
}
