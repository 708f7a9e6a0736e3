package batch_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/ledger"
	"razebulk/internal/sandbox"
)

// oneContact treats all opportunities as one, to detect two with the same contact that are in flight together.
func oneContact(next http.RoundTripper) *watch {
	w := &watch{inFlight: map[string]int{}}
	w.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		w.begin("contact", "")
		defer w.end("contact")
		return next.RoundTrip(r)
	})
	return w
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func slow(o *sandbox.Options) { o.Faults.Latency = time.Second }

func surveyed(t *testing.T, known *batch.Known, rows ...csvmap.Row) batch.Survey {
	t.Helper()
	s, err := batch.SurveyRows(each(rows), "")
	if err == nil {
		s.Contacts, err = known.SharedContacts(each(rows), "")
	}
	if err == nil {
		s, err = s.Against(each(rows), known)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestRowsOfOneContactKeepTheirOrder and are never in flight together, night after night; rows that differ are
// reported.
func TestRowsOfOneContactKeepTheirOrder(t *testing.T) {
	for _, c := range []struct {
		name    string
		compare bool
	}{{"compare", true}, {"state", false}} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := observed(slow)
				rows := []csvmap.Row{rowWith(2, idA, "email", "a@example.com"), rowWith(3, idB, "email", "b@example.com")}
				l, err := ledger.Open(filepath.Join(t.TempDir(), "state"), ledger.Binding{})
				if err != nil {
					t.Fatal(err)
				}
				defer l.Close()
				known := &batch.Known{Ledger: l}
				for night := range 3 {
					if c.compare {
						known = comparedWith(t, server, rows...)
					}
					if night > 0 || c.compare {
						s := surveyed(t, known, rows...)
						want := batch.Clashes{Rows: 1, First: 2, Second: 3, Field: "email"}
						if diff := cmp.Diff(want, s.Clashes); diff != "" || s.Requests != 2 {
							t.Errorf("%d requests, %s", s.Requests, diff)
						}
					}
					workers := 8
					if night == 0 && !c.compare { // not known yet
						workers = 1
					}
					w := oneContact(server.Transport())
					if diff := cmp.Diff([]string{"SUCCESS 1 []", "SUCCESS 1 []"}, inBrief(sendTo(t, w, known, workers, rows...))); diff != "" {
						t.Fatal(diff)
					}
					if o, _ := server.Opportunity(idA); o.Email != "b@example.com" || w.clash != "" {
						t.Errorf("night %d: %s is stored, and %q clashed", night, o.Email, w.clash)
					}
				}
			})
		})
	}
}

// TestAnotherOpportunitysValueIsNotBelieved once the contact was changed through the first opportunity.
func TestAnotherOpportunitysValueIsNotBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, err := ledger.Open(filepath.Join(t.TempDir(), "state"), ledger.Binding{})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		server := observed(nil)
		known := &batch.Known{Ledger: l}
		send := func(row csvmap.Row) string {
			return strings.Join(inBrief(sendTo(t, server.Transport(), known, 1, row)), "")
		}
		for _, step := range []struct {
			row  csvmap.Row
			want string
		}{
			{rowWith(2, idB, "email", "b@example.com", "notes", "b"), "SUCCESS 1 []"},
			{rowWith(2, idA, "email", "a@example.com", "notes", "a"), "SUCCESS 1 []"},
			{rowWith(2, idB, "notes", "b"), "UNCHANGED 0 []"},
			{rowWith(2, idB, "email", "b@example.com"), "SUCCESS 1 []"},
			{rowWith(2, idA, "email", "b@example.com"), "UNCHANGED 0 []"},
		} {
			if got := send(step.row); got != step.want {
				t.Errorf("%+v: %s, want %s", step.row, got, step.want)
			}
		}
	})
}

// TestRowsThatBecomeOfOneContact covers rows that turn out to share a contact when the first answers come.
func TestRowsThatBecomeOfOneContact(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := observed(slow)
		rows := []csvmap.Row{rowWith(2, idA, "email", "1@example.com"), rowWith(3, idB, "notes", "n")}
		for i := range 6 {
			rows = append(rows, rowWith(4+i, []string{idA, idB}[i%2], "email", string(rune('a'+i))+"@example.com"))
		}
		results := sendTo(t, server.Transport(), nil, 8, rows...)
		if len(results) != 8 {
			t.Fatal(len(results))
		}
		if o, _ := server.Opportunity(idA); o.Email != "f@example.com" {
			t.Errorf("%s is stored", o.Email)
		}
	})
}
