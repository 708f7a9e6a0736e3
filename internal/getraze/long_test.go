package getraze

import (
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
)

// padded answers with a list of one opportunity whose notes fill the body up to a size.
type padded struct{ size int64 }

func (p padded) RoundTrip(r *http.Request) (*http.Response, error) {
	const before, after = `{"success":true,"data":[{"notes":"`, `","id":"x"}],"pagination":{"total":1,"total_pages":1}}`
	notes := io.LimitReader(repeated{'n'}, p.size-int64(len(before)+len(after)))
	body := io.MultiReader(strings.NewReader(before), notes, strings.NewReader(after))
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(body), Request: r}, nil
}

// repeated reads as the same byte without end.
type repeated struct{ c byte }

func (r repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.c
	}
	return len(p), nil
}

func TestAPageMayBeLongButNotEndlessAndItsMemoryIsThatOfItsWantedFields(t *testing.T) {
	for _, c := range []struct {
		size int64
		want string
	}{{maxAnswer, ""}, {maxAnswer + 1, "more than 64 MiB"}} {
		client := newClient(t, Options{Transport: padded{c.size}})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		page, err := client.List(t.Context(), ListQuery{Page: 1, Fields: []string{"email"}}, Dialect{})
		runtime.ReadMemStats(&after)
		checkError(t, err, c.want)
		if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 1<<20 {
			t.Errorf("%d KiB of memory were used", allocated>>10)
		}
		if err == nil && (page.Opportunities[0].ID() != "x" || page.Opportunities[0].has("notes")) {
			t.Errorf("got %.200v", page.Opportunities)
		}
	}
}

func TestWantedFieldsAreKeptHoweverLongTheyAre(t *testing.T) {
	page, err := newClient(t, Options{Transport: padded{3 << 20}}).List(t.Context(), ListQuery{Page: 1, Fields: []string{"notes"}}, Dialect{})
	if err != nil {
		t.Fatal(err)
	}
	if notes, _ := page.Opportunities[0].Value("notes"); len(notes.Text) < 2<<20 {
		t.Errorf("got %d bytes", len(notes.Text))
	}
}
