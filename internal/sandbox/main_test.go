package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"razebulk/internal/sandbox/internal/postgres"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	first  = "265e24ec-3bc8-4820-b65f-89a69d7babe4" // of the seeds
	absent = "0d4b6f52-8c1e-4a37-9b20-5e7f31c6a9d8"
)

// send makes a request with the default key over the in-process transport.
func send(t *testing.T, s *Server, method, path, body string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://sandbox"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-API-Key", DefaultKey)
	response, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func bodyOf(t *testing.T, r *http.Response) string {
	t.Helper()
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// jsonOf returns an answer's body, with numbers as they were written.
func jsonOf(t *testing.T, r *http.Response) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(bodyOf(t, r)))
	d.UseNumber()
	var v map[string]any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func codeOf(t *testing.T, r *http.Response) string {
	t.Helper()
	e, _ := jsonOf(t, r)["error"].(map[string]any)
	code, _ := e["code"].(string)
	return code
}

// keysOf returns the keys in the data of an answer.
func keysOf(data any) map[string]bool {
	keys := map[string]bool{}
	for name := range data.(map[string]any) {
		keys[name] = true
	}
	return keys
}

func namesOf(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

func isCanonical(id string) bool {
	canonical, ok := postgres.UUID(id)
	return ok && canonical == id
}
