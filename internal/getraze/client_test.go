package getraze

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNewRefusesAddressesThatWouldLeakTheKey(t *testing.T) {
	for _, c := range []struct{ base, want string }{
		{"https://app.getraze.com/external/v1", ""},
		{"HTTPS://app.getraze.com/external/v1/", ""},
		{"http://localhost:8080", ""},
		{"http://127.0.0.1:8080/x", ""},
		{"http://127.8.8.8", ""},
		{"http://[::1]:8080", ""},
		{"http://app.getraze.com", "in the clear"},
		{"http://127.0.0.1.example.com", "in the clear"},
		{"http://localhost.example.com", "in the clear"},
		{"http://192.168.0.4", "in the clear"},
		{"http://0.0.0.0", "in the clear"},
		{"http://localhost@example.com", "leave out user"},
		{"https://u:secret@example.com", "leave out user"},
		{"https://example.com/v1?a=b", "leave out user"},
		{"https://example.com/v1?", "leave out user"},
		{"https://example.com/v1#a", "leave out user"},
		{"https://example.com/v1#", "leave out user"},
		{"", "not an address"},
		{"app.getraze.com", "not an address"},
		{"ftp://localhost", "not an address"},
		{"https://", "not an address"},
		{"https://:443", "not an address"},
		{"https://exa mple.com", "not an address"},
	} {
		t.Run(c.base, func(t *testing.T) {
			_, err := New(Options{BaseURL: c.base, Key: testKey})
			checkError(t, err, c.want)
			if err != nil && strings.Contains(err.Error()+worded(err), "secret") {
				t.Errorf("%v: gives the password away", err)
			}
		})
	}
}

func TestNewRefusesKeysThatFitInNoHeaderAndDoesNotRepeatThem(t *testing.T) {
	for _, c := range []struct{ key, want string }{
		{testKey, ""},
		{"lr_live_x~!", ""},
		{"", "is empty"},
		{"gr_live x", "copy it again"},
		{"gr_live_x\n", "copy it again"},
		{"gr_live_x\r\nX-Evil: 1", "copy it again"},
		{"\ufeffgr_live_x", "copy it again"},
		{"gr_live_ü", "copy it again"},
		{"gr_live_\x7f", "copy it again"},
	} {
		_, err := New(Options{BaseURL: DefaultBaseURL, Key: c.key})
		checkError(t, err, c.want)
		if err != nil && strings.Contains(err.Error()+worded(err), "gr_live") {
			t.Errorf("%q: gives the key away", err)
		}
	}
}

// checkError wants no error if want is "", otherwise one whose text contains want.
func checkError(t *testing.T, err error, want string) {
	t.Helper()
	said := worded(err)
	if want == "" && err != nil {
		t.Errorf("got %s, want no error", said)
	}
	if want != "" && (err == nil || !strings.Contains(said, want)) {
		t.Errorf("got %s, want %q", said, want)
	}
}

func TestHostNamesTheMachine(t *testing.T) {
	if got := newClient(t, Options{BaseURL: "http://localhost:8080/external/v1/"}).Host(); got != "localhost:8080" {
		t.Errorf("got %q", got)
	}
}

// asSent is a request as it arrived over the wire.
type asSent struct {
	Method, URI, Key, Type, Agent, Body string
}

// sentBy returns what arrives when a client with this base path updates an opportunity.
func sentBy(t *testing.T, path, id string, fields []Field) asSent {
	t.Helper()
	var got asSent
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = asSent{r.Method, r.RequestURI, r.Header.Get("X-API-Key"), r.Header.Get("Content-Type"), r.UserAgent(), string(body)}
		io.WriteString(w, `{"success":true,"data":{}}`)
	})
	c.url.Path += path
	c.header.Set("User-Agent", "razebulk/test")
	if _, err := c.Update(t.Context(), id, fields, Dialect{}); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestUpdateIsOnePut(t *testing.T) {
	got := sentBy(t, "/external/v1", "42", []Field{{Name: "name", Text: "Ana"}, {Name: "deal_value", Text: "0.10", Number: true}})
	want := asSent{"PUT", "/external/v1/opportunities/42", testKey, "application/json", "razebulk/test", `{"deal_value":0.10,"name":"Ana"}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUpdateEscapesTheIDIntoOneSegment(t *testing.T) {
	for id, want := range map[string]string{
		testID:       testID,
		"a?b#c%":     "a%3Fb%23c%25",
		"a/b":        "a%2Fb",
		"../secrets": "..%2Fsecrets",
		"a b+c":      "a%20b+c",
		"oportunité": "oportunit%C3%A9",
		"商談/一":       "%E5%95%86%E8%AB%87%2F%E4%B8%80",
		"%2e":        "%252e",
		"a\nb":       "a%0Ab",
	} {
		if got := sentBy(t, "", id, nil).URI; got != "/opportunities/"+want {
			t.Errorf("%q went to %s, want %s", id, got, want)
		}
	}
}

func TestUpdateSendsNumbersWithExactlyTheirDigits(t *testing.T) {
	for _, digits := range []string{"0.10", "37540.02", "12345678901234567890", "0.00000000000000000001", "-1.50", "1E+2", "0"} {
		got := sentBy(t, "", "42", []Field{{Name: "deal_value", Text: digits, Number: true}}).Body
		if want := `{"deal_value":` + digits + `}`; got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
	}
}

func TestUpdateSendsTextsAsTheyAre(t *testing.T) {
	fields := []Field{
		{Name: "name", Text: `"Ação" \ Ltda`}, {Name: "notes", Text: "1\n2\t😀"}, {Name: "phone", Text: "0051"},
		{Name: "position", Text: ""}, {Name: "company", Text: "null"},
	}
	got := sentBy(t, "", "42", fields).Body
	want := `{"company":"null","name":"\"Ação\" \\ Ltda","notes":"1\n2\t😀","phone":"0051","position":""}`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUpdateSendsNothingForWhatIsNotANumber(t *testing.T) {
	c := newClient(t, Options{Transport: forbidden{t}})
	for _, text := range []string{"", "abc", "1,5", "NaN", "0x10", "1 ", "null", `"1"`, "01", "1}"} {
		_, err := c.Update(t.Context(), testID, []Field{{Name: "deal_value", Text: text, Number: true}}, Dialect{})
		if err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}

// forbidden is a transport that must not be used.
type forbidden struct{ t *testing.T }

func (f forbidden) RoundTrip(r *http.Request) (*http.Response, error) {
	f.t.Errorf("%s %s was sent", r.Method, r.URL)
	return nil, errors.New("forbidden")
}

func TestUpdateFollowsNoRedirectWithTheKey(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		var elsewhere atomic.Int32
		other := serve(t, func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) })
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", other.url.String()+"/moved")
			w.WriteHeader(status)
		})
		answer, err := update(t, c)
		var unusable *AnswerError
		if !errors.As(err, &unusable) || unusable.HTTPStatus != status || answer.HTTPStatus != status {
			t.Errorf("%d: got %+v, %v", status, answer, err)
		}
		checkError(t, err, "/moved")
		if elsewhere.Load() != 0 {
			t.Errorf("%d: was followed", status)
		}
	}
}

func TestUpdateIsSentOnceWhateverTheAnswer(t *testing.T) {
	for _, status := range []int{200, 400, 408, 429, 500, 502, 503, 504} {
		var requests atomic.Int32
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(status)
		})
		if _, err := update(t, c); err == nil {
			t.Errorf("%d without a body: no error", status)
		}
		if n := requests.Load(); n != 1 {
			t.Errorf("%d: %d requests", status, n)
		}
	}
}
