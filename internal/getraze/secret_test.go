package getraze

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"razebulk/internal/getraze/internal/reduce"
)

// keys holds keys that take different paths through quoting; all fit into a header.
var keys = []string{testKey, `gr_live_"back\slash"`, "GR_LIVE_0123456789"}

func TestNoErrorGivesTheKeyAway(t *testing.T) {
	for name, answer := range map[string]func(key, quoted string) canned{
		"page": func(key, _ string) canned { return canned{status: 502, body: "<p>" + key} },
		"page that ends within the key": func(key, _ string) canned {
			return canned{status: 502, body: strings.Repeat("x", maxLine-20) + key}
		},
		"redirect": func(key, _ string) canned {
			return canned{status: 302, header: http.Header{"Location": {"https://example.com/?k=" + key}}}
		},
		"redirect to no address": func(key, _ string) canned {
			return canned{status: 302, header: http.Header{"Location": {"https://%zz/?k=" + key}}}
		},
		"message": func(_, quoted string) canned { return refusal(`"NOT_FOUND"`, quoted, `null`) },
		"code":    func(_, quoted string) canned { return refusal(quoted, `"m"`, `null`) },
		"reason":  func(_, quoted string) canned { return refusal(`"NOT_FOUND"`, `"m"`, `{"fields":{"a":`+quoted+`}}`) },
		"reason in a list": func(_, quoted string) canned {
			return refusal(`"NOT_FOUND"`, `"m"`, `{"fields":{"a":[`+quoted+`]}}`)
		},
		"field": func(_, quoted string) canned { return refusal(`"NOT_FOUND"`, `"m"`, `{"fields":{`+quoted+`:"x"}}`) },
		"another id": func(_, quoted string) canned {
			return canned{status: 200, body: `{"success":true,"data":{"id":` + quoted + `}}`}
		},
		"page whose kept part ends within the key": func(key, _ string) canned {
			return canned{status: 502, body: strings.Repeat(" ", reduce.MaxHead-20) + key}
		},
		"message without a code": func(_, quoted string) canned {
			return canned{status: 404, body: `{"success":false,"message":` + quoted + `}`}
		},
		"message of another form": func(_, quoted string) canned { return canned{status: 422, body: `{"message":` + quoted + `}`} },
		"reason of another form":  func(_, quoted string) canned { return canned{status: 422, body: `{"errors":{"a":[` + quoted + `]}}`} },
		"field of another form":   func(_, quoted string) canned { return canned{status: 422, body: `{"errors":{` + quoted + `:"x"}}`} },
		"nothing of a known form": func(_, quoted string) canned { return canned{status: 400, body: `{"a":` + quoted + `}`} },
		"page of an invalid form": func(key, _ string) canned { return canned{status: 400, body: "<p>" + key + "<b>"} },
		"long text that ends in it": func(key, _ string) canned {
			return canned{status: 400, body: `"` + strings.Repeat("x", maxQuoted-20) + key}
		},
		"kept part of an invalid form": func(key, _ string) canned {
			return canned{status: 400, body: "[" + strings.Repeat(" ", reduce.MaxHead-20) + key}
		},
		"no data": func(_, quoted string) canned {
			return canned{status: 200, body: `{"success":true,"note":` + quoted + `}`}
		},
	} {
		for _, key := range keys {
			quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(key) + `"`
			_, err := update(t, newClient(t, Options{Key: key, Transport: answer(key, quoted)}))
			checkSecret(t, name, key, err)
		}
	}
}

func refusal(code, message, details string) canned {
	return canned{status: 400, body: `{"success":false,"error":{"code":` + code + `,"message":` + message + `,"details":` + details + `}}`}
}

// checkSecret wants an error that contains no more of the key than the beginning that all keys share.
func checkSecret(t *testing.T, name, key string, err error) {
	t.Helper()
	if err == nil {
		t.Fatalf("%s: no error", name)
	}
	tail := strings.NewReplacer(`\`, "", `"`, "").Replace(key)[len("gr_live_"):]
	said := err.Error() + worded(err)
	if refused, ok := errors.AsType[*APIError](err); ok {
		said += refused.Code
	}
	if said = strings.NewReplacer(`\`, "", `"`, "").Replace(said); strings.Contains(said, tail[:4]) {
		t.Errorf("%s: %v", name, err)
	}
}

func TestAnAnswerThatIsNotHTTPDoesNotGiveTheKeyAway(t *testing.T) {
	for _, before := range []string{"", "HTTP/1.1 200 OK\r\n"} {
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			connection := hijack(t, w)
			defer connection.Close()
			connection.Write([]byte(before + "X-API-Key " + r.Header.Get("X-API-Key") + "\r\n\r\n"))
		})
		_, err := update(t, c)
		checkSecret(t, before, testKey, err)
		checkError(t, err, "[key]")
	}
}

// hijack takes a connection over from the server.
func hijack(t *testing.T, w http.ResponseWriter) net.Conn {
	t.Helper()
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Fatal(err)
	}
	return connection
}
